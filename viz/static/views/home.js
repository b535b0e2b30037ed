// What is in the graph, and where to begin.
import { get } from "../lib/api.js";
import { el, icon } from "../lib/dom.js";
import { labelColour, labelName } from "../lib/names.js";
import { empty } from "../lib/states.js";
import { lang, number, pick } from "../lib/words.js";
import { menuViews } from "../registry.js";

const SHOWN = ["Measure", "Agency", "Institution", "Product", "Place", "Program", "Instrument", "Target"];
const PLURALS = {
  Measure: "Measures", Agency: "Agencies", Institution: "Institutions", Product: "Products",
  Place: "Places", Program: "Programmes", Instrument: "Instruments", Target: "Targets",
};

export default {
  title: ["谁来做、做什么、依据哪句话", "Who does what, and which words say so"],
  hint: [
    "从知识产权公文中读出机关、措施、产品、工具与目标之间的关系;每一条关系都能点开看原文。",
    "Agencies, measures, products, instruments and targets, read from notices on intellectual property. Every relation opens on the words it was read from.",
  ],
  offline: true,
  params: {},
  words: {
    notices: ["已读公文", "Notices read"],
    tryThis: ["可以这样开始", "Begin with"],
    latest: ["近期公文", "Latest notices"],
    looks: ["几种看法", "Ways to look"],
    part: ["这个文件带有全图 {ofNotices} 份公文中的 {notices} 份、{ofMeasures} 条措施中的 {measures} 条。", "This file holds {notices} of the {ofNotices} notices of the graph, and {measures} of its {ofMeasures} measures."],
    inFile: ["这个文件只带了图的一部分;统计类视图是写入文件时全图的数字。提问和筛选措施要用 policykg serve。", "This file holds a part of the graph; views that count show the whole graph as it was when the file was written. Questions and the list of measures need policykg serve."],
    none: ["图中还没有公文。用 policykg load 装入后刷新本页。", "There are no notices yet. Load some with policykg load, then reload this page."],
  },
  async draw(root, params, { t, signal, href }) {
    const [status, latest] = await Promise.all([
      get("/api/v1/status", {}, signal),
      get("/api/v1/notices", { status: "loaded", limit: 6 }, signal),
    ]);
    if (!status.notices_loaded) return root.replaceChildren(empty(t("none")));
    const counts = status.nodes.filter((n) => SHOWN.includes(n.label) && n.count);
    const stretch = (key, ...children) => el("section", {}, el("h2", {}, t(key)), children);
    root.replaceChildren(
      el("dl", { class: "counts" },
        count(t("notices"), status.notices_loaded, labelColour("Notice")),
        counts.map((n) => count(many(n.label), n.count, labelColour(n.label)))),
      status.whole ? el("p", { class: "note" }, t("part", partOf(status))) : "",
      status.examples.length ? stretch("tryThis", el("ul", { class: "chips" }, status.examples.map((text) =>
        el("li", {}, el("a", { class: "chip", href: href("search", { q: text }), lang: "zh-CN" }, text))))) : "",
      stretch("looks", await cards(), globalThis.PolicyOffline ? el("p", { class: "note" }, t("inFile")) : null),
      stretch("latest", el("ul", { class: "rows" }, latest.notices.map((notice) => row(notice, href)))));
    return undefined;
  },
};

// The name of several of a label: Chinese has one form.
const many = (label) => (lang === "en" && PLURALS[label]) || labelName(label);

function partOf({ whole, nodes, notices_loaded: notices }) {
  const measures = nodes.find((n) => n.label === "Measure")?.count || 0;
  return { notices: number(notices), ofNotices: number(whole.notices), measures: number(measures), ofMeasures: number(whole.measures) };
}

function count(name, value, colour) {
  const bar = el("i", { "aria-hidden": "true" });
  bar.style.background = colour;
  return el("div", {}, el("dt", {}, bar, name), el("dd", {}, number(value)));
}

function row(notice, href) {
  const note = [notice.issued_on, notice.document_number, notice.jurisdiction].filter(Boolean).join(" · ");
  return el("li", { class: "row" }, el("a", { class: "row-main", href: href("notice", { id: notice.id }), lang: "zh-CN" },
    el("span", { class: "row-name" }, notice.title), el("span", { class: "row-note" }, note)));
}

async function cards() {
  const listed = await menuViews();
  return el("ul", { class: "cards" }, listed.map(({ name, view }) => el("li", {},
    el("a", { href: "#/" + name, lang: lang === "zh" ? "zh-CN" : "en" }, icon(view.icon),
      el("strong", {}, pick(view.title)), el("span", {}, view.hint ? pick(view.hint) : "")))));
}
