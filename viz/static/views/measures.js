// Measures to narrow down: by words, by whom and what they involve, and by what they have in common.
import { get } from "../lib/api.js";
import { el, put } from "../lib/dom.js";
import { edgeName, valueName } from "../lib/names.js";
import { picker } from "../lib/picker.js";
import { empty, truncated } from "../lib/states.js";
import { lang, number } from "../lib/words.js";

const PAGE = 30;
const MOST_VALUES = 12; // of a facet, before the rest is folded away
const CSV_ROWS = 2000;

export default {
  title: ["筛选措施", "Measures"],
  hint: ["按字词、主体与事物找措施,再按层级、地区、年份、角色和工具大类缩小范围。", "Find measures by words, by whom and what they involve; narrow them down by level, place, year, role and class of instrument."],
  icon: "M3 5h14M5.5 10h9M8 15h4",
  menu: 15,
  css: true,
  params: { text: "", involves: "", level: "", place: "", year: "", role: "", class: "", due_from: "", due_to: "" },
  words: {
    text: ["正文中的字词", "Words of the text"], involves: ["涉及的主体、事物或工具", "Involving an actor, thing or instrument"],
    level: ["层级", "Level"], place: ["地区", "Place"], year: ["年份", "Year"], role: ["有此角色", "With a role"], class: ["工具大类", "Class of instruments"],
    due: ["期限", "Due"], to: ["到", "to"], total: ["{n} 项措施", "{n} measures"], none: ["没有符合条件的措施。", "No measure meets these conditions."],
    reset: ["清除全部条件", "Clear all conditions"], many: ["符合条件的过多,各项只统计了一部分。", "Too many meet the conditions: not all are counted."],
    others: ["其余 {n} 个", "{n} others"], actor: ["涉及:{name}", "Involving {name}"], facets: ["缩小范围", "Narrow down"],
  },

  async draw(root, params, ctx) {
    const view = new Measures(root, ctx);
    await view.load(params);
    return { update: (next) => view.load(next) };
  },
};

class Measures {
  constructor(root, ctx) {
    this.ctx = ctx;
    this.t = ctx.t;
    const { t } = ctx;
    this.text = el("input", { type: "text", maxlength: 200, placeholder: t("text"), "aria-label": t("text"), onchange: () => ctx.set({ text: this.text.value.trim() }) });
    const date = (name, label) => el("input", {
      type: "text", inputmode: "numeric", maxlength: 10, placeholder: "YYYY-MM", pattern: "\\d{4}(-\\d{2}){0,2}", "aria-label": label, class: "measures-date",
      onchange: (event) => event.target.reportValidity() && ctx.set({ [name]: event.target.value.trim() }),
    });
    this.from = date("due_from", t("due"));
    this.to = date("due_to", `${t("due")} ${t("to")}`);
    this.chosen = el("div", { class: "chips" });
    this.facets = el("aside", { class: "measures-facets", "aria-label": t("facets") });
    this.summary = el("p", { class: "note", role: "status" });
    this.list = el("ul", { class: "rows" });
    this.foot = el("div", {});
    put(root,
      el("div", { class: "toolbar" }, this.text,
        picker({ label: "", title: t("involves"), choose: (hit) => ctx.set({ involves: hit.id }) }),
        el("span", { class: "note" }, t("due")), this.from, el("span", { class: "note" }, t("to")), this.to),
      el("div", { class: "measures" }, this.facets, el("div", {}, this.chosen, this.summary, this.list, this.foot)));
  }

  async load(params) {
    this.params = params;
    this.text.value = params.text;
    this.from.value = params.due_from;
    this.to.value = params.due_to;
    const [found, thing] = await Promise.all([
      this.fetch(0),
      params.involves ? get("/api/v1/entities/" + encodeURIComponent(params.involves), { limit: 1 }, this.ctx.signal) : null,
    ]);
    this.drawChosen(thing);
    this.drawFacets(found.facets);
    this.list.replaceChildren();
    this.rows = [];
    this.show(found);
    this.offer();
  }

