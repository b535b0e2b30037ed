// Policy instruments by place, level or year: how many measures use each, and which those are.
import { getRows } from "../lib/api.js";
import { el, svg } from "../lib/dom.js";
import { svgPng, svgText } from "../lib/drawn.js";
import { CLASS_COLOURS, CLASSES, chips, choice, dateBox, factRow, pagedList, placeBox } from "../lib/lists.js";
import { valueName } from "../lib/names.js";
import { empty, truncated } from "../lib/states.js";
import { lang, number } from "../lib/words.js";

const MOST = 3000; // cells read
const BY = ["province", "prefecture", "level", "year"];

export default {
  title: ["工具矩阵", "Instrument matrix"],
  hint: ["各地、各层级或各年的措施运用了哪些政策工具;点开一格看措施和原文。", "Which policy instruments measures use, by place, level or year. Open a cell for the measures and their words."],
  icon: "M3 3h14v14H3zM3 8h14M3 12.5h14M8 3v14M12.5 3v14",
  menu: 70,
  params: { by: "province", class: "", jurisdiction: "", from: "", to: "", show: "count", cell: "" },
  css: true,
  offline: "recorded",
  words: {
    by: ["分列", "Columns"],
    by_province: ["省", "Provinces"],
    by_prefecture: ["市", "Cities"],
    by_level: ["层级", "Levels"],
    by_year: ["年份", "Years"],
    class: ["类别", "Class"],
    show: ["数值", "Values"],
    show_count: ["措施数", "Measures"],
    show_share: ["占本列比例", "Share of column"],
    place: ["只看某地,如 辽宁省", "One place only, e.g. 辽宁省"],
    from: ["自", "From"],
    to: ["至", "To"],
    instrument: ["政策工具", "Policy instrument"],
    total: ["合计", "Total"],
    measuresIn: ["本列措施数", "Measures in column"],
    unknown: ["未注明", "unknown"],
    none: ["符合条件的公文里没有识别出政策工具。", "No policy instrument was read from such notices."],
    noCell: ["没有措施。", "No measures."],
    cellOf: ["{n} 项措施,占本列的 {share}", "{n} measures, {share} of the column"],
    closeCell: ["收起", "Close"],
  },
  async draw(root, params, ctx) {
    let shown = await fill(root, params, ctx);
    return {
      update: async (next) => {
        const { cell, show, ...asked } = next;
        const before = shown.asked;
        if (JSON.stringify(asked) === JSON.stringify(before)) return shown.follow(next);
        shown = await fill(root, next, ctx);
        return undefined;
      },
    };
  },
};

function conditions(params) {
  return { by: params.by, jurisdiction: params.jurisdiction, issued_from: params.from, issued_to: params.to, instrument_class: params.class };
}

async function fill(root, params, ctx) {
  const { cell, show, ...asked } = params;
  const found = await getRows("instrument_matrix", conditions(params), ctx.signal, MOST);
  const table = el("div", { class: "matrix-main" });
  const side = el("aside", { class: "matrix-cell card", "aria-label": ctx.t("instrument"), hidden: true });
  const bar = el("div", {});
  const grid = arrange(found.rows);
  root.replaceChildren(
    bar,
    found.rows.length ? el("div", { class: "matrix-panes" }, table, side) : empty(ctx.t("none"), ...found.notes.map((note) => el("p", { class: "note" }, note))),
    found.truncated ? truncated(found.rows.length) : "");
  const follow = (now) => {
    bar.replaceChildren(toolbar(now, ctx));
    if (!found.rows.length) return;
    const kept = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.cell : "";
    table.replaceChildren(draw(grid, now, ctx));
    if (kept) (table.querySelector(`[data-cell="${CSS.escape(kept)}"]`) || table).focus();
    drawCell(side, grid, now, ctx);
    offer(grid, now, ctx);
  };
  follow(params);
  return { asked, follow };
}

