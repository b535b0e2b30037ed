// What an agency does: its roles by year, its partners, instruments and deadlines, each with its words.
import { get, getRows } from "../lib/api.js";
import { chart } from "../lib/charts.js";
import { el } from "../lib/dom.js";
import { exportChart } from "../lib/drawn.js";
import { CLASSES, CLASS_COLOURS, ROLES, ROLE_COLOURS, ROLE_WORDS, bars, card, chips, factRow, legend, pagedList } from "../lib/lists.js";
import { valueName } from "../lib/names.js";
import { picker } from "../lib/picker.js";
import { empty } from "../lib/states.js";
import { lang, pick } from "../lib/words.js";

const PARTNERS = 12;
const INSTRUMENTS = 10;
const DUE = 60;

export default {
  title: ["机关档案", "Agency dossier"],
  hint: ["一个机关牵头、负责、配合了什么,与谁合作,何时到期。", "What an agency leads, answers for and assists, with whom, and by when."],
  icon: "M3 17h14M5 17V9M9 17V9M13 17V9M16 17V9M2.5 9h15L10 3.5z",
  menu: 40,
  params: { agency: "", role: "", partner: "" },
  css: true,
  offline: "recorded",
  words: {
    pick: ["选一个机关", "Choose an agency"],
    first: ["选一个机关,看它的档案。措施最多的有:", "Choose an agency to see its dossier. Those with most measures:"],
    noneYet: ["图中还没有承担措施的机关。", "No agency has a part in a measure yet."],
    byYear: ["逐年角色", "Roles by year"],
    partners: ["合作者", "Partners"],
    partnersHint: ["共同参与的措施数,按对方的角色分色;点选后看共同的措施。", "Measures shared, coloured by the partner's role; choose one to see them."],
    instruments: ["运用的政策工具", "Policy instruments used"],
    due: ["期限", "Deadlines"],
    past: ["已过", "past"],
    issued: ["印发的公文", "Notices issued"],
    led: ["牵头", "Leads"],
    answered: ["负责", "Is responsible"],
    supported: ["配合", "Assists"],
    countPartners: ["合作者", "Partners"],
    measuresOf: ["措施与原文", "Measures, in the notices' words"],
    with: ["与 {n} 共同", "with {n}"],
    noPartners: ["没有共同参与的主体。", "It shares no measure."],
    noInstruments: ["其措施没有识别出政策工具。", "No instrument was read from its measures."],
    noDue: ["没有写明期限的措施。", "No measure has a deadline."],
    noMeasures: ["没有这样的措施。", "No such measure."],
    cut: ["只列前 {n} 项", "the first {n}"],
    openGraph: ["看关系图", "See its graph"],
    details: ["详情", "Details"],
    inNetwork: ["看合作网络", "See the network"],
  },
  async draw(root, params, ctx) {
    let shown = await fill(root, params, ctx);
    return {
      update: async (next) => {
        if (shown && next.agency === shown.agency) return shown.follow(next);
        if (shown) shown.close();
        shown = await fill(root, next, ctx);
        return undefined;
      },
      close: () => shown && shown.close(),
    };
  },
};

// Draws an agency's dossier; answers what follows a choice within it, and what ends it.
async function fill(root, params, ctx) {
  if (!params.agency) return begin(root, ctx);
  const found = await read(params.agency, ctx);
  const measures = el("div", {});
  const year = el("div", { class: "chart-box" });
  const partners = el("div", {});
  root.replaceChildren(
    chooser(ctx, found.head.name),
    head(found, ctx),
    numbers(found, ctx),
    el("div", { class: "dossier-grid" },
      el("div", {},
        card(ctx.t("byYear"), year, legend(ROLES.map((role) => [pick(ROLE_WORDS[role]), ROLE_COLOURS[role]]))),
        card(ctx.t("instruments"), instruments(found, ctx))),
      el("div", {},
        card(ctx.t("partners"), el("p", { class: "note" }, ctx.t("partnersHint")), partners),
        card(ctx.t("due"), deadlines(found, ctx)))),
    el("section", { class: "card stat-card" }, el("h2", {}, ctx.t("measuresOf")), measures));
  const drawn = await chart(year, () => yearsOption(found), ctx.t("byYear"));
  const follow = (now) => {
    partners.replaceChildren(partnerBars(found, now, ctx));
    drawMeasures(measures, found, now, ctx);
  };
  follow(params);
  offer(found, ctx);
  return { agency: found.id, follow, close: () => drawn.close() };
}

async function begin(root, ctx) {
  const found = await getRows("actor_ranking", {}, ctx.signal, 15);
  root.replaceChildren(
    chooser(ctx, ""),
    found.rows.length
      ? card(ctx.t("first"), bars(found.rows.map((row) => ({
        name: row.actor,
        href: ctx.href("dossier", { agency: row.actor_id }),
        parts: [{ value: row.measures, colour: ROLE_COLOURS.RESPONSIBLE_FOR, name: "" }],
      })), ctx.t("first")))
      : empty(ctx.t("noneYet")));
  ctx.exports({
    csv: () => ({ columns: ["id", "actor", "label", "measures", "notices"], rows: found.rows.map((r) => [r.actor_id, r.actor, r.actor_label, r.measures, r.notices]) }),
    query: { name: "actor_ranking", parameters: {} },
  });
  return null;
}

