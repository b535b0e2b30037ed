// Lists that views share: facts with the words they were read from, bars of counts, pages of rows.
import { get } from "./api.js";
import { el } from "./dom.js";
import { fault, loading, truncated } from "./states.js";
import { number } from "./words.js";

export const ROLES = ["LEADS", "RESPONSIBLE_FOR", "SUPPORTS"];
export const ROLE_COLOURS = { LEADS: "#e8590c", RESPONSIBLE_FOR: "#4c6ef5", SUPPORTS: "#0ca678" };
export const ROLE_WORDS = { LEADS: ["牵头", "leads"], RESPONSIBLE_FOR: ["负责", "is responsible"], SUPPORTS: ["配合", "assists"] };
export const CLASS_COLOURS = { supply: "#1098ad", environment: "#9c5bd1", demand: "#e69500" };
export const CLASSES = ["supply", "environment", "demand"];

// A fact with its words. href: of the words; title; quote: as the notice has it; notes: short texts.
export function factRow({ href, title, quote, notes, mark, eid }) {
  return el("li", { class: "row" }, el("a", { class: "row-main", href, lang: "zh-CN", dataset: eid ? { eid } : {} },
    el("span", { class: "row-name" }, mark || null, title),
    quote ? el("span", { class: "row-quote" }, quote) : null,
    el("span", { class: "row-note" }, (notes || []).filter(Boolean).join(" · "))));
}

// A list that fills itself page by page from a query of the catalogue. row(r) makes an item;
// answers { element, rows } where rows grow as pages are read. `none` stands where there is nothing.
export function pagedList({ query, parameters, row, none, signal, limit = 20 }) {
  const list = el("ul", { class: "rows" });
  const foot = el("div", {});
  const element = el("div", { class: "paged" }, list, foot);
  const rows = [];
  const more = async (cursor) => {
    foot.replaceChildren(loading());
    try {
      const found = await get("/api/v1/queries/" + query, { ...parameters, limit, cursor }, signal);
      rows.push(...found.rows);
      list.append(...found.rows.map(row));
      foot.replaceChildren(
        rows.length ? "" : el("p", { class: "note" }, none),
        found.truncated ? truncated(rows.length, found.next_cursor ? () => more(found.next_cursor) : null) : "");
    } catch (error) {
      if (error.name !== "AbortError") foot.replaceChildren(fault(error, () => more(cursor)));
    }
  };
  return { element, rows, first: more() };
}

// Bars of counts: items [{ name, title?, href?, press?, on?, parts: [{ value, colour, name }], value?, shown? }].
export function bars(items, label) {
  const whole = (item) => item.value ?? item.parts.reduce((sum, part) => sum + part.value, 0);
  const most = Math.max(1, ...items.map(whole));
  return el("ul", { class: "bars", "aria-label": label }, items.map((item) => {
    const value = whole(item);
    const parts = item.parts.filter((part) => part.value);
    const sum = parts.reduce((total, part) => total + part.value, 0);
    const track = el("span", { class: "bar-track", "aria-hidden": "true" }, parts.map((part) => {
      const piece = el("i", {});
      piece.style.width = (100 * (value / most) * part.value) / sum + "%";
      piece.style.background = part.colour;
      return piece;
    }));
    const told = item.parts.length > 1 ? parts.map((part) => `${part.name} ${part.value}`).join(", ") : "";
    const inside = [el("span", { class: "bar-name", lang: "zh-CN" }, item.name), track, el("span", { class: "bar-value" }, item.shown ?? number(value)), el("span", { class: "unseen" }, told)];
    const title = [item.title || item.name, told].filter(Boolean).join("\n");
    if (item.press) return el("li", {}, el("button", { type: "button", class: "bar", title, "aria-pressed": String(Boolean(item.on)), onclick: item.press }, inside));
    return el("li", {}, item.href ? el("a", { class: "bar", title, href: item.href }, inside) : el("span", { class: "bar", title }, inside));
  }));
}

// A legend: [[name, colour], …].
export function legend(entries) {
  return el("ul", { class: "legend" }, entries.map(([name, colour]) => {
    const dot = el("i", { "aria-hidden": "true" });
    dot.style.background = colour;
    return el("li", {}, dot, name);
  }));
}

// A card with a heading; tools stand beside the heading.
export function card(title, ...children) {
  return el("section", { class: "card stat-card" }, el("h2", {}, title), children);
}

// A select. options: [[value, name, language of the name if not the page's], …].
export function choice(label, value, options, change) {
  return el("label", { class: "choice" }, el("span", {}, label),
    el("select", { onchange: (event) => change(event.target.value) },
      options.map(([key, name, tongue]) => el("option", { value: key, selected: key === value, lang: tongue || null }, name))));
}

// Chips of which one is pressed.
export function chips(label, value, options, change) {
  return el("div", { class: "chips", role: "group", "aria-label": label }, options.map(([key, name]) =>
    el("button", { type: "button", class: "chip", "aria-pressed": String(key === value), onclick: () => change(key) }, name)));
}

// A box for the name of a place.
export function placeBox(label, value, change) {
  return el("input", { type: "text", class: "place-box", maxlength: 60, placeholder: label, "aria-label": label, value, onchange: (event) => change(event.target.value.trim()) });
}

// A box for a year, month or day (2024, 2024-06, 2024-06-30); nothing else gets through.
export function dateBox(label, value, change) {
  return el("label", { class: "choice" }, el("span", {}, label),
    el("input", {
      type: "text", inputmode: "numeric", maxlength: 10, size: 8, placeholder: "YYYY-MM", value, pattern: "\\d{4}(-\\d{2}(-\\d{2})?)?",
      onchange: (event) => event.target.reportValidity() && change(event.target.value.trim()),
    }));
}
