// A question in Chinese or English: its answer, the graph of it, and the words it rests on.
import { get } from "../lib/api.js";
import { el, put } from "../lib/dom.js";
import { relationName, valueName } from "../lib/names.js";
import { network } from "../lib/network.js";
import { empty, fault, loading, truncated } from "../lib/states.js";
import { lang, number, pick } from "../lib/words.js";

const PAGE = 50;
// columns of a row that are shown, in this order; the others are ids and offsets
const COLUMNS = [
  ["actor", ["主体", "Actor"]], ["role", ["角色", "Role"]], ["relation", ["关系", "Relation"]], ["measure", ["措施", "Measure"]],
  ["subject", ["对象", "About"]], ["partner", ["合作方", "Partner"]], ["first", ["一方", "One"]], ["second", ["另一方", "Other"]],
  ["shared", ["共同措施", "Shared measures"]], ["instrument_zh", ["政策工具", "Instrument"]], ["measures", ["措施数", "Measures"]],
  ["notices", ["公文数", "Notices"]], ["name", ["名称", "Name"]], ["title", ["标题", "Title"]], ["path", ["条目", "Item"]],
  ["due_on", ["期限", "Due"]], ["notice_title", ["公文", "Notice"]], ["origin", ["来源公文", "Origin"]],
  ["document_number", ["文号", "Number"]], ["jurisdiction", ["辖区", "Jurisdiction"]], ["issued_on", ["成文日期", "Dated"]],
  ["item_zh", ["项目", "Item"]], ["snippet", ["正文", "Text"]], ["quote", ["原话", "Quote"]],
];
const NODE_OF = { actor: "actor_id", measure: "measure_id", subject: "subject_id", partner: "partner_id", first: "first_id", second: "second_id", notice_title: "notice_id", origin: "origin_id", instrument_zh: "instrument_id", name: "id", title: "id" };
const NARROW = new Set(["issued_on", "due_on", "path", "document_number", "jurisdiction"]);
const ROLES = { LEADS: "LEADS", RESPONSIBLE_FOR: "RESPONSIBLE_FOR", SUPPORTS: "SUPPORTS" };

export default {
  title: ["提问", "Ask"],
  hint: ["用中文或英文提问;答案的每一行都带着依据。", "Ask in Chinese or English; every line of the answer comes with the words it rests on."],
  icon: "M10 3c4.4 0 7.5 2.7 7.5 6.2S14.4 15.5 10 15.5c-.9 0-1.8-.1-2.6-.4L3.5 17l1-3.4C3.2 12.4 2.5 10.9 2.5 9.2 2.5 5.7 5.6 3 10 3zM8 8a2 2 0 1 1 2.6 1.9c-.4.2-.6.5-.6.9M10 12.7v.1",
  menu: 10,
  css: true,
  params: { q: "" },
  words: {
    ask: ["提问", "Ask"], placeholder: ["例如:哪些措施涉及省教育厅", "For example: which measures are due by 2025-06?"],
    examples: ["可以这样问", "Questions like these"], answer: ["回答", "Answer"], graph: ["答案的关系图", "The answer as a graph"],
    nothing: ["问题看懂了,图中没有符合的内容。", "The question was understood; nothing in the graph matches."],
    lost: ["没有看懂这个问题。换个说法,或从下面选一个。", "The question was not understood. Put it another way, or choose one below."],
    rows: ["{n} 条", "{n} rows"], asSearch: ["改为按名称搜索", "Search for a name instead"], evidence: ["看依据", "Evidence"],
    noGraph: ["这个答案没有可画的关系。", "There are no relations to draw in this answer."],
  },

  async draw(root, params, ctx) {
    const asked = el("div", { class: "ask-answer" });
    put(root, askBox(params.q, ctx), asked);
    const state = {};
    await answer(asked, params.q, ctx, state);
    return { close: () => state.drawn && state.drawn.close() };
  },
};

function askBox(text, ctx) {
  const input = el("input", { type: "text", maxlength: 500, placeholder: ctx.t("placeholder"), "aria-label": ctx.t("ask"), enterkeyhint: "send" });
  input.value = text;
  return el("form", {
    class: "ask-box",
    onsubmit: (event) => {
      event.preventDefault();
      if (input.value.trim()) ctx.set({ q: input.value.trim() });
    },
  }, input, el("button", { class: "button primary" }, ctx.t("ask")));
}