async function read(id, { signal }) {
  const actor = { actor: id };
  const [head, years, partners, used, due, issued] = await Promise.all([
    get("/api/v1/entities/" + encodeURIComponent(id), { limit: 1 }, signal),
    getRows("actor_years", actor, signal),
    getRows("actor_partners", actor, signal, 50),
    getRows("instrument_use", actor, signal, INSTRUMENTS),
    getRows("measures_by_deadline", actor, signal, DUE),
    getRows("notices_by_issuer", { issuer: id }, signal, 50).catch(() => ({ rows: [] })),
  ]);
  return { id, head, years: years.rows, partners, used, due, issued };
}

function chooser(ctx, name) {
  return el("div", { class: "toolbar" }, picker({ label: "Agency", title: ctx.t("pick"), value: name, choose: (hit) => ctx.set({ agency: hit.id, role: "", partner: "" }) }));
}

function head({ id, head: node }, ctx) {
  const { kind, level, jurisdiction, aliases } = node.properties;
  const about = [kind && valueName(kind), level && valueName(level), jurisdiction].filter(Boolean).join(" · ");
  const others = (aliases || []).join("、");
  return el("header", { class: "dossier-head" },
    el("h2", { lang: "zh-CN" }, node.name),
    el("p", { class: "note" }, about, others ? el("span", { lang: "zh-CN" }, about ? " · " : "", others) : null),
    el("p", { class: "chips" },
      el("a", { class: "chip", href: ctx.nodeHref(id) }, ctx.t("details")),
      el("a", { class: "chip", href: ctx.href("graph", { node: id }) }, ctx.t("openGraph")),
      el("a", { class: "chip", href: ctx.href("cooperation", { agency: id }) }, ctx.t("inNetwork"))));
}

function numbers({ years, partners, issued, due }, ctx) {
  const ofRole = (role) => years.filter((row) => row.role === role).reduce((sum, row) => sum + row.measures, 0);
  const some = (found) => found.rows.length + (found.truncated ? "+" : "");
  const told = [
    [ctx.t("led"), ofRole("LEADS"), ROLE_COLOURS.LEADS],
    [ctx.t("answered"), ofRole("RESPONSIBLE_FOR"), ROLE_COLOURS.RESPONSIBLE_FOR],
    [ctx.t("supported"), ofRole("SUPPORTS"), ROLE_COLOURS.SUPPORTS],
    [ctx.t("countPartners"), some(partners), ""],
    [ctx.t("due"), some(due), ""],
    [ctx.t("issued"), some(issued), ""],
  ];
  return el("dl", { class: "figures" }, told.map(([name, value, colour]) => {
    const item = el("div", {}, el("dt", {}, name), el("dd", {}, String(value)));
    if (colour) item.style.borderTopColor = colour;
    return item;
  }));
}

function yearsOption({ years }) {
  const known = [...new Set(years.map((row) => row.year || "—"))].sort();
  return {
    grid: { left: 36, right: 12, top: 16, bottom: 26 },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" } },
    xAxis: { type: "category", data: known },
    yAxis: { type: "value", minInterval: 1 },
    series: ROLES.map((role) => ({
      name: pick(ROLE_WORDS[role]),
      type: "bar",
      stack: "roles",
      barMaxWidth: 46,
      itemStyle: { color: ROLE_COLOURS[role] },
      data: known.map((year) => (years.find((row) => (row.year || "—") === year && row.role === role) || { measures: 0 }).measures),
    })),
  };
}

const partnerParts = (row) => [
  { value: row.leads, colour: ROLE_COLOURS.LEADS, name: pick(ROLE_WORDS.LEADS) },
  { value: row.answers_for, colour: ROLE_COLOURS.RESPONSIBLE_FOR, name: pick(ROLE_WORDS.RESPONSIBLE_FOR) },
  { value: row.supports, colour: ROLE_COLOURS.SUPPORTS, name: pick(ROLE_WORDS.SUPPORTS) },
];

function partnerBars({ partners }, now, ctx) {
  if (!partners.rows.length) return el("p", { class: "note" }, ctx.t("noPartners"));
  const shown = partners.rows.filter((row, at) => at < PARTNERS || row.actor_id === now.partner);
  const list = bars(shown.map((row) => ({
    name: row.actor,
    value: row.measures,
    parts: partnerParts(row),
    on: row.actor_id === now.partner,
    press: () => ctx.set({ partner: row.actor_id === now.partner ? "" : row.actor_id }),
  })), ctx.t("partners"));
  return el("div", {}, list, partners.rows.length > shown.length ? el("p", { class: "note" }, ctx.t("cut", { n: shown.length })) : null);
}

