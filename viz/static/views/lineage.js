// Lineage: what a notice is made under and what is made under it, by level; reused wording side by side.
import { get, getRows } from "../lib/api.js";
import { el, svg } from "../lib/dom.js";
import { svgPng, svgText } from "../lib/drawn.js";
import { bars, card, chips, legend, factRow, pagedList } from "../lib/lists.js";
import { labelColour, relationName, valueName } from "../lib/names.js";
import { picker } from "../lib/picker.js";
import { empty, truncated } from "../lib/states.js";

const LEVELS = ["national", "province", "prefecture", "county", ""];
const COLOURS = { implements: "#e8590c", based_on: "#4c6ef5", forwards: "#0ca678", amends: "#e69500", repeals: "#868e96" };
const REUSE = "#9c5bd1";
const SHOWN = 10; // notices in a column before the rest is folded
const BOX = { width: 214, height: 66, gap: 12, between: 92, head: 40 };
const SPARE = 52; // right of the last column, for lines within it
const LINE = 15; // Han characters on a line of a box

export default {
  title: ["政策谱系", "Lineage"],
  hint: ["从国家到省、到市:一件公文依据了谁、谁依据了它,哪些文字被沿用。", "From the nation to provinces to cities: what a notice is made under, what is made under it, and which wording was reused."],
  icon: "M4 4h4v4H4zM12 3h4v4h-4zM12 11h4v4h-4zM8 6h2v7h2M10 5h2",
  menu: 50,
  params: { notice: "", depth: "2", relation: "", all: "", reuse: "" },
  css: true,
  offline: "recorded",
  words: {
    pick: ["选一件公文", "Choose a notice"],
    origins: ["被其他公文作为依据最多的", "Those that most others are made under"],
    reused: ["沿用文字的措施", "Measures that reuse wording"],
    read: ["已读公文", "Notices read"],
    none: ["图中还没有公文之间的依据关系。", "No notice of the graph is made under another yet."],
    noReuse: ["这件公文与其他已读公文没有成段的相同文字。", "It shares no passage with another notice that was read."],
    noReuseAny: ["没有发现沿用的文字。", "No reused wording was found."],
    alone: ["没有读到这件公文的依据,也没有依据它的公文。", "Nothing says what this notice is made under, or what is made under it."],
    level_: ["层级不明", "Level unknown"],
    depth: ["步数", "Steps"],
    relation: ["关系", "Relation"],
    all: ["全部", "All"],
    more: ["另有 {n} 件,点开全部", "{n} more: show all"],
    fewer: ["收起", "Show fewer"],
    cited: ["只被引用", "cited only"],
    guessed: ["层级由标题推断", "level told by its title"],
    centre: ["以它为中心", "Centre on it"],
    reuseTitle: ["沿用的文字", "Reused wording"],
    reuseHint: ["后一措施有多少文字沿用自前一措施;点选后左右对照。", "How much of the later measure's words is taken over; choose one to see both side by side."],
    earlier: ["较早", "Earlier"],
    later: ["较晚", "Later"],
    same: ["相同", "the same"],
    changed: ["改动", "changed"],
    added: ["新增", "added"],
    dropped: ["删去", "dropped"],
    share: ["沿用 {n}", "{n} reused"],
    cutText: ["措施较长,只对照了开头 3000 字。", "The measures are long: only the first 3,000 characters were compared."],
    inNotice: ["在公文中看", "See it in its notice"],
    closeReuse: ["收起对照", "Close"],
    derivedBy: ["{n} 件依据它", "{n} made under it"],
    undated: ["未注明日期", "undated"],
    drawing: ["谱系图", "Lineage"],
  },
  async draw(root, params, ctx) {
    let shown = await fill(root, params, ctx);
    return {
      update: async (next) => {
        if (shown && next.notice === shown.notice && next.depth === shown.depth) return shown.follow(next);
        shown = await fill(root, next, ctx);
        return undefined;
      },
    };
  },
};