async function answer(box, text, ctx, state) {
  const { t } = ctx;
  if (!text) return put(box, exampleList((await get("/api/v1/ask", { q: "?", limit: 1 }, ctx.signal)).examples, ctx));
  put(box, loading());
  const found = await get("/api/v1/ask", { q: text, limit: PAGE }, ctx.signal);
  if (!found.understood) {
    return put(box, empty(t("lost"), el("a", { class: "button", href: ctx.href("search", { q: text }) }, t("asSearch"))), exampleList(found.examples, ctx));
  }
  const rows = [...found.rows];
  const table = el("div", {});
  const foot = el("div", {});
  const show = (page) => {
    put(table, rows.length ? answerTable(rows, ctx) : empty(t("nothing")));
    put(foot, page.truncated ? truncated(rows.length, () => more(page.next_cursor)) : null);
  };
  const more = async (cursor) => {
    const page = await get("/api/v1/ask", { q: text, limit: PAGE, cursor }, ctx.signal);
    rows.push(...page.rows);
    show(page);
  };
  const graph = el("div", { class: "card ask-graph" });
  put(box,
    el("div", { class: "ask-read" }, el("strong", {}, pick([found.summary_zh, found.summary_en])), el("span", { class: "count" }, t("rows", { n: rows.length })),
      found.notes.map((note) => el("p", { class: "note" }, note))),
    rows.length ? el("section", { "aria-label": t("graph") }, graph) : null,
    el("section", { "aria-label": t("answer") }, table, foot));
  show(found);
  const query = { name: found.query, parameters: found.parameters };
  ctx.exports({ csv: () => asCsv(rows), query });
  if (rows.length) await drawGraph(graph, found, ctx, state, { csv: () => asCsv(rows), query });
  return undefined;
}

async function drawGraph(box, found, ctx, state, exports) {
  try {
    const drawn = await get("/api/v1/explore/rows/" + encodeURIComponent(found.query), { ...found.parameters, limit: 100 }, ctx.signal);
    if (!drawn.nodes.length) return put(box, el("p", { class: "note ask-none" }, ctx.t("noGraph")));
    const ends = new Map(drawn.relations.map((relation) => [relation.eid, relation.start.id]));
    state.drawn = await network(box, drawn.nodes.map((node) => ({ ...node, size: 24 })), drawn.relations.map((r) => ({
      id: r.eid, source: r.start.id, target: r.end.id, name: relationName(r), dashed: !r.evidence,
      note: r.evidence ? `“${r.evidence.quote.slice(0, 160)}” — ${r.evidence.notice_title}` : r.source,
    })), {
      title: ctx.t("graph"),
      onNode: (id) => { location.hash = ctx.nodeHref(id); },
      onEdge: (id) => { location.hash = ctx.edgeHref(id, ends.get(id)); },
    });
    ctx.exports({ ...exports, png: () => state.drawn.png(), svg: () => state.drawn.svg() });
  } catch (error) {
    if (error.name !== "AbortError") put(box, fault(error));
  }
  return undefined;
}

function answerTable(rows, ctx) {
  const columns = COLUMNS.filter(([key]) => rows.some((row) => row[key] !== undefined && row[key] !== null && row[key] !== ""));
  return el("div", { class: "table-box", tabindex: "0" }, el("table", { class: "table" },
    el("thead", {}, el("tr", {}, columns.map(([, pair]) => el("th", { scope: "col" }, pair[lang === "zh" ? 0 : 1])))),
    el("tbody", {}, rows.map((row) => el("tr", {}, columns.map(([key]) => cell(row, key, ctx)))))));
}

function cell(row, key, ctx) {
  const value = row[key];
  if (value === null || value === undefined) return el("td", {}, key === "due_on" && row.ongoing ? ctx.t("ongoing") : "");
  if (NARROW.has(key)) return el("td", { class: "narrow" }, value);
  if (typeof value === "number") return el("td", { class: "number" }, number(value));
  if (key === "quote") return el("td", { lang: "zh-CN" }, el("a", { class: "quote", href: wordsHref(row, ctx) }, `“${clip(value)}”`));
  if (key === "role" || key === "relation") return el("td", { class: "narrow" }, ROLES[value] || value === "MENTIONS" ? relationName({ type: value, start: { label: key === "role" ? "Agency" : "Measure" }, properties: {} }) : relationName({ type: "DERIVES_FROM", properties: { relation: value } }));
  const node = NODE_OF[key] && row[NODE_OF[key]];
  if (node) return el("td", { lang: "zh-CN" }, el("a", { href: ctx.nodeHref(node) }, clip(String(value))));
  return el("td", {}, clip(valueName(value)));
}

function wordsHref(row, ctx) {
  const end = row.measure_id || row.actor_id || row.notice_id;
  if (row.eid && end) return ctx.edgeHref(row.eid, end);
  return ctx.textHref(row.notice_id, row.start, row.end);
}

function clip(text) {
  const letters = Array.from(text);
  return letters.length > 80 ? letters.slice(0, 79).join("") + "…" : text;
}

function asCsv(rows) {
  const columns = Object.keys(rows[0] || {});
  const plain = (value) => (value !== null && typeof value === "object" ? JSON.stringify(value) : value);
  return { columns, rows: rows.map((row) => columns.map((name) => plain(row[name]))) };
}

function exampleList(texts, ctx) {
  return el("section", {}, el("h2", {}, ctx.t("examples")), el("ul", { class: "chips" }, texts.map((text) =>
    el("li", {}, el("a", { class: "chip", href: ctx.href("ask", { q: text }), lang: /\p{Script=Han}/u.test(text) ? "zh-CN" : "en" }, text)))));
}
