// Elements from plain data. Text goes in as text, never as markup.
export function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "onclick") element.addEventListener("click", value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export const $ = (id) => document.getElementById(id);

const COLOURS = new Map();

export function setKinds(labels) {
  for (const label of labels) COLOURS.set(label.label, label.colour);
}

export function kind(node) {
  const ns = "http://www.w3.org/2000/svg";
  const icon = document.createElementNS(ns, "svg");
  icon.setAttribute("viewBox", "0 0 10 10");
  icon.setAttribute("aria-hidden", "true");
  const dot = document.createElementNS(ns, "circle");
  for (const key of ["cx", "cy", "r"]) dot.setAttribute(key, "5");
  dot.setAttribute("fill", COLOURS.get(node.label) || "#868e96");
  icon.append(dot);
  return el("span", { class: "kind" }, icon, node.label_name || node.label);
}

export function say(text) {
  $("status").textContent = text;
}
