// The menu by which a node of the graph is expanded: its relations by kind, with how many there are.
import { get } from "./api.js";
import { el } from "./dom.js";
import { labelName, relationName } from "./names.js";
import { fault } from "./states.js";
import { number } from "./words.js";

export const PAGE = 50; // neighbours at a time

// node: { id, label }; relations: those drawn; expand({ type, label, way }) is called with the kind
// chosen, all of them empty for any. Counts are fetched when the menu is opened.
export function expandMenu(node, { relations, t, signal, expand }) {
  const list = el("div", { class: "menu-items left" });
  const menu = el("details", { class: "menu" }, el("summary", { class: "button primary" }, t("expand")), list);
  const item = (one) => {
    const shown = relations.filter((relation) => isOf(relation, node, one)).length;
    const next = one.edges - shown > PAGE ? ` (+${PAGE})` : "";
    return el("button", { type: "button", disabled: shown >= one.edges, onclick: () => expand(one) },
      el("span", {}, nameOf(one, node, t)), el("span", { class: "count" }, `${number(shown)} / ${number(one.edges)}${next}`));
  };
  menu.addEventListener("toggle", async () => {
    if (!menu.open || list.childElementCount) return;
    try {
      const { counts } = await get("/api/v1/explore/counts/" + encodeURIComponent(node.id), {}, signal);
      const total = counts.reduce((sum, one) => sum + one.edges, 0);
      list.replaceChildren(...[{ type: "", label: "", way: "", edges: total }, ...counts].map(item));
      list.firstElementChild.focus();
    } catch (error) {
      list.replaceChildren(fault(error));
    }
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  return menu;
}

function isOf(relation, node, { type, label, way }) {
  const out = relation.start.id === node.id;
  if (!out && relation.end.id !== node.id) return false;
  const other = out ? relation.end : relation.start;
  return !type || (relation.type === type && other.label === label && (way === "out") === out);
}

function nameOf({ type, label, way }, node, t) {
  if (!type) return t("expandAll");
  const relation = { start: { label: way === "out" ? node.label : label }, type, properties: {} };
  return `${way === "out" ? "→" : "←"} ${relationName(relation)} · ${labelName(label)}`;
}