function instruments({ used }, ctx) {
  if (!used.rows.length) return el("p", { class: "note" }, ctx.t("noInstruments"));
  return el("div", {},
    legend(CLASSES.map((key) => [valueName(key), CLASS_COLOURS[key]])),
    bars(used.rows.map((row) => ({
      name: lang === "zh" ? row.instrument_zh : row.instrument_en,
      href: ctx.nodeHref(row.instrument_id),
      parts: [{ value: row.measures, colour: CLASS_COLOURS[row.instrument_class], name: "" }],
    })), ctx.t("instruments")));
}

function deadlines({ due }, ctx) {
  if (!due.rows.length) return el("p", { class: "note" }, ctx.t("noDue"));
  const today = new Date().toISOString().slice(0, 10);
  const groups = Map.groupBy(due.rows, (row) => row.due_on);
  return el("ol", { class: "deadlines", tabindex: "0", "aria-label": ctx.t("due") }, [...groups].map(([day, rows]) =>
    el("li", { class: day < today.slice(0, day.length) ? "past" : "" },
      el("span", { class: "day" }, day, day < today.slice(0, day.length) ? el("small", {}, ctx.t("past")) : null),
      el("ul", {}, rows.map((row) => el("li", {}, el("a", { href: row.quote ? ctx.textHref(row.notice_id, row.start, row.end) : ctx.nodeHref(row.measure_id), lang: "zh-CN" }, row.measure)))))));
}

function drawMeasures(box, found, now, ctx) {
  const partner = found.partners.rows.find((row) => row.actor_id === now.partner);
  const asked = now.partner
    ? { query: "shared_measures", parameters: { actor: found.id, partner: now.partner } }
    : { query: "measures_by_actor", parameters: { actor: found.id, role: now.role } };
  const list = pagedList({
    ...asked,
    none: ctx.t("noMeasures"),
    signal: ctx.signal,
    row: (row) => factRow({
      href: ctx.edgeHref(row.eid, found.id),
      eid: row.eid,
      title: row.measure,
      mark: [roleMark(row.role), now.partner ? roleMark(row.partner_role, row.partner) : null],
      quote: row.quote,
      notes: [row.notice_title, row.issued_on, row.due_on && "→ " + row.due_on],
    }),
  });
  box.replaceChildren(
    el("div", { class: "toolbar" },
      now.partner
        ? el("button", { type: "button", class: "chip", "aria-pressed": "true", onclick: () => ctx.set({ partner: "" }) }, ctx.t("with", { n: partner ? partner.actor : now.partner }), " ×")
        : chips(ctx.t("measuresOf"), now.role, [["", ctx.t("all")], ...ROLES.map((role) => [role, pick(ROLE_WORDS[role])])], (role) => ctx.set({ role }))),
    list.element);
}

function roleMark(role, whose) {
  const mark = el("b", { class: "role" }, whose ? `${whose} ` : "", pick(ROLE_WORDS[role]));
  mark.style.setProperty("--role", ROLE_COLOURS[role]);
  return mark;
}

// The file's drawing: years above, partners below.
function fileOption(found) {
  const rows = found.partners.rows.slice(0, PARTNERS).reverse();
  const years = yearsOption(found);
  const series = rows.length ? ROLES.map((role, at) => ({
    name: pick(ROLE_WORDS[role]), type: "bar", stack: "partners", xAxisIndex: 1, yAxisIndex: 1, barMaxWidth: 16,
    itemStyle: { color: ROLE_COLOURS[role] }, data: rows.map((row) => partnerParts(row)[at].value),
  })) : [];
  return {
    title: { text: found.head.name, left: 24, top: 14, textStyle: { color: "#888" } },
    legend: { top: 16, right: 24 },
    grid: [{ left: 60, right: 40, top: 60, height: 200 }, { left: 240, right: 40, top: 310, bottom: 30 }],
    xAxis: [{ ...years.xAxis, gridIndex: 0 }, { type: "value", minInterval: 1, gridIndex: 1 }],
    yAxis: [{ ...years.yAxis, gridIndex: 0 }, { type: "category", gridIndex: 1, data: rows.map((row) => row.actor) }],
    series: [...years.series, ...series],
  };
}

function offer(found, ctx) {
  const height = 360 + 24 * Math.min(PARTNERS, found.partners.rows.length);
  ctx.exports({
    png: () => exportChart(() => fileOption(found), 900, height, (drawn) => drawn.png()),
    svg: () => exportChart(() => fileOption(found), 900, height, (drawn) => drawn.svg()),
    csv: async () => {
      const { rows } = await getRows("measures_by_actor", { actor: found.id }, ctx.signal, 1000);
      const columns = ["role", "measure", "path", "due_on", "notice_title", "issued_on", "quote", "start", "end", "notice_id", "measure_id", "eid"];
      return { columns, rows: rows.map((row) => columns.map((name) => row[name])) };
    },
    query: ["measures_by_actor", "actor_years", "actor_partners", "instrument_use", "measures_by_deadline"].map((name) => ({ name, parameters: { actor: found.id } })),
  });
}
