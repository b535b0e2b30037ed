// Places and jurisdictions: a tile map of the provinces, and what lies below a place. No geometry.
import { get, getRows } from "../lib/api.js";
import { chart } from "../lib/charts.js";
import { el, svg } from "../lib/dom.js";
import { svgPng, svgText } from "../lib/drawn.js";
import { CLASSES, bars, card, chips, choice, dateBox, factRow, pagedList } from "../lib/lists.js";
import { valueName } from "../lib/names.js";
import { empty } from "../lib/states.js";
import { colour } from "../lib/theme.js";
import { lang, number } from "../lib/words.js";

const NATION = "全国";
const SIDE = 76;
const GAP = 6;
const TINT = "#1098ad";
const METRICS = ["measures", "notices", "named", "supported"];

export default {
  title: ["地区图", "Map"],
  hint: ["哪里的公文、措施多,哪里被提及、受支持。每省一格,不表示面积和边界。", "Where notices and measures come from, and which places they name or support. One tile a province; no area, no boundary."],
  icon: "M3 5l4.5-2l5 2L17 3v12l-4.5 2l-5-2L3 17zM7.5 3v12M12.5 5v12",
  menu: 65,
  params: { metric: "measures", within: "", place: "", uses: "", from: "", to: "" },
  css: true,
  offline: "recorded",
  words: {
    metric: ["看", "Show"],
    measures: ["措施", "Measures"],
    notices: ["公文", "Notices"],
    named: ["被提及", "Named"],
    supported: ["受支持", "Supported"],
    ofNation: ["全国性公文", "Nationwide notices"],
    instrument: ["政策工具", "Instrument"],
    all: ["全部", "All"],
    from: ["自", "From"],
    to: ["至", "To"],
    place: ["地区", "Place"],
    own: ["{n}(本级)", "{n} (itself)"],
    parts: ["{n}的各组成部分", "Parts of {n}"],
    nation: ["全国", "the nation"],
    up: ["返回全国", "Back to the nation"],
    none: ["这里没有符合条件的内容。", "There is nothing of this here."],
    nothing: ["图中没有符合条件的公文。", "The graph has no such notices."],
    zeros: ["另有 {n} 处没有。", "{n} more have none."],
    noticesOf: ["{n}的公文", "Notices of {n}"],
    naming: ["提及或支持{n}及其下级的措施", "Measures that name or support {n} or its parts"],
    noNaming: ["没有措施提及。", "No measure names it."],
    noNotices: ["没有公文。", "No notices."],
    undated: ["未注明日期", "undated"],
    legend: ["颜色越浓越多;虚线框为零。", "The stronger the colour, the more; dashed tiles have none."],
  },
  async draw(root, params, ctx) {
    const [tiles, instruments] = await Promise.all([get("/api/v1/views/tiles", {}, ctx.signal), getRows("instrument_classes", {}, ctx.signal, 200)]);
    const fixed = { tiles: tiles.tiles, instruments: instruments.rows, drawn: null };
    await fill(root, params, ctx, fixed);
    return {
      update: (next) => fill(root, next, ctx, fixed),
      close: () => fixed.drawn && fixed.drawn.close(),
    };
  },
};

const conditions = (params) => ({ uses: params.uses, issued_from: params.from, issued_to: params.to });

