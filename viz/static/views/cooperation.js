// The cooperation network: agencies that share measures, in the circles that work together most.
import { get } from "../lib/api.js";
import { PALETTE, chart } from "../lib/charts.js";
import { el } from "../lib/dom.js";
import { exportChart } from "../lib/drawn.js";
import { ROLE_COLOURS, ROLE_WORDS, bars, card, choice, dateBox, factRow, pagedList, placeBox } from "../lib/lists.js";
import { valueName } from "../lib/names.js";
import { empty } from "../lib/states.js";
import { colour } from "../lib/theme.js";
import { pick } from "../lib/words.js";

const PAIRS = 250;
const LISTED = 14;
const SYMBOLS = { national: "diamond", province: "circle", prefecture: "roundRect", county: "triangle" };

export default {
  title: ["合作网络", "Cooperation network"],
  hint: ["共同参与措施的机关连成网:线越粗共同的措施越多,颜色是合作圈,形状是层级。点一条线看共同的措施。", "Agencies that share measures: the thicker the line, the more; colours are circles that work together, shapes are levels. Choose a line to see the measures."],
  icon: "M5 5m-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M15 6m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M11 15m-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M7.4 5.3L13 5.8M6.2 7.2L9.8 12.8M14.2 7.8L12 12.7",
  menu: 80,
  params: { jurisdiction: "", from: "", to: "", least: "1", agency: "", with: "" },
  css: true,
  offline: "recorded",
  words: {
    place: ["只看某地的公文,如 辽宁省", "Notices of one place, e.g. 辽宁省"],
    from: ["自", "From"],
    to: ["至", "To"],
    least: ["至少共同", "At least"],
    leastOf: ["{n} 项", "{n} shared"],
    none: ["没有共同参与措施的机关。放宽条件试试。", "No agencies share measures under these conditions. Try wider ones."],
    strongest: ["合作最多的机关", "Agencies that cooperate most"],
    partnersOf: ["{n}的合作者", "Partners of {n}"],
    shared: ["共同 {n} 项", "{n} shared"],
    circle: ["合作圈 {n}", "Circle {n}"],
    circles: ["合作圈", "Circles"],
    partners: ["{n} 个合作者", "{n} partners"],
    sharedMeasures: ["{a} 与 {b}", "{a} and {b}"],
    everyone: ["全部机关", "All agencies"],
    dossier: ["看档案", "Dossier"],
    details: ["详情", "Details"],
    chart: ["机关合作网络", "Network of cooperating agencies"],
    cut: ["只画出共同措施最多的 {n} 对机关。", "Only the {n} pairs that share the most measures are drawn."],
    noMeasures: ["没有共同的措施。", "They share no measures."],
  },
  async draw(root, params, ctx) {
    let shown = await fill(root, params, ctx);
    return {
      update: async (next) => {
        const { agency, with: partner, ...asked } = next;
        if (JSON.stringify(asked) === JSON.stringify(shown.asked)) return shown.follow(next);
        shown.close();
        shown = await fill(root, next, ctx);
        return undefined;
      },
      close: () => shown.close(),
    };
  },
};

const conditions = (params) => ({ jurisdiction: params.jurisdiction, issued_from: params.from, issued_to: params.to, least: params.least });

async function fill(root, params, ctx) {
  const { agency, with: partner, ...asked } = params;
  const found = await get("/api/v1/views/cooperation", { ...conditions(params), limit: PAIRS }, ctx.signal);
  const bar = el("div", {});
  if (!found.pairs.length) {
    root.replaceChildren(bar, empty(ctx.t("none"), ...found.notes.map((note) => el("p", { class: "note" }, note))));
    bar.replaceChildren(toolbar(params, ctx));
    return { asked, follow: (now) => bar.replaceChildren(toolbar(now, ctx)), close: () => {} };
  }
  const network = index(found);
  const box = el("div", { class: "cooperation-drawing" });
  const side = el("div", { class: "cooperation-side" });
  root.replaceChildren(bar, el("div", { class: "cooperation-panes" },
    el("div", { class: "card cooperation-card" }, box, keyOf(network, ctx), found.truncated ? el("div", { class: "cut" }, ctx.t("cut", { n: found.pairs.length })) : null), side));
  const made = { asked, params };
  const drawn = await chart(box, () => option(network, made.params, [box.clientWidth, box.clientHeight]), ctx.t("chart"));
  drawn.chart.on("click", ({ dataType, data }) => {
    if (dataType === "node") ctx.set({ agency: data.id === made.params.agency ? "" : data.id, with: "" });
    if (dataType === "edge") ctx.set({ agency: data.source, with: data.target });
  });
  made.close = () => drawn.close();
  made.follow = (now) => {
    const moved = now.agency !== made.params.agency || now.with !== made.params.with;
    made.params = now;
    if (moved) drawn.redraw();
    bar.replaceChildren(toolbar(now, ctx));
    drawSide(side, network, now, ctx);
    offer(network, made, ctx);
  };
  made.follow(params);
  return made;
}