async function fill(root, params, ctx) {
  if (!params.notice) return begin(root, ctx);
  const [lineage, reuse] = await Promise.all([
    get("/api/v1/views/lineage", { notice: params.notice, depth: params.depth }, ctx.signal),
    getRows("reused_measures", { notice: params.notice }, ctx.signal, 100),
  ]);
  const centre = lineage.notices.find((notice) => notice.id === lineage.root);
  const bar = el("div", {});
  const tree = el("div", {});
  const wording = el("div", { class: "lineage-reuse" });
  root.replaceChildren(
    el("div", { class: "toolbar" }, chooser(ctx, centre.title), bar),
    el("div", { class: "card lineage-card" }, tree, lineage.truncated ? truncated(lineage.derivations.length) : null),
    wording);
  const drawn = {};
  const follow = async (now) => {
    bar.replaceChildren(tools(now, lineage, ctx));
    const held = document.activeElement?.dataset?.key;
    tree.replaceChildren(...drawTree(lineage, now, ctx, drawn));
    if (held) tree.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus();
    offer(lineage, reuse.rows, now, drawn, ctx);
    await drawReuse(wording, reuse, now, ctx);
  };
  await follow(params);
  return { notice: params.notice, depth: params.depth, follow };
}

function chooser(ctx, title) {
  return picker({ label: "Notice", title: ctx.t("pick"), value: title, choose: (hit) => ctx.set({ notice: hit.id, all: "", reuse: "" }) });
}

async function begin(root, ctx) {
  const [origins, reuse] = await Promise.all([
    getRows("origins", {}, ctx.signal, 15),
    getRows("reused_measures", {}, ctx.signal, 12),
  ]);
  const read = pagedList({
    query: "notices", parameters: { status: "loaded" }, none: "", signal: ctx.signal, limit: 8,
    row: (row) => factRow({ href: ctx.href("lineage", { notice: row.notice_id }), title: row.notice_title, notes: [row.issued_on || ctx.t("undated"), row.document_number, row.jurisdiction] }),
  });
  root.replaceChildren(
    el("div", { class: "toolbar" }, chooser(ctx, "")),
    origins.rows.length ? el("div", { class: "lineage-begin" },
      card(ctx.t("origins"), bars(origins.rows.map((row) => ({
        name: row.notice_title,
        title: `${row.notice_title}\n${ctx.t("derivedBy", { n: row.derived })}`,
        href: ctx.href("lineage", { notice: row.notice_id }),
        parts: [{ value: row.derived, colour: labelColour("Notice"), name: "" }],
      })), ctx.t("origins"))),
      el("div", {},
        card(ctx.t("reused"), reuse.rows.length ? bars(reuse.rows.map((row) => reuseBar(row, { href: ctx.href("lineage", { notice: row.notice_id, reuse: row.eid }) })), ctx.t("reused")) : el("p", { class: "note" }, ctx.t("noReuseAny"))),
        card(ctx.t("read"), read.element))) : empty(ctx.t("none")));
  ctx.exports({
    csv: () => ({ columns: Object.keys(origins.rows[0] || { notice_id: "" }), rows: origins.rows.map((row) => Object.values(row)) }),
    query: [{ name: "origins", parameters: {} }, { name: "reused_measures", parameters: {} }],
  });
  return null;
}

function tools(params, lineage, ctx) {
  const kinds = [...new Set(lineage.derivations.map((one) => one.relation))];
  return el("div", { class: "toolbar" },
    el("span", { class: "note" }, ctx.t("depth")),
    chips(ctx.t("depth"), params.depth, ["1", "2", "4"].map((n) => [n, n]), (depth) => ctx.set({ depth })),
    kinds.length > 1 ? el("span", { class: "note" }, ctx.t("relation")) : null,
    kinds.length > 1 ? chips(ctx.t("relation"), params.relation, [["", ctx.t("all")], ...kinds.map((kind) => [kind, relationWord(kind)])], (relation) => ctx.set({ relation })) : null);
}

const relationWord = (kind) => relationName({ type: "DERIVES_FROM", name: "", properties: { relation: kind }, start: {} });
const levelName = (level, ctx) => (level ? valueName(level) : ctx.t("level_"));