function toolbar(params, ctx) {
  const { t, set } = ctx;
  return el("div", { class: "toolbar" },
    chips(t("by"), params.by, BY.map((key) => [key, t("by_" + key)]), (by) => set({ by, cell: "" })),
    choice(t("class"), params.class, [["", t("all")], ...CLASSES.map((key) => [key, valueName(key)])], (value) => set({ class: value, cell: "" })),
    choice(t("show"), params.show, ["count", "share"].map((key) => [key, t("show_" + key)]), (show) => set({ show })),
    placeBox(t("place"), params.jurisdiction, (jurisdiction) => set({ jurisdiction, cell: "" })),
    dateBox(t("from"), params.from, (from) => set({ from, cell: "" })), dateBox(t("to"), params.to, (to) => set({ to, cell: "" })));
}

function arrange(rows) {
  const columns = new Map();
  const instruments = new Map();
  const cells = new Map();
  for (const row of rows) {
    columns.set(row.column, { key: row.column, name: row.column_name, measures: row.column_measures });
    const kept = instruments.get(row.instrument) || { key: row.instrument, zh: row.instrument_zh, en: row.instrument_en, class: row.instrument_class, category: row.category, total: 0 };
    kept.total += row.measures;
    instruments.set(row.instrument, kept);
    cells.set(row.instrument + " " + row.column, row);
  }
  const order = (one) => [CLASSES.indexOf(one.class), one.category];
  const sorted = [...instruments.values()].sort((a, b) =>
    order(a)[0] - order(b)[0] || order(a)[1].localeCompare(order(b)[1], "zh") || b.total - a.total || a.key.localeCompare(b.key));
  return { columns: [...columns.values()], instruments: sorted, cells };
}

const cellOf = (grid, instrument, column) => grid.cells.get(instrument.key + " " + column.key);
const percent = (share) => (share * 100).toFixed(share < 0.0995 ? 1 : 0) + "%";
const columnName = (column, ctx) => (column.key === "unknown" ? ctx.t("unknown") : valueName(column.name));
const shortName = (column, ctx) => columnName(column, ctx).replace(/(维吾尔|壮族|回族)?自治区$|(?<=..)[省市]$/u, "");
const instrumentName = (instrument) => (lang === "zh" ? instrument.zh : instrument.en);

// How dark a cell is, 0..1: by its share or its count, against the largest.
function darkness(grid, params) {
  const value = (row) => (params.show === "share" ? row.share : row.measures);
  const most = Math.max(...[...grid.cells.values()].map(value));
  return (row) => Math.sqrt(value(row) / most);
}

function draw(grid, params, ctx) {
  const dark = darkness(grid, params);
  const head = el("tr", {}, el("th", { scope: "col", class: "corner" }, ctx.t("instrument")),
    grid.columns.map((column) => el("th", { scope: "col", lang: "zh-CN", title: columnName(column, ctx) }, el("span", {}, shortName(column, ctx)))),
    el("th", { scope: "col", class: "sum" }, ctx.t("total")));
  const foot = el("tr", { class: "sums" }, el("th", { scope: "row" }, ctx.t("measuresIn")),
    grid.columns.map((column) => el("td", {}, number(column.measures))), el("td", { class: "sum" }, number(grid.columns.reduce((sum, column) => sum + column.measures, 0))));
  const bodies = [...Map.groupBy(grid.instruments, (instrument) => instrument.class)].map(([group, members]) => {
    const title = el("tr", { class: "class-row" }, el("th", { colspan: grid.columns.length + 2, scope: "rowgroup" }, el("span", {}, valueName(group))));
    title.style.setProperty("--class", CLASS_COLOURS[group]);
    return el("tbody", {}, title, members.map((instrument) => el("tr", {},
      el("th", { scope: "row", title: `${instrument.zh} · ${instrument.en}\n${instrument.category}` }, instrumentName(instrument)),
      grid.columns.map((column) => el("td", {}, oneCell(cellOf(grid, instrument, column), instrument, column, params, dark, ctx))),
      el("td", { class: "sum" }, number(instrument.total)))));
  });
  return el("div", { class: "matrix-box", tabindex: "-1" }, el("table", { class: "matrix" }, el("thead", {}, head), bodies, el("tfoot", {}, foot)));
}

