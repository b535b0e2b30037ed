// The page: reads the address, asks the API, draws.
import { get } from "./api.js";
import { $, el, say, setKinds } from "./dom.js";
import * as routes from "./routes.js";
import { drawGraph, hideGraph, selectInGraph, watchGraph } from "./drawing.js";
import { drawHome } from "./home.js";
import { drawSearch } from "./results.js";
import { drawEntity, markRow } from "./entity.js";
import { hideWords, showWords } from "./words.js";

let shown = null; // what the list holds: "search:…" or "entity:…"
let relations = new Map(); // by eid: those in the list and in the drawing
let pending = new AbortController();
let opening = Promise.resolve(); // the list being drawn
let turn = 0;
let lastSearch = "";

function remember(found) {
  for (const relation of found) relations.set(relation.eid, relation);
}

async function follow() {
  const route = routes.parse(location.hash);
  const key = route.view + ":" + (route.text || route.id || "");
  const mine = (turn += 1);
  try {
    if (key !== shown) opening = open(route, key);
    await opening;
    if (mine === turn) await place(route);
  } catch (error) {
    if (error.name !== "AbortError" && mine === turn) fail(error, key);
  }
}

async function open(route, key) {
  pending.abort();
  pending = new AbortController();
  const { signal } = pending;
  relations = new Map();
  if (route.view === "home" && shown) $("q").value = ""; // not what is typed while the page loads
  shown = key;
  document.body.dataset.view = route.view;
  hideWords();
  if (route.view === "home") {
    hideGraph();
    document.title = "政策知识图谱";
    await drawHome($("home"), signal);
  } else if (route.view === "search") {
    $("q").value = route.text;
    lastSearch = route.text;
    document.title = route.text + " · 政策知识图谱";
    const first = await drawSearch($("list"), route.text, signal);
    if (first) drawGraph(first, remember, signal);
    else hideGraph();
  } else {
    const back = lastSearch ? routes.search(lastSearch) : routes.home();
    drawGraph(route.id, remember, signal); // fills in when it is ready; the list need not wait
    const found = await drawEntity($("list"), route.id, { back, remember, signal });
    document.title = found.name + " · 政策知识图谱";
  }
  if (route.view !== "home" && matchMedia("(min-width: 761px)").matches) $("list").scrollTop = 0;
}

async function place(route) {
  if (!route.place) {
    hideWords();
    markRow("");
    selectInGraph("");
    return;
  }
  markRow(route.place.eid);
  selectInGraph(route.place.eid);
  await showWords(route.place, relations.get(route.place.eid), {
    signal: pending.signal,
    open: (relation) => {
      remember([relation]);
      location.hash = routes.words(route.id, relation);
    },
  });
}

function fail(error, key) {
  shown = null;
  const home = key.startsWith("home");
  (home ? $("home") : $("list")).replaceChildren(
    el("p", { class: "fault", role: "alert" }, error.message),
    el("p", {}, el("a", { class: "back", href: routes.home() }, "← 回到首页")),
  );
  if (!home) hideGraph();
  say(error.message);
}

function close() {
  const route = routes.parse(location.hash);
  if (route.place) location.hash = routes.entity(route.id);
}

$("search").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("q").value.trim();
  if (!text) return;
  if (location.hash === routes.search(text)) shown = null;
  if (location.hash === routes.search(text)) follow();
  else location.hash = routes.search(text);
});
$("source-close").addEventListener("click", close);
addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
  if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
    event.preventDefault();
    $("q").focus();
  }
});
watchGraph({
  node: (id) => { location.hash = routes.entity(id); },
  edge: (id, centre) => {
    const relation = relations.get(id);
    if (relation) location.hash = routes.words(centre, relation);
  },
});
addEventListener("hashchange", follow);

get("/api/v1/ontology")
  .then((ontology) => setKinds(ontology.labels))
  .catch(() => {}) // colours of badges only
  .then(follow);