// Which notices stand where: columns by level, the nearest to the root first.
function arrange(lineage, params) {
  const edges = lineage.derivations.filter((one) => !params.relation || one.relation === params.relation);
  const kept = new Set([lineage.root, ...edges.flatMap((one) => [one.earlier, one.later])]);
  const degree = new Map();
  for (const one of edges) for (const end of [one.earlier, one.later]) degree.set(end, (degree.get(end) || 0) + 1);
  const rank = (notice) => [Math.abs(notice.steps), -(degree.get(notice.id) || 0), notice.issued_on || "9999", notice.title];
  const columns = LEVELS.map((level) => ({ level, notices: lineage.notices.filter((notice) => kept.has(notice.id) && (notice.level || "") === level) }))
    .filter((column) => column.notices.length);
  for (const column of columns) {
    column.notices.sort((a, b) => compare(rank(a), rank(b)));
    column.hidden = params.all ? 0 : Math.max(0, column.notices.length - SHOWN);
    if (column.hidden === 1) column.hidden = 0;
    column.shown = column.notices.slice(0, column.notices.length - column.hidden);
  }
  return { edges, columns };
}

function compare(one, other) {
  for (const [at, value] of one.entries()) {
    if (value < other[at]) return -1;
    if (value > other[at]) return 1;
  }
  return 0;
}

function drawTree(lineage, params, ctx, drawn) {
  const { edges, columns } = arrange(lineage, params);
  const high = (column) => column.shown.length * (BOX.height + BOX.gap) - BOX.gap + (column.hidden ? 40 : 0);
  const height = BOX.head + Math.max(...columns.map(high)) + 6;
  const width = columns.length * (BOX.width + BOX.between) - BOX.between;
  const drawing = svg("svg", { viewBox: `-4 0 ${width + SPARE} ${height}`, class: "lineage", role: "group", "aria-label": ctx.t("drawing") });
  drawing.style.width = width + SPARE + "px";
  const at = new Map();
  const boxes = [];
  for (const [number, column] of columns.entries()) {
    const x = number * (BOX.width + BOX.between);
    drawing.append(svg("text", { x, y: 20, class: "lineage-level" }, levelName(column.level, ctx), ` ${column.notices.length}`));
    let y = BOX.head + (height - BOX.head - 6 - high(column)) / 2;
    for (const notice of column.shown) {
      at.set(notice.id, { x, y, column: number });
      boxes.push(box(notice, x, y, notice.id === lineage.root, ctx));
      y += BOX.height + BOX.gap;
    }
    if (column.hidden) boxes.push(fold(ctx.t("more", { n: column.hidden }), x, y, () => ctx.set({ all: "1" })));
  }
  const names = new Map(lineage.notices.map((notice) => [notice.id, notice.title]));
  const lines = edges.filter((one) => at.has(one.earlier) && at.has(one.later));
  drawing.append(...lines.map((one) => line(one, at, names, ctx)), ...boxes);
  drawn.svg = drawing;
  const kinds = [...new Set(edges.map((one) => one.relation))];
  return [
    el("div", { class: "lineage-box", tabindex: "0", role: "region", "aria-label": ctx.t("drawing") }, drawing),
    edges.length ? legend(kinds.map((kind) => [relationWord(kind), COLOURS[kind]])) : el("p", { class: "note" }, ctx.t("alone")),
    params.all && columns.some((column) => column.notices.length > SHOWN) ? el("button", { type: "button", class: "chip", onclick: () => ctx.set({ all: "" }) }, ctx.t("fewer")) : "",
  ];
}

