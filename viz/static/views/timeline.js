// When notices were issued and when measures are due, place by place.
import { getRows } from "../lib/api.js";
import { chart } from "../lib/charts.js";
import { el, later } from "../lib/dom.js";
import { exportChart } from "../lib/drawn.js";
import { card, choice, dateBox, factRow, legend, pagedList, placeBox } from "../lib/lists.js";
import { labelColour } from "../lib/names.js";
import { picker } from "../lib/picker.js";
import { empty, truncated } from "../lib/states.js";
import { colour } from "../lib/theme.js";

const MOST = 600; // notices and deadlines drawn, each
const LANES = 12;
const LANE = 34;
const DUE = "#e8590c";
const DAY = 86_400_000;
const NATION = "全国";

export default {
  title: ["时间线", "Timeline"],
  hint: ["公文何时印发,措施何时到期。拖动下方滑块选一段时间,下面列出其中的公文和期限。", "When notices were issued and measures are due. Drag the slider to choose a span; what falls into it is listed below."],
  icon: "M3 10h14M5.5 7v6M10 5v10M14.5 7v6",
  menu: 60,
  params: { jurisdiction: "", issuer: "", actor: "", kind: "", from: "", to: "" },
  css: true,
  offline: "recorded",
  words: {
    place: ["只看某地,如 辽宁省", "One place only, e.g. 辽宁省"],
    issuer: ["只看某机关印发的", "Issued by one agency only"],
    actor: ["只看某机关参与的措施", "Measures one agency has a role in"],
    kind: ["文种", "Kind"],
    from: ["自", "From"],
    to: ["至", "To"],
    whole: ["全部时间", "All of it"],
    notices: ["公文", "Notices"],
    due: ["到期的措施", "Measures due"],
    noticesIn: ["这段时间印发的公文", "Notices issued in this span"],
    dueIn: ["这段时间到期的措施", "Measures due in this span"],
    today: ["今天", "today"],
    others: ["其他地区", "other places"],
    unknown: ["未注明", "not stated"],
    undated: ["未注明日期", "undated"],
    none: ["没有符合条件的公文或期限。", "There are no such notices or deadlines."],
    noNotices: ["没有公文。", "No notices."],
    noDue: ["没有到期的措施。", "No measures due."],
    dueCount: ["{n} 项措施到期", "{n} measures due"],
    chart: ["公文与期限的时间线", "Notices and deadlines over time"],
    clear: ["不限机关", "Any agency"],
  },
  async draw(root, params, ctx) {
    let shown = await fill(root, params, ctx);
    return {
      update: async (next) => {
        if (JSON.stringify(conditions(next)) === JSON.stringify(conditions(shown.params))) return shown.follow(next);
        shown.close();
        shown = await fill(root, next, ctx);
        return undefined;
      },
      close: () => shown.close(),
    };
  },
};

const conditions = ({ jurisdiction, issuer, actor, kind }) => ({ jurisdiction, issuer, actor, kind });