function toolbar(params, ctx) {
  const { t, set } = ctx;
  return el("div", { class: "toolbar" },
    placeBox(t("place"), params.jurisdiction, (jurisdiction) => set({ jurisdiction })),
    dateBox(t("from"), params.from, (from) => set({ from })), dateBox(t("to"), params.to, (to) => set({ to })),
    choice(t("least"), params.least, [...new Set(["1", "2", "3", "5", "10", params.least])].map((n) => [n, t("leastOf", { n })]), (least) => set({ least })));
}

function index(found) {
  const agencies = new Map(found.agencies.map((agency) => [agency.id, agency]));
  return { ...found, agencies, most: Math.max(...found.pairs.map((pair) => pair.shared)), strongest: Math.max(...found.agencies.map((agency) => agency.strength)) };
}

const circleColour = (agency) => PALETTE[agency.circle % PALETTE.length];

function option(network, params, [width, height]) {
  const ratio = width / Math.max(1, height);
  const scale = Math.min(1, Math.max(0.5, width / 720)); // of the marks, on a narrow page
  const near = new Set(params.agency ? network.pairs.filter((pair) => pair.first === params.agency || pair.second === params.agency).flatMap((pair) => [pair.first, pair.second]) : []);
  const on = (pair) => !params.agency || (params.with
    ? [pair.first, pair.second].includes(params.agency) && [pair.first, pair.second].includes(params.with)
    : pair.first === params.agency || pair.second === params.agency);
  const agencies = [...network.agencies.values()];
  const ranked = [...agencies].sort((a, b) => b.strength - a.strength).slice(0, 26).map((agency) => agency.id);
  const [wide, high] = ["x", "y"].map((axis) => Math.max(1, ...agencies.map((a) => a[axis])) - Math.min(0, ...agencies.map((a) => a[axis])));
  const stretch = Math.min(1.7, Math.max(0.6, ratio / (wide / high))) || 1; // fills the pane, whatever its shape
  const [ink, soft, panel, accent] = ["ink", "soft", "panel", "accent"].map(colour);
  return {
    tooltip: { formatter: ({ dataType, data }) => (dataType === "edge" ? `${network.agencies.get(data.source).name}\n${network.agencies.get(data.target).name}\n${data.value}` : data.told) },
    series: [{
      type: "graph", layout: "none", roam: true, preserveAspect: true, left: Math.min(70, width / 12), right: Math.min(70, width / 12), top: 30, bottom: 40, cursor: "pointer",
      scaleLimit: { min: 0.5, max: 6 },
      data: agencies.map((agency) => {
        const shown = !params.agency || near.has(agency.id);
        return {
          id: agency.id, x: agency.x * stretch, y: agency.y, name: agency.name, told: `${agency.name}\n${[agency.level && valueName(agency.level), agency.partners + " · " + agency.strength].filter(Boolean).join("  ")}`,
          symbol: SYMBOLS[agency.level] || "circle", symbolSize: scale * (9 + 30 * Math.sqrt(agency.strength / network.strongest)),
          itemStyle: { color: circleColour(agency), opacity: shown ? 0.92 : 0.15, borderColor: agency.id === params.agency ? accent : panel, borderWidth: agency.id === params.agency ? 4 : 1.5 },
          label: { show: shown && (near.has(agency.id) || (!params.agency && ranked.includes(agency.id))), position: "bottom", distance: 4, color: ink, fontSize: 12, textBorderColor: panel, textBorderWidth: 3, formatter: shortName(agency.name) },
        };
      }),
      links: network.pairs.map((pair) => ({
        source: pair.first, target: pair.second, value: pair.shared,
        lineStyle: { width: 0.8 + scale * 7 * Math.sqrt(pair.shared / network.most), color: on(pair) && params.agency ? circleColour(network.agencies.get(params.agency)) : soft, opacity: on(pair) ? (params.agency ? 0.7 : 0.28) : 0.04, curveness: 0.06 },
      })),
      labelLayout: { hideOverlap: true },
      emphasis: { focus: "none", lineStyle: { opacity: 0.9 }, label: { show: true } },
    }],
  };
}