  fetch(skip, limit = PAGE) {
    return get("/api/v1/explore/measures", { ...this.params, skip, limit }, this.ctx.signal);
  }

  show(found) {
    const { t } = this;
    this.rows.push(...found.measures);
    this.list.append(...found.measures.map((row) => measureRow(row, this.ctx)));
    this.summary.textContent = [t("total", { n: found.total }), ...found.notes].join(" · ");
    put(this.foot,
      found.truncated ? el("div", { class: "cut" }, t("many")) : null,
      found.total === 0 ? empty(t("none"), el("a", { class: "button", href: this.ctx.href("measures") }, t("reset"))) : null,
      this.rows.length < found.total ? truncated(this.rows.length, async () => this.show(await this.fetch(this.rows.length))) : null);
  }

  drawChosen(thing) {
    const chip = (name, text) => el("button", { type: "button", class: "chip", "aria-pressed": "true", "aria-label": `${this.t("clear")} ${text}`, onclick: () => this.ctx.set({ [name]: "" }) }, text, " ✕");
    put(this.chosen,
      thing ? chip("involves", this.t("actor", { name: thing.name })) : null,
      ["level", "place", "year", "role", "class"].filter((name) => this.params[name]).map((name) => chip(name, this.valueName(name, this.params[name]))));
  }

  drawFacets(facets) {
    const item = (name, { value, count }) => el("li", {}, el("button", {
      type: "button", "aria-pressed": String(this.params[name] === value),
      onclick: () => this.ctx.set({ [name]: this.params[name] === value ? "" : value }),
    }, el("span", {}, this.valueName(name, value)), el("span", { class: "count" }, number(count))));
    put(this.facets, Object.entries(facets).filter(([, values]) => values.length).map(([name, values]) => {
      const sorted = name === "year" ? [...values].sort((a, b) => (a.value < b.value ? 1 : -1)) : values;
      const rest = sorted.slice(MOST_VALUES);
      return el("section", {}, el("h3", {}, this.t(name)), el("ul", {}, sorted.slice(0, MOST_VALUES).map((one) => item(name, one))),
        rest.length ? el("details", {}, el("summary", {}, this.t("others", { n: rest.length })), el("ul", {}, rest.map((one) => item(name, one)))) : null);
    }));
  }

  valueName(name, value) {
    if (name === "role") return value === "SUPPORTS" ? (lang === "zh" ? "配合" : "assists") : edgeName(value);
    return valueName(value);
  }

  offer() {
    const { text, involves, place, due_from, due_to } = this.params;
    this.ctx.exports({
      csv: async () => {
        const rows = [...this.rows];
        for (;;) {
          const page = await this.fetch(rows.length, 50);
          rows.push(...page.measures);
          if (!page.measures.length || rows.length >= Math.min(page.total, CSV_ROWS)) break;
        }
        const columns = ["measure_id", "measure", "path", "due_on", "ongoing", "issued_on", "jurisdiction", "notice_title", "notice_id"];
        return { columns, rows: rows.map((row) => columns.map((name) => row[name])) };
      },
      query: { name: "measures", parameters: { text, involves, jurisdiction: place, from: due_from, to: due_to } },
    });
  }
}

function measureRow(row, ctx) {
  const about = [row.notice_title, row.issued_on, row.path].filter(Boolean).join(" · ");
  const due = row.ongoing ? ctx.t("ongoing") : row.due_on;
  return el("li", { class: "row" }, el("a", { class: "row-main", href: ctx.nodeHref(row.measure_id), lang: "zh-CN" },
    el("span", { class: "row-name" }, row.measure, due ? el("span", { class: "measures-due" }, `${ctx.t("due")} ${due}`) : null),
    el("span", { class: "row-note" }, about),
    row.facts.length ? el("span", { class: "row-quote" }, row.facts.map((fact) => `“${fact.quote}”`).join(" ")) : null));
}