async function fill(root, params, ctx) {
  const asked = conditions(params);
  const [months, notices, due, ofAnyKind] = await Promise.all([
    getRows("calendar", asked, ctx.signal, 2000),
    getRows("notices", { ...asked, status: "loaded" }, ctx.signal, MOST),
    getRows("measures_by_deadline", asked, ctx.signal, MOST),
    params.kind ? getRows("notices", { ...asked, kind: "", status: "loaded" }, ctx.signal, MOST) : null,
  ]);
  const kinds = [...new Set([...(ofAnyKind || notices).rows.map((row) => row.kind), params.kind])].filter(Boolean).sort((a, b) => a.localeCompare(b, "zh"));
  const tools = (now) => toolbar(now, kinds, ctx);
  const events = arrange(notices.rows, due.rows, ctx);
  const bar = el("div", {});
  const lists = el("div", { class: "timeline-lists" });
  if (!months.rows.length || !events.points.length) {
    root.replaceChildren(bar, empty(ctx.t("none"), ...months.notes.map((note) => el("p", { class: "note" }, note))));
    bar.replaceChildren(tools(params));
    return { params, follow: (now) => bar.replaceChildren(tools(now)), close: () => {} };
  }
  const box = el("div", { class: "timeline-chart" });
  box.style.height = heightOf(events) + "px";
  root.replaceChildren(
    bar,
    el("div", { class: "card timeline-card" }, legend([[ctx.t("notices"), labelColour("Notice")], [ctx.t("due"), DUE]]), box,
      notices.truncated || due.truncated ? truncated(MOST) : null),
    lists);
  const made = { params, close: () => drawn.close() };
  const drawn = await chart(box, () => option(events, months.rows, made.params, ctx), ctx.t("chart"));
  const range = later(350, () => {
    if (drawn.chart.isDisposed()) return; // the view was left meanwhile
    const zoom = drawn.chart.getOption().dataZoom[0];
    const [start, end] = windowOf(made.params, events);
    if (Math.abs(zoom.startValue - start) < 2 * DAY && Math.abs(zoom.endValue - end) < 2 * DAY) return; // moved by the address
    const [from, to] = spanOf(zoom, events);
    ctx.set({ from, to });
  });
  drawn.chart.on("datazoom", range);
  drawn.chart.on("click", ({ data }) => {
    if (data && data.notice) location.hash = ctx.nodeHref(data.notice);
    if (data && data.day) ctx.set({ from: data.day, to: data.day });
  });
  made.follow = (now) => {
    const moved = now.from !== made.params.from || now.to !== made.params.to;
    made.params = now;
    bar.replaceChildren(tools(now));
    drawLists(lists, now, ctx);
    const [start, end] = windowOf(now, events);
    const zoom = drawn.chart.getOption().dataZoom[0];
    if (moved && (Math.abs(zoom.startValue - start) > 15 * DAY || Math.abs(zoom.endValue - end) > 15 * DAY)) {
      drawn.chart.dispatchAction({ type: "dataZoom", startValue: start, endValue: end });
    }
    offer(events, months.rows, made, ctx);
  };
  made.follow(params);
  return made;
}

function toolbar(params, kinds, ctx) {
  const { t, set } = ctx;
  const agency = (name) => [
    picker({ label: "Agency", title: t(name), value: params[name], choose: (hit) => set({ [name]: hit.name }) }),
    params[name] ? el("button", { type: "button", class: "chip", "aria-label": `${t("clear")}: ${t(name)}`, onclick: () => set({ [name]: "" }) }, t("clear"), " ×") : null,
  ];
  return el("div", { class: "toolbar" },
    placeBox(t("place"), params.jurisdiction, (jurisdiction) => set({ jurisdiction })),
    agency("issuer"), agency("actor"),
    kinds.length > 1 || params.kind ? choice(t("kind"), params.kind, [["", t("all")], ...kinds.map((kind) => [kind, kind, "zh-CN"])], (kind) => set({ kind })) : null,
    dateBox(t("from"), params.from, (from) => set({ from })), dateBox(t("to"), params.to, (to) => set({ to })),
    params.from || params.to ? el("button", { type: "button", class: "button quiet", onclick: () => set({ from: "", to: "" }) }, t("whole")) : null);
}

// The middle of what an ISO prefix means, as a time; deadlines are meant by their last day.
function timeOf(text, last) {
  if (text.length === 4) return Date.parse(text + (last ? "-12-31" : "-07-01"));
  if (text.length === 7) return last ? Date.parse(text + "-28") : Date.parse(text + "-15");
  return Date.parse(text);
}

