// A stretch of a notice with the words of one fact marked, and those of others underlined.
import { el } from "./dom.js";

const LONGEST_UNDERLINE = 120; // code points; longer spans would underline whole paragraphs

// Draws `text` into `container`.
//
// active: { start, end } to mark, or null; others: [{ start, end, title, colour, href }]. Offsets
// count code points of `text`, JavaScript strings count UTF-16 units: an array of characters is cut.
export function drawText(container, text, active, others) {
  const letters = Array.from(text);
  const spans = others.filter((o) => o.end - o.start <= LONGEST_UNDERLINE);
  const cuts = new Set([0, letters.length]);
  for (const span of active ? [active, ...spans] : spans) {
    cuts.add(clamp(span.start, letters.length));
    cuts.add(clamp(span.end, letters.length));
  }
  const points = [...cuts].sort((a, b) => a - b);
  const byStart = [...spans].sort((a, b) => a.start - b.start);
  const pieces = [];
  let next = 0;
  let open = [];
  for (let i = 0; i + 1 < points.length; i += 1) {
    const [from, to] = [points[i], points[i + 1]];
    while (next < byStart.length && byStart[next].start <= from) open.push(byStart[next++]);
    open = open.filter((span) => span.end > from);
    const words = letters.slice(from, to).join("");
    if (active && active.start <= from && to <= active.end) pieces.push(el("mark", {}, words));
    else if (open.length) pieces.push(underlined(words, shortest(open)));
    else pieces.push(document.createTextNode(words));
  }
  container.replaceChildren(...pieces);
  return container.querySelector("mark");
}

function underlined(words, span) {
  const element = el(span.href ? "a" : "span", { class: "said", href: span.href, title: span.title, dataset: { eid: span.id } }, words);
  if (span.colour) element.style.setProperty("--said", span.colour);
  return element;
}

function clamp(offset, length) {
  return Math.max(0, Math.min(offset, length));
}

function shortest(spans) {
  return spans.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
}
