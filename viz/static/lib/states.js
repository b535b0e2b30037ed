// What stands where a drawing or a list will be, is not, or is cut. Each returns an element.
import { el, icon } from "./dom.js";
import { t } from "./words.js";

const ICONS = {
  empty: "M3 5h14v10H3zM3 11h4l1.5 2h3L13 11h4",
  fault: "M10 3l7.5 13h-15zM10 8v4M10 14v.5",
};

export function loading(text) {
  return el("div", { class: "state loading", role: "status" },
    el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), el("p", {}, text || t("loading")));
}

// actions: elements, such as links, that lead on
export function empty(text, ...actions) {
  return el("div", { class: "state empty" }, icon(ICONS.empty), el("p", {}, text || t("nothing")),
    actions.length ? el("div", { class: "state-actions" }, actions) : null);
}

export function fault(error, retry) {
  return el("div", { class: "state fault", role: "alert" }, icon(ICONS.fault),
    el("p", { class: "state-title" }, t("failed")), el("p", {}, error.message || String(error)),
    el("div", { class: "state-actions" },
      retry ? el("button", { type: "button", class: "button", onclick: retry }, t("retry")) : null,
      el("a", { class: "button quiet", href: "#/home" }, t("home"))));
}

// shown: how many there are to see; more: called for the next ones, if that is possible
export function truncated(shown, more) {
  return el("div", { class: "cut" }, el("span", {}, t("truncated", { n: shown })),
    more ? el("button", { type: "button", class: "button", onclick: more }, t("moreAny")) : null);
}
