// What a search found, by type, and the answer if the words were a question.
import { get } from "../lib/api.js";
import { el } from "../lib/dom.js";
import { kind, labelName, labels } from "../lib/names.js";
import { empty, truncated } from "../lib/states.js";
import { pick } from "../lib/words.js";

const PAGE = 30;

export default {
  title: ["搜索", "Search"],
  icon: "M8.5 3a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11zM12.5 12.5L17 17",
  offline: true,
  params: { q: "", label: "", where: "name" },
  words: {
    short: ["请至少写两个字。", "Write two characters at least."],
    none: ["没有找到“{q}”。换个说法,或只写名称中的两三个字试试。", "Nothing found for “{q}”. Try other words, or a part of the name."],
    inNames: ["名称", "Names"],
    inTexts: ["措施正文", "Texts of measures"],
    kinds: ["类别", "Kinds"],
    asQuestion: ["这也是一个问题", "This is a question, too"], seeAnswer: ["看回答", "See the answer"],
    first: ["写几个字来搜索。", "Write some words to search for."],
  },
  async draw(root, params, ctx) {
    const { t } = ctx;
    const text = params.q.trim();
    if (!text) return void root.replaceChildren(empty(t("first")));
    if (Array.from(text).length < 2) return void root.replaceChildren(empty(t("short")));
    const asked = el("div", { class: "asked" });
    const list = el("ul", { class: "rows" });
    const foot = el("div", {});
    const bar = el("div", { class: "toolbar" },
      ["name", "text"].map((where) => el("button", { type: "button", class: "chip", "aria-pressed": String(params.where === where), onclick: () => ctx.set({ where, label: "" }) },
        t(where === "name" ? "inNames" : "inTexts"))),
      params.where === "name" ? el("select", { "aria-label": t("kinds"), onchange: (event) => ctx.set({ label: event.target.value }) },
        el("option", { value: "" }, t("all")),
        labels().map((label) => el("option", { value: label, selected: label === params.label }, labelName(label)))) : null);
    root.replaceChildren(bar, asked, list, foot);
    const found = [];
    const more = async (cursor) => {
      const page = await get("/api/v1/search", { q: text, label: params.label, where: params.where, limit: PAGE, cursor }, ctx.signal);
      found.push(...page.hits);
      list.append(...page.hits.map((hit) => row(hit, ctx)));
      foot.replaceChildren(
        found.length ? "" : empty(t("none", { q: text })),
        page.truncated ? truncated(found.length, () => more(page.next_cursor)) : "");
    };
    await Promise.all([more(), params.where === "name" && !params.label ? offerAnswer(asked, text, ctx) : null]);
    ctx.exports({
      csv: () => ({ columns: ["id", "label", "name", "notice", "snippet"], rows: found.map((h) => [h.id, h.label, h.name, h.notice_title, h.snippet]) }),
      query: { name: "search", parameters: { text, label: params.label, where: params.where } },
    });
    return undefined;
  },
};

// Words that are a question lead to its answer.
async function offerAnswer(box, text, ctx) {
  const found = await get("/api/v1/ask", { q: text, limit: 1 }, ctx.signal).catch((error) => {
    if (error.name === "AbortError") throw error;
    return null; // most searches are no questions
  });
  if (!found || !found.understood || !found.rows.length) return;
  box.replaceChildren(el("a", { class: "asked-answer", href: ctx.href("ask", { q: text }) },
    el("strong", {}, ctx.t("asQuestion")), el("span", {}, pick([found.summary_zh, found.summary_en])), el("span", { class: "button primary" }, ctx.t("seeAnswer"))));
}

function row(hit, ctx) {
  return el("li", { class: "row" }, el("a", { class: "row-main", href: ctx.nodeHref(hit.id), lang: "zh-CN" },
    el("span", { class: "row-name" }, hit.name),
    el("span", { class: "row-note" }, kind(hit.label), hit.notice_title ? " · " + hit.notice_title : ""),
    hit.snippet ? el("span", { class: "row-quote" }, hit.snippet) : null));
}
