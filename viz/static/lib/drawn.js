// Drawings of SVG elements, and charts that are on no page, as files.
import { chart } from "./charts.js";
import { el, svg } from "./dom.js";
import { colour } from "./theme.js";

const KEPT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity", "font-family", "font-size", "font-weight", "text-anchor", "dominant-baseline"];

// The text of a drawing that looks as on the page wherever it is opened: what style sheets say of it
// is written into it. `padding` is left around it, on the page's ground.
export function svgText(element, padding = 16) {
  const box = element.viewBox.baseVal;
  const copy = element.cloneNode(true);
  const originals = [element, ...element.querySelectorAll("*")];
  for (const [index, part] of [copy, ...copy.querySelectorAll("*")].entries()) {
    const style = getComputedStyle(originals[index]);
    for (const name of KEPT) part.setAttribute(name, style.getPropertyValue(name));
    for (const name of ["class", "tabindex", "role", "aria-label"]) part.removeAttribute(name);
  }
  const [x, y, width, height] = [box.x - padding, box.y - padding, box.width + 2 * padding, box.height + 2 * padding];
  copy.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.prepend(svg("rect", { x, y, width, height, fill: colour("panel") }));
  return new XMLSerializer().serializeToString(copy);
}

// A text of an SVG file, with a halo that keeps it readable on lines.
export function textSvg(x, y, text, size, ink, halo, anchor = "middle") {
  const safe = text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
  return `<text x="${x}" y="${y}" font-size="${size}" text-anchor="${anchor}" fill="${ink}" stroke="${halo}" stroke-width="3" paint-order="stroke">${safe}</text>`;
}

// A data: address of a PNG of such a text, twice as many pixels each way.
export async function svgPng(text) {
  const picture = new Image();
  picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  await picture.decode();
  const canvas = el("canvas", { width: picture.width * 2, height: picture.height * 2 });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
}

// What `take` makes of a chart drawn at a size for a file: exportChart(option, 900, 500, (c) => c.svg()).
export async function exportChart(option, width, height, take) {
  const paper = el("div", { class: "paper", "aria-hidden": "true" });
  paper.style.width = width + "px";
  paper.style.height = height + "px";
  document.body.append(paper);
  const drawn = await chart(paper, option, "");
  try {
    return await take(drawn);
  } finally {
    drawn.close();
    paper.remove();
  }
}