function oneCell(row, instrument, column, params, dark, ctx) {
  if (!row) return null;
  const key = instrument.key + "." + column.key;
  const told = `${instrumentName(instrument)}, ${columnName(column, ctx)}: ${ctx.t("cellOf", { n: row.measures, share: percent(row.share) })}`;
  const button = el("button", {
    type: "button", dataset: { cell: key }, title: told, "aria-label": told, "aria-pressed": String(params.cell === key),
    onclick: () => ctx.set({ cell: params.cell === key ? "" : key }),
  }, params.show === "share" ? percent(row.share) : number(row.measures));
  button.style.setProperty("--class", CLASS_COLOURS[instrument.class]);
  button.style.setProperty("--dark", Math.round(8 + 54 * dark(row)) + "%");
  return button;
}

function drawCell(side, grid, params, ctx) {
  const [key, column] = params.cell.split(".");
  const row = grid.cells.get(key + " " + column);
  side.hidden = !row;
  if (!row) return void side.replaceChildren();
  const asked = { instrument: row.instrument_id, column, by: params.by, jurisdiction: params.jurisdiction, issued_from: params.from, issued_to: params.to };
  const list = pagedList({
    query: "instrument_cell",
    parameters: asked,
    none: ctx.t("noCell"),
    signal: ctx.signal,
    row: (fact) => factRow({ href: ctx.edgeHref(fact.eid, fact.measure_id), eid: fact.eid, title: fact.measure, quote: fact.quote, notes: [fact.notice_title, fact.issued_on] }),
  });
  side.replaceChildren(
    el("div", { class: "matrix-cell-head" },
      el("h2", {}, `${lang === "zh" ? row.instrument_zh : row.instrument_en} · ${columnName({ key: row.column, name: row.column_name }, ctx)}`),
      el("button", { type: "button", class: "button quiet", onclick: () => ctx.set({ cell: "" }) }, ctx.t("closeCell"))),
    el("p", { class: "note" }, ctx.t("cellOf", { n: row.measures, share: percent(row.share) })),
    list.element);
}

function offer(grid, params, ctx) {
  ctx.exports({
    png: () => svgPng(picture(grid, params, ctx)),
    svg: () => picture(grid, params, ctx),
    csv: () => ({
      columns: ["class", "category", "instrument", "name_zh", "name_en", ...grid.columns.map((column) => column.name), "total"],
      rows: grid.instruments.map((one) => [one.class, one.category, one.key, one.zh, one.en,
        ...grid.columns.map((column) => { const row = cellOf(grid, one, column); return row ? (params.show === "share" ? row.share : row.measures) : 0; }), one.total]),
    }),
    query: { name: "instrument_matrix", parameters: conditions(params) },
  });
}

// The table as a drawing.
function picture(grid, params, ctx) {
  const [left, top, wide, high] = [210, 90, 54, 24];
  const dark = darkness(grid, params);
  const [width, height] = [left + wide * grid.columns.length, top + high * (grid.instruments.length + CLASSES.length)];
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "matrix-drawing" });
  for (const [at, column] of grid.columns.entries()) {
    const x = left + wide * at + wide / 2;
    drawing.append(svg("text", { x, y: top - 10, transform: `rotate(-45 ${x} ${top - 10})`, class: "name" }, shortName(column, ctx)));
  }
  let y = top;
  let group = "";
  for (const one of grid.instruments) {
    if (one.class !== group) {
      group = one.class;
      const title = svg("text", { x: 0, y: y + 17, class: "group" }, valueName(group));
      title.style.fill = CLASS_COLOURS[group];
      drawing.append(title);
      y += high;
    }
    drawing.append(svg("text", { x: left - 10, y: y + 16, "text-anchor": "end", class: "name" }, instrumentName(one)));
    for (const [at, column] of grid.columns.entries()) {
      const row = cellOf(grid, one, column);
      if (!row) continue;
      const box = svg("rect", { x: left + wide * at + 1, y: y + 1, width: wide - 2, height: high - 2 });
      box.style.fill = CLASS_COLOURS[group];
      box.style.fillOpacity = 0.08 + 0.54 * dark(row);
      drawing.append(box, svg("text", { x: left + wide * (at + 0.5), y: y + 16, "text-anchor": "middle", class: "value" }, params.show === "share" ? percent(row.share) : String(row.measures)));
    }
    y += high;
  }
  drawing.classList.add("paper");
  document.body.append(drawing);
  const text = svgText(drawing);
  drawing.remove();
  return text;
}
