// The search box: suggestions by type while one writes, the search view on Enter.
import { get } from "./api.js";
import { $, el, later } from "./dom.js";
import { kind, labelName } from "./names.js";
import * as routes from "./routes.js";
import { t } from "./words.js";

const WAIT = 150; // ms after the last letter

// Makes `input` a combobox. source(text, signal): groups [{ name, options: [{ id, parts, choose }] }].
export function combobox(input, list, source) {
  let pending = new AbortController();
  let options = [];
  let at = -1;
  const listId = (list.id ||= "list-" + Math.random().toString(36).slice(2));
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", listId]]) {
    input.setAttribute(name, value);
  }
  list.setAttribute("role", "listbox");
  list.classList.add("suggestions");
  if (!list.hasAttribute("aria-label")) list.setAttribute("aria-label", t("choose"));

  const close = () => {
    pending.abort();
    ask.cancel = true;
    list.hidden = true;
    options = [];
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const show = (groups) => {
    options = groups.flatMap((group) => group.options);
    at = -1;
    let number = 0;
    list.replaceChildren(...groups.filter((g) => g.options.length).map((group) =>
      el("div", { role: "group", "aria-label": group.name },
        el("div", { class: "suggestion-group", "aria-hidden": "true" }, group.name),
        group.options.map((option) => el("div", {
          role: "option", id: `${listId}-${number++}`, class: "suggestion", "aria-selected": "false",
          onmousedown: (event) => event.preventDefault(), // the box keeps the focus
          onclick: () => choose(option),
        }, option.parts)))));
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };
  const choose = (option) => {
    close();
    option.choose();
  };
  const move = (step) => {
    if (!options.length) return;
    at = (at + step + options.length + (at < 0 && step < 0 ? 1 : 0)) % options.length;
    for (const [index, element] of [...list.querySelectorAll("[role=option]")].entries()) {
      element.setAttribute("aria-selected", String(index === at));
      if (index === at) {
        input.setAttribute("aria-activedescendant", element.id);
        element.scrollIntoView({ block: "nearest" });
      }
    }
  };
  const ask = later(WAIT, async () => {
    if (ask.cancel) return;
    pending.abort();
    pending = new AbortController();
    const mine = pending;
    const text = input.value.trim();
    try {
      const groups = Array.from(text).length < 2 ? [] : await source(text, mine.signal);
      if (!mine.signal.aborted && document.activeElement === input) show(groups);
    } catch {
      if (!mine.signal.aborted) show([]); // what is written can still be searched for
    }
  });
  input.addEventListener("input", () => {
    ask.cancel = false;
    ask();
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter and arrows belong to the input method
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(options[at]);
    } else if (event.key === "Enter") {
      close();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  return { close };
}

// Nodes whose names hold the text, in groups by label; choose(hit) is called with the one taken.
export async function suggestNodes(text, signal, { label, choose }) {
  const found = await get("/api/v1/explore/suggest", { q: text, label }, signal);
  const groups = new Map();
  for (const hit of found.hits) {
    if (!groups.has(hit.label)) groups.set(hit.label, []);
    const note = hit.notice_title ? el("small", {}, hit.notice_title) : null;
    groups.get(hit.label).push({ parts: [kind(hit.label), el("span", { class: "suggestion-name" }, hit.name, note)], choose: () => choose(hit) });
  }
  return [...groups].map(([key, options]) => ({ name: labelName(key), options }));
}

export function watchSearch(form, input) {
  input.placeholder = t("searchHint");
  input.setAttribute("aria-label", t("searchHint"));
  const box = combobox(input, $("suggestions"), (text, signal) => suggestNodes(text, signal, {
    choose: (hit) => {
      input.value = hit.name;
      location.hash = routes.href("graph", { node: hit.id }, routes.node(hit.id));
    },
  }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    box.close();
    const text = input.value.trim();
    if (text) location.hash = routes.href("search", { q: text });
  });
}