function box(notice, x, y, isRoot, ctx) {
  const lines = wrap(notice.title);
  const meta = [notice.issued_on, notice.document_number, notice.status === "cited" ? ctx.t("cited") : ""].filter(Boolean).join(" · ");
  const told = [notice.title, meta, notice.level_basis === "title" ? ctx.t("guessed") : ""].filter(Boolean).join("\n");
  const centre = isRoot ? null : svg("a", { href: ctx.href("lineage", { notice: notice.id }), class: "lineage-centre", "aria-label": `${ctx.t("centre")}: ${notice.title}` },
    svg("title", {}, ctx.t("centre")), svg("circle", { cx: x + BOX.width - 14, cy: y + BOX.height - 13, r: 9 }),
    svg("path", { d: `M${x + BOX.width - 18} ${y + BOX.height - 13}h8M${x + BOX.width - 14} ${y + BOX.height - 17}v8` }));
  return svg("g", { lang: "zh-CN", class: `lineage-notice ${isRoot ? "root" : ""} ${notice.status}` },
    svg("a", { href: ctx.nodeHref(notice.id), "data-key": notice.id, "aria-label": told },
      svg("title", {}, told),
      svg("rect", { x, y, width: BOX.width, height: BOX.height, rx: 9 }),
      lines.map((words, row) => svg("text", { x: x + 12, y: y + 21 + 18 * row, class: "lineage-title" }, words)),
      svg("text", { x: x + 12, y: y + BOX.height - 9, class: "lineage-meta" }, cut(meta, 27))),
    centre);
}

function fold(words, x, y, action) {
  const press = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    action();
  };
  return svg("g", { class: "lineage-fold", role: "button", tabindex: 0, onclick: press, onkeydown: press },
    svg("rect", { x, y, width: BOX.width, height: 30, rx: 9 }), svg("text", { x: x + BOX.width / 2, y: y + 20, "text-anchor": "middle", class: "lineage-meta" }, words));
}

function line(one, at, names, ctx) {
  const [from, to] = [at.get(one.earlier), at.get(one.later)];
  const middle = BOX.height / 2;
  const leftToRight = to.column >= from.column;
  const [x1, y1] = [from.x + (leftToRight ? BOX.width : 0), from.y + middle];
  const [x2, y2] = [to.x + (to.column === from.column || !leftToRight ? BOX.width : 0), to.y + middle];
  const bend = to.column === from.column ? 46 : Math.max(40, Math.abs(x2 - x1) / 2);
  const [c1, c2] = [x1 + (leftToRight ? bend : -bend), x2 + (to.column === from.column || !leftToRight ? bend : -bend)];
  const d = `M${x1} ${y1}C${c1} ${y1} ${c2} ${y2} ${x2} ${y2}`;
  const told = `${names.get(one.later)} ${relationWord(one.relation)} ${names.get(one.earlier)}\n${one.evidence.quote}`;
  const stroke = svg("path", { d, class: "lineage-line" });
  stroke.style.stroke = COLOURS[one.relation];
  if (one.relation === "repeals") stroke.style.strokeDasharray = "5 4";
  return svg("a", { href: ctx.edgeHref(one.eid, one.later), "data-key": one.eid, "data-eid": one.eid, "aria-label": told, class: "lineage-edge" },
    svg("title", {}, told), svg("path", { d, class: "lineage-hit" }), stroke);
}

// A title on two lines at most; letters of other scripts count half.
function wrap(title) {
  const lines = ["", ""];
  let row = 0;
  let room = LINE;
  for (const letter of title) {
    const size = /[\u2e80-\uffef]/.test(letter) ? 1 : 0.55;
    if (room < size) {
      row += 1;
      room = LINE;
      if (row > 1) {
        lines[1] = [...lines[1]].slice(0, -1).join("") + "…";
        break;
      }
    }
    lines[row] += letter;
    room -= size;
  }
  return lines.filter(Boolean);
}

const cut = (text, most) => (text.length > most ? text.slice(0, most - 1) + "…" : text);
const percent = (share) => Math.round(share * 100) + "%";

function reuseBar(row, how) {
  return {
    name: row.measure,
    title: `${row.origin_notice} ${row.origin_path} ${row.origin}\n→ ${row.notice_title} ${row.path} ${row.measure}\n${percent(row.share)}`,
    value: Math.round(row.share * 100),
    shown: percent(row.share),
    parts: [{ value: Math.round(row.share * 100), colour: REUSE, name: "%" }],
    ...how,
  };
}