async function fill(root, params, ctx, fixed) {
  const within = params.within || NATION;
  const [nation, parts] = await Promise.all([
    getRows("place_counts", { within: NATION, ...conditions(params) }, ctx.signal),
    within === NATION ? null : getRows("place_counts", { within, ...conditions(params) }, ctx.signal),
  ]);
  const rows = (parts || nation).rows;
  const focus = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.code : "";
  if (fixed.drawn) fixed.drawn.close();
  fixed.drawn = null;
  if (!nation.rows.length) return root.replaceChildren(toolbar(params, ctx, fixed), empty(ctx.t("nothing"), ...nation.notes.map((note) => el("p", { class: "note" }, note))));
  const drawing = tileMap(nation.rows, params, ctx, fixed);
  const tree = el("div", { class: "tree-box" });
  const place = params.place || (within === NATION ? "" : within);
  root.replaceChildren(
    toolbar(params, ctx, fixed),
    el("div", { class: "map-panes" },
      el("div", { class: "map-drawing card" }, drawing, nationRow(nation.rows[0], params, ctx), el("p", { class: "note" }, ctx.t("legend"))),
      el("div", { class: "map-side" },
        card(ctx.t("parts", { n: within === NATION ? ctx.t("nation") : within }), within === NATION ? null : el("button", { type: "button", class: "chip back", onclick: () => ctx.set({ within: "", place: "" }) }, "← ", ctx.t("up")), tree, partBars(rows, params, ctx)))),
    place ? details(place, params, ctx) : "");
  if (focus) root.querySelector(`[data-code="${CSS.escape(focus)}"]`)?.focus();
  const shown = rows.filter((row) => row[params.metric]);
  tree.hidden = shown.length < 2;
  if (!tree.hidden) fixed.drawn = await chart(tree, () => treeOption(shown, params, ctx), ctx.t("parts", { n: within }));
  if (fixed.drawn) fixed.drawn.chart.on("click", (event) => event.data && event.data.place && choose(event.data.place, ctx));
  offer(drawing, rows, params, ctx);
  return undefined;
}

// A province or city opens what lies below it; a county only its details.
function choose(row, ctx) {
  if (row.own || row.level === "county") return ctx.set({ place: row.place });
  return ctx.set({ within: row.place, place: row.place });
}

function toolbar(params, ctx, { instruments }) {
  const { t, set } = ctx;
  const named = instruments.map((row) => [row.instrument, lang === "zh" ? row.instrument_zh : row.instrument_en]);
  return el("div", { class: "toolbar" },
    chips(t("metric"), params.metric, METRICS.map((key) => [key, t(key)]), (metric) => set({ metric })),
    choice(t("instrument"), params.uses, [["", t("all")], ...CLASSES.map((key) => [key, valueName(key)]), ...named], (uses) => set({ uses })),
    dateBox(t("from"), params.from, (from) => set({ from })), dateBox(t("to"), params.to, (to) => set({ to })));
}

const shadeOf = (rows, metric) => {
  const most = Math.max(1, ...rows.filter((row) => !row.own).map((row) => row[metric]));
  return (value) => (value ? 12 + 68 * Math.sqrt(value / most) : 0);
};

function tileMap(rows, params, ctx, { tiles }) {
  const counted = new Map(rows.map((row) => [row.code, row]));
  const shade = shadeOf(rows, params.metric);
  const step = SIDE + GAP;
  const size = [Math.max(...tiles.map((tile) => tile.column)) + 1, Math.max(...tiles.map((tile) => tile.row)) + 1].map((n) => n * step - GAP);
  const drawing = svg("svg", { viewBox: `0 0 ${size[0]} ${size[1]}`, class: "tiles", role: "group", "aria-label": ctx.t(params.metric) });
  for (const tile of tiles) {
    const row = counted.get(tile.code) || { place: tile.place, level: "province", [params.metric]: 0 };
    const value = row[params.metric] || 0;
    const [x, y] = [tile.column * step, tile.row * step];
    const told = `${tile.place}: ${METRICS.map((key) => `${ctx.t(key)} ${row[key] ?? 0}`).join(", ")}`;
    const box = svg("rect", { x: x + 1, y: y + 1, width: SIDE - 2, height: SIDE - 2, rx: 9 });
    box.style.setProperty("--tint", shade(value) + "%");
    const chosen = params.within === tile.place || params.place === tile.place;
    drawing.append(svg("g", {
      class: ["tile", value ? "" : "zero", chosen ? "chosen" : ""].join(" "), tabindex: 0, role: "button", "aria-label": told, lang: "zh-CN", "aria-pressed": String(chosen), "data-code": tile.code,
      onclick: () => choose(row, ctx),
      onkeydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        choose(row, ctx);
      },
    }, svg("title", {}, told), box));
    drawing.append(svg("g", { class: value ? "tile-words" : "tile-words zero", "aria-hidden": "true", lang: "zh-CN" },
      svg("text", { x: x + SIDE / 2, y: y + 34, "text-anchor": "middle", class: "tile-name" }, tile.short),
      svg("text", { x: x + SIDE / 2, y: y + 57, "text-anchor": "middle", class: "tile-value" }, number(value))));
  }
  return drawing;
}

