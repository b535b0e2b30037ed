// Draws a stretch of a notice with the words of one edge marked, and those of others underlined.
"use strict";
var PolicyEvidence = (() => {
  const LONGEST_UNDERLINE = 120; // code points; longer spans would underline whole paragraphs

  // Offsets count code points, JavaScript strings count UTF-16 units: cut an array of characters.
  function draw(container, text, active, others, onOther) {
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
      if (active && active.start <= from && to <= active.end) pieces.push(mark(words));
      else if (open.length) pieces.push(underline(words, shortest(open), onOther));
      else pieces.push(document.createTextNode(words));
    }
    container.replaceChildren(...pieces);
    const first = container.querySelector("mark");
    if (first) first.scrollIntoView({ block: "center" });
  }

  function clamp(offset, length) {
    return Math.max(0, Math.min(offset, length));
  }

  function shortest(spans) {
    return spans.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
  }

  function mark(words) {
    const element = document.createElement("mark");
    element.textContent = words;
    return element;
  }

  function underline(words, span, onOther) {
    const element = document.createElement("span");
    element.className = "other";
    element.textContent = words;
    element.title = span.title || "";
    if (onOther) element.addEventListener("click", () => onOther(span.id));
    return element;
  }

  return { draw };
})();