async function drawReuse(box, reuse, params, ctx) {
  if (!reuse.rows.length) return box.replaceChildren(card(ctx.t("reuseTitle"), el("p", { class: "note" }, ctx.t("noReuse"))));
  const row = reuse.rows.find((one) => one.eid === params.reuse);
  const list = card(ctx.t("reuseTitle"), el("p", { class: "note" }, ctx.t("reuseHint")), bars(reuse.rows.map((one) => reuseBar(one, {
    on: one.eid === params.reuse,
    press: () => ctx.set({ reuse: one.eid === params.reuse ? "" : one.eid }),
  })), ctx.t("reuseTitle")));
  box.replaceChildren(list);
  if (!row) return undefined;
  const found = await get("/api/v1/views/reuse/" + encodeURIComponent(row.eid), { measure: row.measure_id }, ctx.signal);
  return box.replaceChildren(list, sideBySide(found, ctx));
}

function sideBySide(found, ctx) {
  const side = (which, measure) => el("section", { class: "side", "aria-label": ctx.t(which) },
    el("header", {},
      el("p", { class: "kind" }, ctx.t(which), measure.issued_on ? " · " + measure.issued_on : "", measure.jurisdiction ? el("span", { lang: "zh-CN" }, " · ", measure.jurisdiction) : ""),
      el("h3", { lang: "zh-CN" }, measure.title),
      el("p", { class: "note", lang: "zh-CN" }, measure.notice_title, " ", measure.path),
      el("a", { class: "chip", href: ctx.textHref(measure.notice_id, measure.start, measure.end) }, ctx.t("inNotice"))),
    el("div", { class: "evidence-text side-text", tabindex: "0", role: "document", lang: "zh-CN", "aria-label": measure.title }, found.pieces.map((piece) => words(piece, which, ctx))));
  return el("section", { class: "card side-by-side" },
    el("div", { class: "side-head" },
      el("h2", {}, ctx.t("share", { n: percent(found.share) })),
      el("ul", { class: "legend" }, ["same", "changed", "added", "dropped"].map((kind) => el("li", {}, el(tagOf(kind), { class: "piece " + kind }, ctx.t(kind))))),
      el("button", { type: "button", class: "button quiet", onclick: () => ctx.set({ reuse: "" }) }, ctx.t("closeReuse"))),
    found.truncated ? el("p", { class: "note" }, ctx.t("cutText")) : null,
    el("div", { class: "sides" }, side("earlier", found.earlier), side("later", found.later)));
}

const tagOf = (kind) => ({ same: "span", changed: "em", added: "ins", dropped: "del" }[kind]);

function words(piece, which, ctx) {
  const text = piece[which];
  if (!text) return null;
  return el(tagOf(piece.kind), { class: "piece " + piece.kind, title: piece.kind === "changed" ? `${piece.earlier} → ${piece.later}` : null }, text);
}

function offer(lineage, reuse, params, drawn, ctx) {
  const titles = new Map(lineage.notices.map((notice) => [notice.id, notice]));
  ctx.exports({
    png: () => svgPng(svgText(drawn.svg)),
    svg: () => svgText(drawn.svg),
    csv: () => ({
      columns: ["relation", "later", "later_level", "later_issued_on", "earlier", "earlier_level", "earlier_issued_on", "share", "quote", "notice_id", "start", "end", "eid"],
      rows: [
        ...lineage.derivations.map((one) => {
          const [later, earlier] = [titles.get(one.later), titles.get(one.earlier)];
          return [one.relation, later.title, later.level, later.issued_on, earlier.title, earlier.level, earlier.issued_on, "", one.evidence.quote, one.evidence.notice_id, one.evidence.start, one.evidence.end, one.eid];
        }),
        ...reuse.map((row) => ["text_reuse", `${row.notice_title} ${row.path} ${row.measure}`, "", row.issued_on, `${row.origin_notice} ${row.origin_path} ${row.origin}`, "", row.origin_issued_on, row.share, row.quote, row.notice_id, row.start, row.end, row.eid]),
      ],
    }),
    query: ["notice_lineage", "notice_descendants"].map((name) => ({ name, parameters: { notice: params.notice, depth: params.depth } })).concat({ name: "reused_measures", parameters: { notice: params.notice } }),
  });
}
