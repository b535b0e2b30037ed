// A notice to be read: its outline, its measures, and what was read from each word.
import { get, getRows } from "../lib/api.js";
import { el, put } from "../lib/dom.js";
import { kind, labelColour, labelName, relationName, valueName } from "../lib/names.js";
import { picker } from "../lib/picker.js";
import { drawText } from "../lib/reading.js";
import { empty, truncated } from "../lib/states.js";
import { number } from "../lib/words.js";

const PARTS = 1000; // sections and measures
const RELATIONS = 4000; // of one notice
const PAGE = 200;
const GROUPS = ["Agency", "Institution", "Place", "Product", "Program", "Platform", "Instrument", "Target", "Notice"];

export default {
  title: ["公文阅读", "Notice reader"],
  hint: ["大纲、措施与文中提到的一切;指着下划线看它是谁、凭什么认定,点它看关系。", "Outline, measures, and all that is named; point at an underlined word to see what it is and why, click it for the relation."],
  icon: "M4 3h9l3 3v11H4zM13 3v3h3M7 9h6M7 12h6M7 15h4",
  menu: 30,
  css: true,
  offline: true,
  params: { id: "", at: "", off: "" },
  words: {
    choose: ["选一份公文来读", "Choose a notice"], latest: ["已读公文,由近及远", "Notices read, the latest first"],
    none: ["图中还没有公文。", "There are no notices yet."],
    cited: ["图中只有这份公文的名称:它被别的公文引用,但没有装入。", "Of this notice the graph knows the name alone: others cite it, but it was not loaded."],
    outline: ["大纲", "Outline"], measures: ["{n} 项措施", "{n} measures"], marks: ["着色", "Colours"],
    said: ["{n} 处提及", "{n} mentions"], due: ["期限", "due"], other: ["换一份公文", "Another notice"],
    seeGraph: ["看关系图", "See its graph"], lineage: ["看源流", "See its lineage"],
    why: ["认定依据", "Why"], sure: ["可信度", "Confidence"], by: ["规则", "Rule"],
  },

  async draw(root, params, ctx) {
    if (!params.id) return drawList(root, ctx);
    const reader = new Reader(root, ctx);
    await reader.load(params);
    return { update: (next) => reader.update(next), close: () => reader.close() };
  },
};

async function drawList(root, ctx) {
  const { t } = ctx;
  const list = el("ul", { class: "rows" });
  const foot = el("div", {});
  const notices = [];
  const more = async (cursor) => {
    const page = await get("/api/v1/notices", { status: "loaded", limit: 40, cursor }, ctx.signal);
    notices.push(...page.notices);
    list.append(...page.notices.map((notice) => el("li", { class: "row" },
      el("a", { class: "row-main", href: ctx.href("notice", { id: notice.id }), lang: "zh-CN" },
        el("span", { class: "row-name" }, notice.title),
        el("span", { class: "row-note" }, [notice.issued_on, notice.document_number, notice.jurisdiction, notice.kind].filter(Boolean).join(" · "))))));
    put(foot, page.truncated ? truncated(notices.length, () => more(page.next_cursor)) : null, notices.length ? null : empty(t("none")));
  };
  put(root, el("div", { class: "toolbar" }, picker({ label: "Notice", title: t("choose"), choose: (hit) => ctx.set({ id: hit.id }) })),
    el("h2", {}, t("latest")), list, foot);
  await more();
  ctx.exports({
    csv: () => ({ columns: ["id", "title", "document_number", "issued_on", "jurisdiction", "kind"], rows: notices.map((n) => [n.id, n.title, n.document_number, n.issued_on, n.jurisdiction, n.kind]) }),
    query: { name: "notices", parameters: { status: "loaded" } },
  });
}

class Reader {
  constructor(root, ctx) {
    this.root = root;
    this.ctx = ctx;
    this.t = ctx.t;
    this.tip = el("div", { class: "hover-note", role: "tooltip", hidden: true });
    document.body.append(this.tip);
  }

  close() {
    this.tip.remove();
    if (this.watch) this.watch.disconnect();
  }