function arrange(notices, due, ctx) {
  const place = (row) => row.jurisdiction || ctx.t("unknown");
  const often = new Map();
  const dated = [...notices.filter((row) => row.issued_on), ...due];
  for (const row of dated) often.set(place(row), (often.get(place(row)) || 0) + 1);
  const ranked = [...often].sort((a, b) => (b[0] === NATION) - (a[0] === NATION) || b[1] - a[1] || a[0].localeCompare(b[0], "zh")).map(([name]) => name);
  const named = ranked.slice(0, ranked.length > LANES ? LANES - 1 : LANES);
  const lanes = ranked.length > LANES ? [...named, ctx.t("others")] : named;
  const lane = (row) => (named.includes(place(row)) ? place(row) : ctx.t("others"));
  const points = notices.filter((row) => row.issued_on).map((row) => ({ value: [timeOf(row.issued_on), lane(row)], name: row.notice_title, date: row.issued_on, notice: row.notice_id }));
  const days = Map.groupBy(due.filter((row) => row.due_on), (row) => lane(row) + " " + row.due_on);
  const deadlines = [...days.values()].map((rows) => ({ value: [timeOf(rows[0].due_on, true), lane(rows[0])], day: rows[0].due_on, rows, name: ctx.t("dueCount", { n: rows.length }) }));
  const times = [...points, ...deadlines].map((one) => one.value[0]);
  return { lanes, notices: points, deadlines, points: [...points, ...deadlines], first: Math.min(...times) - 60 * DAY, last: Math.max(...times) + 60 * DAY };
}

const heightOf = (events) => events.lanes.length * LANE + 232;
const windowOf = (params, events) => [
  params.from ? Math.max(events.first, timeOf(params.from.length === 4 ? params.from + "-01-01" : params.from.length === 7 ? params.from + "-01" : params.from) - DAY) : events.first,
  params.to ? Math.min(events.last, timeOf(params.to, true) + DAY) : events.last,
];

function spanOf(zoom, events) {
  const iso = (time) => new Date(time).toISOString().slice(0, 10);
  const from = zoom.startValue <= events.first + DAY ? "" : iso(zoom.startValue);
  const to = zoom.endValue >= events.last - DAY ? "" : iso(zoom.endValue);
  return [from, to];
}

function option(events, months, params, ctx) {
  const [startValue, endValue] = windowOf(params, events);
  const span = { min: events.first, max: events.last };
  const [blue, grid] = [labelColour("Notice"), { left: 112, right: 24 }];
  const lineStyle = { color: colour("line") };
  const lanesHigh = events.lanes.length * LANE;
  const today = { silent: true, symbol: "none", lineStyle: { color: colour("accent"), type: "solid", width: 1 }, label: { formatter: ctx.t("today"), color: colour("accent") }, data: [{ xAxis: Date.now() }] };
  const bar = (key, colourOf, sign) => ({
    name: ctx.t(key === "due" ? "due" : "notices"), type: "bar", xAxisIndex: 1, yAxisIndex: 1, stack: "months", barWidth: 6, itemStyle: { color: colourOf },
    data: months.filter((row) => row[key]).map((row) => ({ value: [timeOf(row.month), sign * row[key]], month: row.month })),
  });
  return {
    grid: [{ ...grid, top: 26, height: lanesHigh }, { ...grid, top: lanesHigh + 56, height: 84 }],
    tooltip: { trigger: "item", formatter: ({ data }) => note(data, ctx) },
    xAxis: [
      { type: "time", ...span, position: "top", splitLine: { show: true, lineStyle }, axisLabel: { hideOverlap: true } },
      { type: "time", ...span, gridIndex: 1, splitLine: { show: false }, axisLabel: { hideOverlap: true } },
    ],
    yAxis: [
      { type: "category", data: events.lanes, inverse: true, axisTick: { show: false }, splitLine: { show: true, lineStyle }, axisLabel: { width: 98, overflow: "truncate", fontSize: 13 } },
      { type: "value", gridIndex: 1, minInterval: 1, splitNumber: 2, axisLabel: { formatter: (value) => Math.abs(value) } },
    ],
    dataZoom: [{ type: "slider", xAxisIndex: [0, 1], startValue, endValue, bottom: 12, height: 26, left: grid.left, right: grid.right, showDataShadow: false, labelFormatter: "", borderColor: colour("line"), textStyle: { color: colour("soft") }, brushSelect: false }],
    series: [
      { name: ctx.t("notices"), type: "scatter", symbolSize: 13, itemStyle: { color: blue, opacity: 0.82, borderColor: colour("panel"), borderWidth: 1 }, data: events.notices, markLine: today, cursor: "pointer" },
      { name: ctx.t("due"), type: "scatter", symbol: "diamond", symbolSize: (_, one) => 11 + 4 * Math.sqrt(one.data.rows.length), itemStyle: { color: DUE, opacity: 0.86, borderColor: colour("panel"), borderWidth: 1 }, data: events.deadlines, cursor: "pointer" },
      bar("notices", blue, 1), bar("due", DUE, -1),
    ],
  };
}