const shortName = (name) => (Array.from(name).length > 16 ? Array.from(name).slice(0, 15).join("") + "…" : name);

function keyOf(network, ctx) {
  const circles = new Map();
  for (const agency of network.agencies.values()) circles.set(agency.circle, [...(circles.get(agency.circle) || []), agency]);
  const named = [...circles].sort((a, b) => a[0] - b[0]).slice(0, 6).map(([, members]) => {
    const [first] = [...members].sort((a, b) => b.strength - a.strength);
    const dot = el("i", { "aria-hidden": "true" });
    dot.style.background = circleColour(first);
    return el("li", { lang: "zh-CN" }, dot, first.name, el("span", {}, ` ${members.length}`));
  });
  const levels = [...new Set([...network.agencies.values()].map((agency) => agency.level))].filter((level) => SYMBOLS[level]);
  return el("div", { class: "cooperation-key" },
    el("ul", { class: "legend", "aria-label": ctx.t("circles") }, named),
    el("ul", { class: "legend" }, levels.map((level) => el("li", {}, el("i", { class: "mark " + level, "aria-hidden": "true" }), valueName(level)))));
}

function drawSide(side, network, params, ctx) {
  const chosen = network.agencies.get(params.agency);
  const pairs = chosen
    ? network.pairs.filter((pair) => pair.first === chosen.id || pair.second === chosen.id).map((pair) => ({ agency: network.agencies.get(pair.first === chosen.id ? pair.second : pair.first), value: pair.shared }))
    : [...network.agencies.values()].map((agency) => ({ agency, value: agency.strength })).sort((a, b) => b.value - a.value || a.agency.name.localeCompare(b.agency.name, "zh")).slice(0, LISTED);
  const list = bars(pairs.map(({ agency, value }) => ({
    name: agency.name,
    title: `${agency.name}\n${ctx.t("partners", { n: agency.partners })}`,
    parts: [{ value, colour: circleColour(agency), name: "" }],
    on: agency.id === params.with,
    press: () => ctx.set(chosen ? { with: agency.id === params.with ? "" : agency.id } : { agency: agency.id, with: "" }),
  })), ctx.t("strongest"));
  const head = chosen ? el("p", { class: "chips" },
    el("button", { type: "button", class: "chip", onclick: () => ctx.set({ agency: "", with: "" }) }, "← ", ctx.t("everyone")),
    el("a", { class: "chip", href: ctx.href("dossier", { agency: chosen.id }) }, ctx.t("dossier")),
    el("a", { class: "chip", href: ctx.nodeHref(chosen.id) }, ctx.t("details"))) : null;
  const title = chosen ? ctx.t("partnersOf", { n: chosen.name }) : ctx.t("strongest");
  const partner = network.agencies.get(params.with);
  side.replaceChildren(card(title, head, list), ...(chosen && partner ? [sharedOf(chosen, partner, ctx)] : []));
}

function sharedOf(one, other, ctx) {
  const list = pagedList({
    query: "shared_measures", parameters: { actor: one.id, partner: other.id }, none: ctx.t("noMeasures"), signal: ctx.signal, limit: 10,
    row: (row) => factRow({
      href: ctx.edgeHref(row.eid, one.id), eid: row.eid, title: row.measure,
      mark: [mark(row.role, row.actor), mark(row.partner_role, row.partner)], notes: [row.notice_title, row.issued_on],
    }),
  });
  return card(ctx.t("sharedMeasures", { a: one.name, b: other.name }), list.element);
}

function mark(role, whose) {
  const made = el("b", { class: "role" }, shortName(whose), " ", pick(ROLE_WORDS[role]));
  made.style.setProperty("--role", ROLE_COLOURS[role]);
  return made;
}

function offer(network, made, ctx) {
  const drawing = () => option(network, made.params, [1200, 900]);
  ctx.exports({
    png: () => exportChart(drawing, 1200, 900, (drawn) => drawn.png()),
    svg: () => exportChart(drawing, 1200, 900, (drawn) => drawn.svg()),
    csv: () => ({
      columns: ["first", "first_level", "second", "second_level", "shared", "same_circle", "first_id", "second_id"],
      rows: network.pairs.map((pair) => {
        const [a, b] = [network.agencies.get(pair.first), network.agencies.get(pair.second)];
        return [a.name, a.level, b.name, b.level, pair.shared, a.circle === b.circle ? 1 : 0, a.id, b.id];
      }),
    }),
    query: [{ name: "cooperation", parameters: conditions(made.params) },
      ...(made.params.with ? [{ name: "shared_measures", parameters: { actor: made.params.agency, partner: made.params.with } }] : [])],
  });
}