  async load(params) {
    this.params = params;
    const { signal } = this.ctx;
    const path = "/api/v1/notices/" + encodeURIComponent(params.id);
    const [first, parts] = await Promise.all([
      get(path, { limit: PAGE }, signal),
      getRows("notice", { notice: params.id }, signal, PARTS),
    ]);
    this.notice = first;
    this.parts = parts.rows.slice(1);
    this.relations = [...first.relations];
    let cursor = first.next_cursor;
    while (cursor && this.relations.length < RELATIONS) {
      const page = await get(path, { limit: PAGE, cursor }, signal);
      this.relations.push(...page.relations);
      cursor = page.next_cursor;
    }
    this.text = first.text.content;
    let end = first.text.end;
    while (end < first.text.total) { // a long notice comes in stretches
      const more = await get(path, { from: end, limit: 1 }, signal);
      this.text += more.text.content;
      end = more.text.end;
    }
    this.draw(cursor);
  }

  update(next) {
    const before = this.params;
    this.params = next;
    if (next.id !== before.id) return this.load(next);
    this.drawWords();
    this.drawMarks();
    return undefined;
  }

  draw(cut) {
    const { t, ctx, notice } = this;
    const about = [notice.document_number, notice.issued_on, notice.jurisdiction, notice.kind, ...notice.issuers].filter(Boolean).join(" · ");
    const head = el("div", { class: "reader-head" },
      el("div", {}, el("h2", { class: "reader-title", lang: "zh-CN" }, notice.title), el("p", { class: "note", lang: "zh-CN" }, about)),
      el("div", { class: "toolbar" },
        el("a", { class: "chip", href: ctx.href("graph", { node: notice.id }) }, t("seeGraph")),
        el("a", { class: "chip", href: ctx.nodeHref(notice.id) }, t("details")),
        /^https?:\/\//.test(notice.source_uri || "") ? el("a", { class: "chip", href: notice.source_uri, target: "_blank", rel: "noreferrer noopener" }, t("openSource")) : null,
        el("a", { class: "chip", href: ctx.href("notice") }, t("other"))));
    if (notice.status !== "loaded") {
      put(this.root, head, empty(t("cited")));
      return;
    }
    this.words = el("div", { class: "evidence-text reader-text", tabindex: "0", lang: "zh-CN", role: "document", "aria-label": notice.title });
    this.marks = el("div", { class: "reader-marks" });
    this.outline = el("nav", { class: "reader-outline card", "aria-label": t("outline") });
    put(this.root, head, cut ? truncated(this.relations.length) : null, this.marks,
      el("div", { class: "reader" }, this.outline, el("div", { class: "reader-paper card" }, this.words)));
    this.drawOutline();
    this.drawMarks();
    this.drawWords();
    this.listen();
    this.offer();
  }

  off() {
    return new Set(this.params.off.split(",").filter(Boolean));
  }

  spans() {
    const off = this.off();
    return this.relations.filter((r) => r.evidence && r.type !== "PART_OF").map((r) => {
      const thing = r.end.label === "Measure" || (r.end.label === "Notice" && r.type === "ISSUED") ? r.start : r.end;
      return { id: r.eid, relation: r, thing, start: r.evidence.start, end: r.evidence.end, colour: labelColour(thing.label), href: this.ctx.edgeHref(r.eid, r.start.id) };
    }).filter((span) => !off.has(span.thing.label));
  }

  drawWords() {
    const [start, end] = this.params.at.split("-").map(Number);
    const marked = end > start ? { start, end } : null;
    const spans = this.spans();
    this.byId = new Map(spans.map((span) => [span.id, span]));
    const mark = drawText(this.words, this.text, marked, spans);
    if (mark) mark.scrollIntoView({ block: "center" });
  }