function note(data, ctx) {
  if (!data) return "";
  const short = (text) => (text.length > 34 ? text.slice(0, 33) + "…" : text);
  if (data.month) return `${data.month}: ${Math.abs(data.value[1])}`;
  if (data.notice) return `${data.date}\n${short(data.name)}`;
  if (!data.rows) return "";
  const shown = data.rows.slice(0, 5).map((row) => "· " + short(row.measure));
  return [`${data.day}  ${ctx.t("dueCount", { n: data.rows.length })}`, ...shown, data.rows.length > 5 ? "…" : null].filter(Boolean).join("\n");
}

function drawLists(box, params, ctx) {
  const asked = conditions(params);
  const notices = pagedList({
    query: "notices", parameters: { ...asked, status: "loaded", issued_from: params.from, issued_to: params.to }, none: ctx.t("noNotices"), signal: ctx.signal, limit: 12,
    row: (row) => factRow({ href: ctx.nodeHref(row.notice_id), title: row.notice_title, notes: [row.issued_on || ctx.t("undated"), row.document_number, row.jurisdiction] }),
  });
  const due = pagedList({
    query: "measures_by_deadline", parameters: { ...asked, from: params.from, to: params.to }, none: ctx.t("noDue"), signal: ctx.signal, limit: 12,
    row: (row) => factRow({
      href: row.quote ? ctx.textHref(row.notice_id, row.start, row.end) : ctx.nodeHref(row.measure_id),
      title: row.measure, quote: row.due_text, notes: [row.due_on, row.notice_title, row.jurisdiction],
    }),
  });
  box.replaceChildren(card(ctx.t("noticesIn"), notices.element), card(ctx.t("dueIn"), due.element));
}

function offer(events, months, made, ctx) {
  const size = [1100, heightOf(events)];
  const drawing = () => option(events, months, made.params, ctx);
  ctx.exports({
    png: () => exportChart(drawing, ...size, (drawn) => drawn.png()),
    svg: () => exportChart(drawing, ...size, (drawn) => drawn.svg()),
    csv: () => {
      const rows = [
        ...events.notices.map((one) => ["notice", one.date, one.value[1], one.name, one.notice, ""]),
        ...events.deadlines.flatMap((one) => one.rows.map((row) => ["deadline", row.due_on, row.jurisdiction, row.measure, row.notice_id, row.measure_id])),
      ];
      return { columns: ["kind", "date", "jurisdiction", "title", "notice_id", "measure_id"], rows: rows.sort((a, b) => a[1].localeCompare(b[1])) };
    },
    query: [
      { name: "calendar", parameters: conditions(made.params) },
      { name: "notices", parameters: { ...conditions(made.params), status: "loaded", issued_from: made.params.from, issued_to: made.params.to } },
      { name: "measures_by_deadline", parameters: { ...conditions(made.params), from: made.params.from, to: made.params.to } },
    ],
  });
}