function nationRow(nation, params, ctx) {
  if (params.metric === "named" || params.metric === "supported") return null; // no measure names the nation as a place
  const value = nation[params.metric];
  return el("p", { class: "nation" }, el("button", { type: "button", class: "chip", "aria-pressed": String(params.place === NATION), onclick: () => ctx.set({ place: params.place === NATION ? "" : NATION, within: "" }) },
    ctx.t("ofNation"), el("b", {}, number(value))));
}

function partBars(rows, params, ctx) {
  const shown = rows.filter((row) => row[params.metric]).sort((a, b) => b[params.metric] - a[params.metric] || a.code.localeCompare(b.code));
  if (!shown.length) return el("p", { class: "note" }, ctx.t("none"));
  const rest = rows.length - shown.length;
  return el("div", {}, bars(shown.map((row) => ({
    name: row.own ? ctx.t("own", { n: row.place }) : row.place,
    title: METRICS.map((key) => `${ctx.t(key)} ${row[key]}`).join("\n"),
    parts: [{ value: row[params.metric], colour: TINT, name: "" }],
    on: params.place === row.place,
    press: () => choose(row, ctx),
  })), ctx.t(params.metric)), rest ? el("p", { class: "note" }, ctx.t("zeros", { n: rest })) : null);
}

function treeOption(rows, params, ctx) {
  const most = Math.max(...rows.map((row) => row[params.metric]));
  return {
    tooltip: { formatter: (one) => `${one.name}: ${one.value}` },
    series: [{
      type: "treemap", roam: false, nodeClick: false, breadcrumb: { show: false }, left: 0, right: 0, top: 0, bottom: 0,
      itemStyle: { borderColor: colour("panel"), gapWidth: 2, borderWidth: 1 },
      label: { fontSize: 13, color: "#fff", textBorderColor: "rgba(0,0,0,0.35)", textBorderWidth: 2, formatter: (one) => `${one.name}\n${one.value}` },
      data: rows.map((row) => ({ name: row.own ? ctx.t("own", { n: row.short }) : row.short, value: row[params.metric], place: row, itemStyle: { color: `rgba(11, 114, 133, ${(0.5 + (0.5 * row[params.metric]) / most).toFixed(2)})` } })),
    }],
  };
}

// What is behind the counts of a place: its notices, and the measures that name it, with their words.
function details(place, params, ctx) {
  const nation = place === NATION;
  const notices = pagedList({
    query: "notices", parameters: { jurisdiction: place, status: "loaded", issued_from: params.from, issued_to: params.to }, none: ctx.t("noNotices"), signal: ctx.signal, limit: 10,
    row: (row) => factRow({ href: ctx.nodeHref(row.notice_id), title: row.notice_title, notes: [row.issued_on || ctx.t("undated"), row.document_number, row.jurisdiction] }),
  });
  const naming = pagedList({
    query: "measures_naming", parameters: { place, ...conditions(params) }, none: ctx.t("noNaming"), signal: ctx.signal, limit: 10,
    row: (row) => factRow({ href: ctx.edgeHref(row.eid, row.measure_id), eid: row.eid, title: row.measure, quote: row.quote, notes: [row.place, row.notice_title, row.issued_on] }),
  });
  return el("div", { class: "map-details" },
    card(ctx.t("noticesOf", { n: nation ? ctx.t("nation") : place }), notices.element),
    nation ? null : card(ctx.t("naming", { n: place }), naming.element));
}

function offer(drawing, rows, params, ctx) {
  ctx.exports({
    png: () => svgPng(svgText(drawing)),
    svg: () => svgText(drawing),
    csv: () => {
      const columns = ["code", "place", "level", "own", ...METRICS];
      return { columns, rows: rows.map((row) => columns.map((name) => row[name])) };
    },
    query: { name: "place_counts", parameters: { within: params.within || NATION, ...conditions(params) } },
  });
}
