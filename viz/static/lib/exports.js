// The export menu: what a view shows as picture, table, and the query behind it.
import { address, get } from "./api.js";
import { el } from "./dom.js";
import { t } from "./words.js";

// what: as in registry.js; name: for the files. Returns the menu's element.
export function exportMenu(what, name) {
  const items = [
    what.png && item(t("exportPng"), async () => save(await asBlob(await what.png(), "image/png"), name + ".png")),
    what.svg && item(t("exportSvg"), async () => save(await asBlob(await what.svg(), "image/svg+xml"), name + ".svg")),
    what.csv && item(t("exportCsv"), async () => save(csvBlob(await what.csv()), name + ".csv")),
    what.query && item(t("exportQuery"), () => showQueries([what.query].flat())),
    item(t("copyLink"), copyLink),
  ];
  const list = el("div", { class: "menu-items" }, items.filter(Boolean));
  const menu = el("details", { class: "menu export" }, el("summary", { class: "button" }, t("export")), list);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  return menu;

  function item(label, action) {
    return el("button", {
      type: "button",
      onclick: async (event) => {
        const done = await action();
        if (typeof done === "string") event.target.textContent = done;
        else menu.open = false;
      },
    }, label);
  }
}

const FORMULA = /^(?:[\t\r\n]|[\s\u200b]*[=+\-@＝＋－＠])/; // as kg/spreadsheets.py has it

// Text of a table that a spreadsheet opens with its Chinese intact, and takes no cell for a formula.
export function csvText({ columns, rows }) {
  const cell = (value) => {
    let text = value === null || value === undefined ? "" : String(value);
    if (typeof value !== "number" && FORMULA.test(text)) text = "'" + text;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return "\ufeff" + [columns, ...rows].map((row) => row.map(cell).join(",") + "\r\n").join("");
}

export function save(blob, name) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name.replace(/[\\/:*?"<>|\s]+/g, "_") });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function csvBlob(table) {
  return new Blob([csvText(table)], { type: "text/csv;charset=utf-8" });
}

async function asBlob(made, type) {
  if (made instanceof Blob) return made;
  if (!made.startsWith("data:")) return new Blob([made], { type });
  const [head, body] = made.split(",", 2);
  if (!head.includes("base64")) return new Blob([decodeURIComponent(body)], { type });
  return new Blob([Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0))], { type });
}

async function copyLink() {
  await navigator.clipboard.writeText(location.href).catch(() => {});
  return t("copied");
}

async function showQueries(queries) {
  const dialog = el("dialog", { class: "dialog", "aria-label": t("queryTitle") },
    el("form", { method: "dialog", class: "dialog-head" }, el("h2", {}, t("queryTitle")), el("button", { class: "button" }, t("close"))));
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  for (const { name, parameters, cypher } of queries) {
    if (cypher) {
      dialog.append(code(`policykg cypher ${quoted(cypher)}`), code(cypher));
      continue;
    }
    const given = Object.entries(parameters || {}).filter(([, value]) => value !== "" && value !== null && value !== undefined);
    const shell = ["policykg query", name, ...given.map(([key, value]) => `--${key} ${quoted(String(value))}`)].join(" ");
    const url = location.origin + address("/api/v1/queries/" + encodeURIComponent(name), Object.fromEntries(given));
    dialog.append(code(shell), code(url));
    const found = await get("/api/v1/explore/cypher/" + encodeURIComponent(name)).catch(() => null);
    if (found) dialog.append(code(found.cypher));
  }
}

function code(text) {
  const button = el("button", { type: "button", class: "button quiet" }, t("copy"));
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text).catch(() => {});
    button.textContent = t("copied");
  });
  return el("div", { class: "code" }, el("pre", { tabindex: "0" }, text), button);
}

function quoted(text) {
  return /^[\p{L}\p{N}_.:/-]+$/u.test(text) ? text : "'" + text.replaceAll("'", "'\\''") + "'";
}
