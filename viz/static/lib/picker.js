// A box to choose a node by its name, of one label or any; for the views' own parameters.
import { el } from "./dom.js";
import { combobox, suggestNodes } from "./searchbox.js";
import { t } from "./words.js";

// Returns an element. label: of the nodes to offer, "" for any; title: what is chosen; value: the
// name shown at first; choose({ id, label, name }) is called with the one taken.
export function picker({ label, title, value, choose }) {
  const input = el("input", { type: "text", maxlength: 200, placeholder: title, "aria-label": title, spellcheck: "false" });
  input.value = value || "";
  const list = el("div", { hidden: true, "aria-label": title || t("choose") });
  combobox(input, list, (text, signal) => suggestNodes(text, signal, {
    label,
    choose: (hit) => {
      input.value = hit.name;
      choose(hit);
    },
  }));
  return el("div", { class: "picker" }, input, list);
}
