// The views of the page, and what a view is.
//
// A view is a module views/NAME.js with a default export:
//
//   {
//     title: ["机关档案", "Agency dossier"],          // Chinese, English
//     hint: ["…一句话…", "One sentence …"],            // what it shows, under the title
//     icon: "M3 3h14v14H3z",                          // path of a 20 × 20 drawing, stroked; for the menu
//     menu: 40,                                       // place in the menu; leave out to stay out of it
//     params: { agency: "", year: "" },               // what its address may hold, with defaults; all text
//     words: { led: ["牵头", "Led"] },                // its own words, for ctx.t("led")
//     css: true,                                      // optional: it has views/NAME.css
//     offline: true,                                  // optional: it works in a file without server;
//                                                     // "recorded": by answers written into that file
//     async draw(root, params, ctx) { … },            // fill root; may return the object below
//   }
//
// Its address is #/NAME?agency=…&year=…; the address alone must restore what is seen. Parameters
// that equal their default are left out of it.
//
// draw may return { update(params), close() }:
//   update: only parameters changed; draw what differs. Without it the view is drawn anew.
//   close: the view is left; end timers, charts and drawings. Requests end through ctx.signal.
// An error thrown by draw or update is shown by the page, with a button to try again. While draw
// runs for the first time the page shows that it loads; root is empty and may be filled at any time.
//
// ctx has:
//   signal            AbortSignal; pass it to every get()
//   t(key, values)    the word in the reader's language: the view's own, else one of lib/words.js;
//                     {n} in it is replaced by values.n
//   lang              "zh" or "en"
//   set(changes)      change parameters: puts them into the address, then update() or draw()
//   href(name, params)   the address of a view, for links
//   nodeHref(id)         address of this view with the side panel open on a node …
//   edgeHref(eid, node)  … on an edge; node is the id of one of its ends
//   textHref(notice, start, end)   … on a stretch of a notice (offsets in code points)
//   exports({ png, svg, csv, query })   what the export menu offers, each optional:
//       png() and svg() return a Blob, a data: address or text of the drawing, or a promise of it;
//       csv() returns { columns: ["…"], rows: [[…]] }, or a promise of it;
//       query is { name, parameters } of the catalogue, or { cypher } of its own, or a list of such.
//   say(text)         tell a screen reader
//
// Helpers: lib/api.js (get, getRows), lib/dom.js (el), lib/states.js (loading, empty, fault,
// truncated), lib/charts.js (chart), lib/network.js (network), lib/names.js (labels and edges: name,
// colour), lib/picker.js (a box to choose a node by name). Text from the graph goes in as text only
// (el does that; never innerHTML). Everything a view can do must work from the keyboard.
//
// To add a view: put the module into views/, and its name here.
export const VIEWS = [
  "home", "search", "ask", "measures", "graph", "notice", "dossier", "lineage", "timeline", "map", "matrix", "cooperation",
  "whole",
];

const loaded = new Map();

// The view of that name; null if there is none, or none without a server.
export function loadView(name) {
  if (!VIEWS.includes(name)) return Promise.resolve(null);
  if (!loaded.has(name)) {
    const usable = (view) => (globalThis.PolicyOffline && !view.offline ? null : view);
    loaded.set(name, import(`./views/${name}.js`).then((module) => usable(module.default)));
  }
  return loaded.get(name);
}

// The views of the menu, in its order, each with its name.
export async function menuViews() {
  const views = await Promise.all(VIEWS.map(async (name) => ({ name, view: await loadView(name) })));
  return views.filter(({ view }) => view && view.menu !== undefined).sort((a, b) => a.view.menu - b.view.menu);
}
