// The page: reads the address, draws the view it names, opens the side panel beside it.
import { $, el, icon, svg } from "./lib/dom.js";
import { exportMenu } from "./lib/exports.js";
import { learnNames } from "./lib/names.js";
import { drawPanelFrame, hidePanel, showPanel } from "./lib/panel.js";
import * as routes from "./lib/routes.js";
import { watchSearch } from "./lib/searchbox.js";
import { empty, fault, loading } from "./lib/states.js";
import { applyTheme, nextTheme, theme } from "./lib/theme.js";
import { lang, pick, setLanguage, t } from "./lib/words.js";
import { VIEWS, loadView, menuViews } from "./registry.js";

const shown = { name: "", given: {}, view: null, made: null, leave: new AbortController(), turn: 0 };
const panelShown = { key: "" };

async function follow() {
  const route = routes.parse(location.hash);
  placePanel(route);
  const view = await loadView(route.view);
  if (routes.parse(location.hash).view !== route.view) return; // somebody was faster
  if (!view) return showNothing(route.view);
  const given = { ...view.params };
  for (const name of Object.keys(given)) if (name in route.given) given[name] = route.given[name];
  if (route.view !== shown.name) return open(route.view, view, given);
  if (same(given, shown.given)) return undefined;
  return shown.made && shown.made.update ? update(given) : open(route.view, view, given);
}

function leaveView() {
  shown.leave.abort();
  if (shown.made && shown.made.close) shown.made.close();
  shown.leave = new AbortController();
  shown.made = null;
}

async function open(name, view, given) {
  leaveView();
  const turn = (shown.turn += 1);
  Object.assign(shown, { name, view, given });
  drawHead(name, view);
  const root = el("div", { class: "view-body", "aria-busy": "true" });
  const waiting = loading();
  $("view").replaceChildren(waiting, root);
  $("main").scrollTop = 0;
  try {
    const made = await view.draw(root, given, context(name, view, turn));
    if (turn !== shown.turn) return made && made.close && made.close();
    shown.made = made || {};
    if (!same(given, shown.given) && shown.made.update) await update(shown.given);
  } catch (error) {
    fail(error, turn);
  } finally {
    waiting.remove();
    root.removeAttribute("aria-busy");
  }
  return undefined;
}

async function update(given) {
  const { turn, made } = shown;
  shown.given = given;
  try {
    await made.update(given);
  } catch (error) {
    fail(error, turn);
  }
}

function fail(error, turn) {
  if (error.name === "AbortError" || turn !== shown.turn) return;
  $("view").replaceChildren(fault(error, () => {
    shown.name = "";
    follow();
  }));
}

function context(name, view, turn) {
  const current = () => (shown.turn === turn ? shown.given : {});
  const withPanel = (panel) => routes.href(name, trimmed(view, current()), panel);
  return {
    signal: shown.leave.signal,
    lang,
    t: (key, values) => t(key, values, view.words),
    set: (changes) => {
      if (turn !== shown.turn) return;
      const { panel } = routes.parse(location.hash);
      location.hash = routes.href(name, trimmed(view, { ...current(), ...changes }), panel);
    },
    href: (other, given) => routes.href(other, given || {}),
    nodeHref: (id) => withPanel(routes.node(id)),
    edgeHref: (eid, end) => withPanel(routes.edge(eid, end)),
    textHref: (notice, start, end) => withPanel(routes.text(notice, start, end)),
    exports: (what) => {
      if (turn === shown.turn) $("view-tools").replaceChildren(exportMenu(what, pick(view.title)));
    },
    say,
  };
}

function trimmed(view, given) {
  return Object.fromEntries(Object.entries(given).filter(([name, value]) => String(value) !== String(view.params[name])));
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

function showNothing(name) {
  leaveView();
  shown.turn += 1;
  Object.assign(shown, { name, view: null, given: {} });
  document.body.dataset.view = "";
  $("view-head").replaceChildren();
  const held = globalThis.PolicyOffline && VIEWS.includes(name);
  $("view").replaceChildren(empty(t(held ? "needsServer" : "noView"), el("a", { class: "button", href: "#/home" }, t("home"))));
}

function drawHead(name, view) {
  document.body.dataset.view = name;
  document.title = `${pick(view.title)} · ${t("product")}`;
  $("view-head").replaceChildren(
    el("div", { class: "view-titles" }, el("h1", {}, pick(view.title)), view.hint ? el("p", {}, pick(view.hint)) : null,
      globalThis.PolicyOffline && view.offline === "recorded" ? el("p", { class: "note" }, t("recorded")) : null),
    el("div", { id: "view-tools" }));
  for (const link of document.querySelectorAll("#menu a")) {
    if (link.dataset.view === name) {
      link.setAttribute("aria-current", "page");
      link.scrollIntoView({ block: "nearest", inline: "center" }); // a phone's menu is one long line
    }
    else link.removeAttribute("aria-current");
  }
  if (view.css) addStyle(name);
  say(pick(view.title));
}

function addStyle(name) {
  if (globalThis.PolicyOffline || $("style-" + name)) return;
  document.head.append(el("link", { id: "style-" + name, rel: "stylesheet", href: `/static/views/${name}.css` }));
}

function placePanel(route) {
  const key = JSON.stringify(route.panel);
  document.body.classList.toggle("with-panel", Boolean(route.panel));
  if (key === panelShown.key) return;
  panelShown.key = key;
  if (!route.panel) return hidePanel();
  return showPanel(route.panel, {
    link: (panel) => {
      const now = routes.parse(location.hash);
      return routes.href(now.view, now.given, panel);
    },
  });
}

function closePanel() {
  const now = routes.parse(location.hash);
  if (now.panel) location.hash = routes.href(now.view, now.given);
}

function say(text) {
  $("status").textContent = text;
}

async function drawMenu() {
  const listed = await menuViews();
  $("menu").setAttribute("aria-label", t("menu"));
  $("menu").replaceChildren(el("ul", {}, listed.map(({ name, view }) =>
    el("li", {}, el("a", { href: "#/" + name, dataset: { view: name }, title: view.hint ? pick(view.hint) : null },
      icon(view.icon), el("span", {}, pick(view.title)))))));
}

function drawFrame() {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = t(element.dataset.word);
  const themeButton = $("theme");
  const showTheme = () => {
    const label = t("theme", { n: t("theme_" + theme()) });
    themeButton.setAttribute("aria-label", label);
    themeButton.title = label;
  };
  const half = icon("M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15z");
  half.append(svg("path", { d: "M10 2.5a7.5 7.5 0 0 1 0 15z", class: "filled" }));
  themeButton.append(half);
  themeButton.addEventListener("click", () => {
    nextTheme();
    showTheme();
    say(themeButton.title);
  });
  showTheme();
  $("language").textContent = t("language");
  $("language").setAttribute("lang", lang === "zh" ? "en" : "zh-CN");
  $("language").addEventListener("click", () => setLanguage(lang === "zh" ? "en" : "zh"));
  watchSearch($("search"), $("q"));
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault(); // the address names a view, not a place in the page
    $("main").focus();
  });
  drawPanelFrame(closePanel);
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) closePanel();
  if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
    event.preventDefault();
    $("q").focus();
  }
});

applyTheme();
drawFrame();
addEventListener("hashchange", follow);
learnNames()
  .then(drawMenu)
  .then(follow)
  .catch((error) => $("view").replaceChildren(fault(error, () => location.reload())));