  drawMarks() {
    const off = this.off();
    const counts = new Map();
    for (const r of this.relations) {
      if (!r.evidence || r.type === "PART_OF") continue;
      const label = r.end.label === "Measure" || r.type === "ISSUED" ? r.start.label : r.end.label;
      counts.set(label, (counts.get(label) || 0) + 1);
    }
    const shown = GROUPS.filter((label) => counts.has(label));
    put(this.marks, shown.map((label) => el("button", {
      type: "button", class: "chip", "aria-pressed": String(!off.has(label)),
      onclick: () => {
        if (off.has(label)) off.delete(label);
        else off.add(label);
        this.ctx.set({ off: [...off].join(",") });
      },
    }, kind(label), el("span", { class: "count" }, number(counts.get(label))))));
  }

  drawOutline() {
    const measures = this.parts.filter((part) => part.kind === "Measure");
    const item = (part) => el("li", {}, el("a", {
      href: this.ctx.href("notice", { id: this.params.id, at: `${part.start}-${part.start + Array.from(part.title).length}`, off: this.params.off }),
      class: part.kind === "Measure" ? "outline-measure" : "outline-section", title: part.title, dataset: { start: part.start },
    }, el("span", { class: "outline-number" }, part.number), el("span", {}, short(part.title)),
    part.due_on || part.ongoing ? el("small", {}, part.ongoing ? this.t("ongoing") : part.due_on) : null));
    const depth = (part) => part.path.split("/").length;
    const tree = el("ul", {});
    const open = [[0, tree]];
    for (const part of this.parts) {
      while (open.length > 1 && open.at(-1)[0] >= depth(part)) open.pop();
      const li = item(part);
      open.at(-1)[1].append(li);
      const below = el("ul", {});
      li.append(below);
      open.push([depth(part), below]);
    }
    for (const list of tree.querySelectorAll("ul:empty")) list.remove();
    put(this.outline, el("h3", {}, this.t("outline"), " ", el("span", { class: "count" }, this.t("measures", { n: measures.length }))), tree);
  }

  // The resolution's reason beside the words, on hover and on focus.
  listen() {
    const show = (event) => {
      const said = (event.target.closest && event.target.closest(".said")) || this.words.querySelector(".said:focus");
      const span = said && this.byId.get(said.dataset.eid);
      this.tip.hidden = !span;
      if (!span) return;
      const { relation, thing } = span;
      const { surface, resolution } = relation.properties;
      const row = (name, value) => (value ? el("span", {}, `${name}:${value}`) : null);
      put(this.tip, el("strong", {}, `${relation.start.name} ${relationName(relation)} ${relation.end.name}`),
        el("span", {}, labelName(thing.label)),
        row(this.t("surface"), surface && surface !== thing.name ? surface : ""),
        row(this.t("why"), resolution ? valueName(resolution) : ""),
        row(this.t("sure"), typeof relation.evidence.confidence === "number" ? Math.round(relation.evidence.confidence * 100) + " %" : ""));
      const at = said.getBoundingClientRect();
      const { width, height } = this.tip.getBoundingClientRect();
      this.tip.style.left = Math.max(8, Math.min(at.left, innerWidth - width - 12)) + "px";
      this.tip.style.top = (at.bottom + 10 + height > innerHeight ? at.top - height - 8 : at.bottom + 8) + "px";
    };
    for (const name of ["mouseover", "focusin"]) this.words.addEventListener(name, show);
    const hide = () => { this.tip.hidden = true; };
    for (const name of ["mouseleave", "focusout"]) this.words.addEventListener(name, hide);
    // Focus scrolls words into view, also under a pointer at rest: what is said of them moves along.
    this.words.addEventListener("scroll", show);
  }

  offer() {
    this.ctx.exports({
      csv: () => ({
        columns: ["start", "end", "quote", "from", "relation", "to", "confidence", "eid"],
        rows: this.relations.map((r) => [r.evidence.start, r.evidence.end, r.evidence.quote, r.start.name, relationName(r), r.end.name, r.evidence.confidence, r.eid]),
      }),
      query: [{ name: "notice", parameters: { notice: this.params.id } }, { name: "notice_relations", parameters: { id: this.params.id } }],
    });
  }
}

function short(title) {
  const letters = Array.from(title);
  return letters.length > 34 ? letters.slice(0, 33).join("") + "…" : title;
}
