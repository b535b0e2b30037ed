// The neighbourhood of a node: grow it, filter it, find paths in it, read what it rests on.
import { get, getRows } from "../lib/api.js";
import { el, icon, put } from "../lib/dom.js";
import { PAGE, expandMenu } from "../lib/expand.js";
import { edgeName, kind, labelColour, labelName, relationName } from "../lib/names.js";
import { network } from "../lib/network.js";
import { picker } from "../lib/picker.js";
import { empty, truncated } from "../lib/states.js";
import { number } from "../lib/words.js";

const MOST = 350; // nodes in one drawing
const BUSIEST = 8; // agencies offered to begin with
const ICONS = {
  undo: "M7 5L3 9l4 4M3 9h9a5 5 0 0 1 0 10", redo: "M13 5l4 4-4 4M17 9H8a5 5 0 0 0 0 10",
  fit: "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4", pin: "M10 12v6M6 3h8l-1 5 3 3H4l3-3z",
  path: "M4 16a2 2 0 1 0 0-.01M16 4a2 2 0 1 0 0-.01M6 15c6 0 2-10 8-10", table: "M3 4h14v12H3zM3 8h14M8 8v8",
};

export default {
  title: ["关系图", "Graph"],
  hint: ["从一个节点出发,逐步展开;点节点或连线,看它依据哪句话。", "Grow the graph from a node; click a node or a line to see the words it rests on."],
  icon: "M10 10m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M3 4.5a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0M14 5.5a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0M5 16a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0M8.5 8.6L5.7 5.6M11.8 9L14 6.5M9.2 11.9L7 14.6",
  menu: 20,
  css: true,
  offline: true,
  params: { node: "", nodes: "", depth: "1", layout: "radial", off: "", from: "", to: "", pins: "", sel: "", path: "" },
  words: {
    start: ["选一个节点开始,例如机关、产品或公文。", "Choose a node to begin with: an agency, a product, a notice."],
    pick: ["从哪个节点开始", "Begin with"], add: ["加入一个节点", "Add a node"],
    undo: ["撤销", "Undo"], redo: ["重做", "Redo"], fit: ["全部入画", "Fit"], table: ["列成表格", "As a table"],
    radial: ["环形布局", "Circles"], force: ["力导向布局", "Springs"], layout: ["布局", "Layout"],
    legend: ["图例与筛选", "Legend and filters"], nodeKinds: ["节点", "Nodes"], edgeKinds: ["关系", "Relations"],
    dates: ["公文日期", "Date of the notice"], from: ["从", "from"], to: ["到", "to"],
    expand: ["展开", "Expand"], expandAll: ["全部关系", "All relations"], collapse: ["收起", "Collapse"],
    pin: ["固定", "Pin"], unpin: ["取消固定", "Unpin"], hide: ["隐去", "Hide"], centre: ["设为中心", "Make it the centre"],
    pathFrom: ["找路径", "Find a path"], pathTo: ["到哪个节点", "To which node"], noPath: ["没有找到路径。", "No path was found."],
    pathFound: ["路径共 {n} 步", "A path of {n} steps"], clearPath: ["清除路径", "Clear the path"],
    shown: ["{n} 个节点,{m} 条关系", "{n} nodes, {m} relations"],
    full: ["一幅图最多画 {n} 个节点,先隐去一些再展开。", "A drawing holds {n} nodes at most; hide some before you go on."],
    nothingNew: ["没有更多可展开的了。", "There is nothing more to expand."],
    name: ["名称", "Name"], label: ["类别", "Kind"], degree: ["关系数", "Relations"], selected: ["选中的节点", "Selected nodes"],
    keys: ["方向键在节点间移动,回车打开,+ − 缩放,0 全部入画;按住 Shift 拖动可框选。", "Arrows move between nodes, Enter opens, + and − zoom, 0 fits; drag with Shift to select several."],
    wholeGraph: ["看全图", "See the whole graph"],
  },

  async draw(root, params, ctx) {
    if (!params.node) return drawStart(root, ctx);
    const view = new GraphView(root, ctx);
    await view.load(params);
    return { update: (next) => view.update(next), close: () => view.close() };
  },
};

async function drawStart(root, ctx) {
  const { t } = ctx;
  const [status, busiest] = await Promise.all([
    get("/api/v1/status", {}, ctx.signal),
    getRows("actor_ranking", {}, ctx.signal, BUSIEST).catch(() => ({ rows: [] })), // a convenience, no more
  ]);
  const chips = status.examples.filter((text) => !/[谁哪什]/.test(text))
    .map((text) => el("li", {}, el("a", { class: "chip", href: ctx.href("graph", { node: text }), lang: "zh-CN" }, text)));
  const agencies = busiest.rows.map((row) =>
    el("li", {}, el("a", { class: "chip", href: ctx.href("graph", { node: row.actor_id, sel: row.actor_id }), lang: "zh-CN" }, row.actor)));
  root.replaceChildren(
    el("div", { class: "toolbar" }, picker({ label: "", title: t("pick"), choose: (hit) => ctx.set({ node: hit.id, sel: hit.id }) })),
    empty(t("start"), el("ul", { class: "chips" }, chips, agencies), el("a", { class: "button quiet", href: ctx.href("whole") }, t("wholeGraph"))));
}

// Edges are switched on and off by what they are called, so that roles can be told from support.
const edgeKey = (relation) => {
  if (relation.type === "SUPPORTS") return relation.start.label === "Measure" ? "SUPPORTS.of" : "SUPPORTS.by";
  return relation.type;
};

class GraphView {
  constructor(root, ctx) {
    this.root = root;
    this.ctx = ctx;
    this.t = ctx.t;
    this.params = null;
    this.graph = { nodes: [], relations: [] };
    this.drawn = null;
    this.past = [];
    this.future = [];
    this.cursors = new Map();
    this.selecting = null; // the node from which a path is to be found
    this.path = [];
    this.frame();
  }

  frame() {
    const { t } = this;
    this.note = el("p", { class: "note graph-note", role: "status" });
    this.undoButton = tool(t("undo"), ICONS.undo, () => this.step(this.past, this.future));
    this.redoButton = tool(t("redo"), ICONS.redo, () => this.step(this.future, this.past));
    this.layoutSelect = el("select", { "aria-label": t("layout"), onchange: (event) => this.change({ layout: event.target.value }) },
      el("option", { value: "radial" }, t("radial")), el("option", { value: "force" }, t("force")));
    this.actions = el("div", { class: "toolbar graph-actions", hidden: true });
    this.canvas = el("div", { class: "graph-canvas" });
    this.legend = el("details", { class: "graph-legend", open: matchMedia("(min-width: 900px)").matches });
    this.cut = el("div", {});
    this.root.replaceChildren(
      el("div", { class: "toolbar" },
        picker({ label: "", title: t("add"), choose: (hit) => this.add([hit.id], { sel: hit.id }) }),
        this.undoButton, this.redoButton, tool(t("fit"), ICONS.fit, () => this.drawn && this.drawn.fit()),
        tool(t("table"), ICONS.table, () => this.showTable()), this.layoutSelect, this.note),
      this.actions, this.cut,
      el("div", { class: "card graph-card" }, this.legend, el("div", { class: "graph-room" }, this.canvas)),
      el("p", { class: "note graph-keys" }, t("keys")));
    this.root.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
      event.preventDefault();
      if (event.shiftKey) this.step(this.future, this.past);
      else this.step(this.past, this.future);
    });
  }

  async load(params) {
    this.params = params;
    const asked = { centre: params.node, ids: params.nodes, layout: params.layout, depth: params.nodes ? "" : params.depth };
    const graph = await get("/api/v1/explore/graph", asked, this.ctx.signal);
    if (params.path) await this.readPath(params.path);
    this.graph = graph;
    this.layoutSelect.value = params.layout;
    const nodes = graph.nodes.map((node) => this.nodeOf(node));
    const edges = graph.relations.map(edgeOf);
    if (this.drawn) {
      this.drawn.set(nodes, edges);
      this.drawn.fit();
    } else {
      this.drawn = await network(this.canvas, nodes, edges, {
        title: this.t("keys"),
        onNode: (id) => this.chooseNode(id),
        onEdge: (id) => this.chooseEdge(id),
        onMoved: (id, x, y) => this.pin(id, x, y),
      });
    }
    this.cut.replaceChildren(graph.truncated && !params.nodes ? truncated(nodes.length) : "");
    this.drawLegend();
    this.apply();
    this.exports();
  }

  async update(next) {
    const before = this.params;
    this.params = next;
    const same = ["node", "nodes", "layout", "depth", "path"].every((name) => before[name] === next[name]);
    if (!same) return this.load(next);
    if (before.pins !== next.pins) this.drawn.set(this.graph.nodes.map((node) => this.nodeOf(node)), this.graph.relations.map(edgeOf));
    this.drawLegend();
    this.apply();
    return undefined;
  }

  close() {
    if (this.drawn) this.drawn.close();
  }

  // Changes that can be undone; what is only looked at (sel) is not one.
  change(changes) {
    this.past.push(this.params);
    this.future = [];
    this.ctx.set(changes);
  }

  step(from, to) {
    const next = from.pop();
    if (!next) return;
    to.push(this.params);
    this.ctx.set(next);
  }

  ids() {
    return this.graph.nodes.map((node) => node.id);
  }

  add(ids, changes) {
    const every = [...new Set([...this.ids(), ...ids])];
    if (every.length > MOST) return this.say(this.t("full", { n: MOST }));
    return this.change({ ...changes, nodes: every.join(",") });
  }

  remove(ids) {
    const gone = new Set(ids);
    this.change({ nodes: this.ids().filter((id) => !gone.has(id)).join(","), sel: gone.has(this.params.sel) ? "" : this.params.sel });
  }

  nodeOf(node) {
    const pin = this.pins().get(node.id);
    const at = pin ? { x: pin[0], y: pin[1] } : {};
    const degree = `${labelName(node.label)} · ${this.t("degree")} ${number(node.degree)}`;
    return { ...node, ...at, note: degree, size: node.id === this.graph.centre ? 40 : 20 + Math.min(14, 3 * Math.log2(1 + node.degree)) };
  }

  pins() {
    return new Map(this.params.pins.split(",").filter(Boolean).map((pin) => {
      const [id, x, y] = pin.split("~");
      return [id, [Number(x), Number(y)]];
    }));
  }

  pin(id, x, y) {
    const pins = this.pins();
    pins.set(id, [Math.round(x), Math.round(y)]);
    this.change({ pins: writePins(pins) });
  }

  unpin(id) {
    const pins = this.pins();
    pins.delete(id);
    this.change({ pins: writePins(pins) });
  }

  off() {
    return new Set(this.params.off.split(",").filter(Boolean));
  }

  // Hides what the filters exclude, and nodes that nothing joins any more.
  apply() {
    const { cy } = this.drawn;
    const off = this.off();
    const { from, to } = this.params;
    const shut = new Set(this.graph.nodes.filter((node) => off.has(node.label) && node.id !== this.graph.centre).map((node) => node.id));
    const hidden = new Set();
    for (const relation of this.graph.relations) {
      const dated = relation.evidence && relation.evidence.issued_on;
      const late = (from && (!dated || dated < from)) || (to && (!dated || dated.slice(0, to.length) > to));
      if (off.has(edgeKey(relation)) || late || shut.has(relation.start.id) || shut.has(relation.end.id)) hidden.add(relation.eid);
    }
    const joined = new Set(this.graph.relations.filter((r) => !hidden.has(r.eid)).flatMap((r) => [r.start.id, r.end.id]));
    const filtered = off.size > 0 || from || to;
    const kept = new Set([this.graph.centre, this.params.sel, ...this.pins().keys()]);
    const onPath = new Set(this.path);
    const gone = new Set(this.ids().filter((id) => shut.has(id) || (filtered && !joined.has(id) && !kept.has(id))));
    cy.batch(() => {
      cy.edges().forEach((edge) => {
        edge.toggleClass("gone", hidden.has(edge.id()));
        edge.toggleClass("path", onPath.has(edge.id()));
      });
      cy.nodes().forEach((node) => {
        const id = node.id();
        node.toggleClass("gone", gone.has(id));
        node.toggleClass("pinned", this.pins().has(id));
      });
    });
    this.drawn.select(this.params.sel);
    const [n, m] = [this.graph.nodes.length - gone.size, this.graph.relations.length - hidden.size];
    this.note.textContent = this.t("shown", { n, m });
    this.undoButton.disabled = this.past.length === 0;
    this.redoButton.disabled = this.future.length === 0;
    this.drawActions();
  }

  drawLegend() {
    const { t } = this;
    const off = this.off();
    const toggle = (key, shown, count, dot) => el("label", {},
      el("input", { type: "checkbox", checked: !off.has(key), onchange: (event) => this.toggle(key, event.target.checked) }),
      dot, el("span", {}, shown), el("span", { class: "count" }, number(count)));
    const kinds = tally(this.graph.nodes, (node) => node.label);
    const edges = tally(this.graph.relations, edgeKey);
    const example = new Map(this.graph.relations.map((relation) => [edgeKey(relation), relation]));
    const nameOf = (key) => (key === "DERIVES_FROM" ? edgeName(key) : relationName({ ...example.get(key), properties: {} }));
    const date = (name) => el("input", {
      type: "text", inputmode: "numeric", maxlength: 10, placeholder: "YYYY-MM", pattern: "\\d{4}(-\\d{2}){0,2}", "aria-label": `${t("dates")} ${t(name)}`,
      value: this.params[name],
      onchange: (event) => event.target.reportValidity() && this.change({ [name]: event.target.value }),
    });
    const open = this.legend.open;
    this.legend.replaceChildren(
      el("summary", {}, t("legend")),
      el("div", { class: "legend-body" },
        el("fieldset", {}, el("legend", {}, t("nodeKinds")), kinds.map(([key, count]) => toggle(key, labelName(key), count, swatch(labelColour(key))))),
        el("fieldset", {}, el("legend", {}, t("edgeKinds")), edges.map(([key, count]) => toggle(key, nameOf(key), count))),
        el("fieldset", { class: "dates" }, el("legend", {}, t("dates")), date("from"), el("span", {}, t("to")), date("to"))));
    this.legend.open = open;
  }

  toggle(key, on) {
    const off = this.off();
    if (on) off.delete(key);
    else off.add(key);
    this.change({ off: [...off].sort().join(",") });
  }

  drawActions() {
    const { t } = this;
    const node = this.graph.nodes.find((one) => one.id === this.params.sel);
    this.actions.hidden = !node;
    if (!node) return;
    if (this.actions.dataset.node === node.id + this.params.nodes + this.params.pins + this.params.path) return;
    this.actions.dataset.node = node.id + this.params.nodes + this.params.pins + this.params.path;
    const pinned = this.pins().has(node.id);
    const at = this.drawn.cy.getElementById(node.id).position();
    const button = (text, action, picture) => el("button", { type: "button", class: "button", onclick: action }, picture ? icon(picture) : null, text);
    put(this.actions,
      el("strong", { class: "graph-chosen", lang: "zh-CN" }, kind(node.label), " ", node.name),
      expandMenu(node, { relations: this.graph.relations, t: this.t, signal: this.ctx.signal, expand: (kind) => this.expand(node.id, kind) }),
      button(t("collapse"), () => this.collapse(node.id)),
      pinned ? button(t("unpin"), () => this.unpin(node.id), ICONS.pin) : button(t("pin"), () => this.pin(node.id, at.x, at.y), ICONS.pin),
      node.id === this.graph.centre ? null : button(t("hide"), () => this.remove([node.id])),
      node.id === this.graph.centre ? null : button(t("centre"), () => this.change({ node: node.id, nodes: this.params.nodes || this.ids().join(",") })),
      button(t("pathFrom"), () => this.askPath(node.id), ICONS.path),
      this.params.path ? button(t("clearPath"), () => this.change({ path: "" })) : null);
  }

  // Fetches pages until one holds something that is not there yet.
  async expand(id, { type, label, way }) {
    const known = new Set(this.ids());
    const key = [id, type, label, way].join("|");
    let cursor = this.cursors.get(key);
    for (;;) {
      const page = await get("/api/v1/explore/neighbours/" + encodeURIComponent(id), { type, label, way, limit: PAGE, cursor }, this.ctx.signal);
      const fresh = page.relations.map((r) => (r.start.id === id ? r.end.id : r.start.id)).filter((other) => !known.has(other));
      cursor = page.next_cursor;
      if (cursor) this.cursors.set(key, cursor);
      if (fresh.length) return this.add(fresh, { sel: id });
      if (!cursor) return this.say(this.t("nothingNew"));
    }
  }

  // Takes away the neighbours that hang on this node alone.
  collapse(id) {
    const joins = new Map();
    for (const { start, end } of this.graph.relations) {
      for (const [one, other] of [[start.id, end.id], [end.id, start.id]]) {
        if (!joins.has(one)) joins.set(one, new Set());
        joins.get(one).add(other);
      }
    }
    const kept = new Set([this.graph.centre, ...this.pins().keys()]);
    const alone = [...(joins.get(id) || [])].filter((other) => !kept.has(other) && joins.get(other).size === 1);
    if (alone.length) this.remove(alone);
  }

  chooseNode(id) {
    if (this.selecting && this.selecting !== id) return this.findPath(this.selecting, id);
    this.go({ sel: id }, this.ctx.nodeHref(id));
    return undefined;
  }

  chooseEdge(id) {
    const relation = this.graph.relations.find((one) => one.eid === id);
    if (relation) location.hash = this.ctx.edgeHref(id, relation.start.id);
  }

  // One step in the history for both the parameters and the panel.
  go(changes, panelHref) {
    this.params = { ...this.params, ...changes };
    const panel = new URLSearchParams(panelHref.split("?")[1]).get("panel");
    const query = new URLSearchParams(panelHref.split("?")[1]);
    for (const [name, value] of Object.entries(changes)) query.set(name, value);
    query.set("panel", panel);
    location.hash = "#/graph?" + query;
    this.apply();
  }

  askPath(id) {
    this.selecting = id;
    const cancel = () => {
      this.selecting = null;
      bar.remove();
    };
    const bar = el("div", { class: "cut graph-ask" }, el("span", {}, this.t("pathTo")),
      picker({ label: "", title: this.t("pathTo"), choose: (hit) => this.findPath(id, hit.id) }),
      el("button", { type: "button", class: "button", onclick: cancel }, this.ctx.t("close")));
    this.cut.replaceChildren(bar);
    bar.querySelector("input").focus();
  }

  async findPath(from, to) {
    this.selecting = null;
    const nodes = await this.readPath(`${from}~${to}`);
    this.cut.replaceChildren(el("div", { class: "cut" }, nodes.length ? this.t("pathFound", { n: nodes.length - 1 }) : this.t("noPath")));
    if (nodes.length) this.add(nodes, { path: `${from}~${to}`, sel: from });
  }

  async readPath(written) {
    const [from, to] = written.split("~");
    const found = await get("/api/v1/queries/shortest_path", { from, to }, this.ctx.signal);
    this.path = found.rows.map((row) => row.eid);
    return [...new Set(found.rows.flatMap((row) => [row.start_id, row.end_id]))];
  }

  say(text) {
    this.cut.replaceChildren(el("div", { class: "cut", role: "status" }, text));
  }

  listed() {
    const { cy } = this.drawn;
    const chosen = cy.nodes(":selected:visible");
    const ids = new Set((chosen.length > 1 ? chosen : cy.nodes(":visible")).map((node) => node.id()));
    return this.graph.nodes.filter((node) => ids.has(node.id));
  }

  showTable() {
    const { t } = this;
    const rows = this.listed();
    const dialog = el("dialog", { class: "dialog wide", "aria-label": t("table") },
      el("form", { method: "dialog", class: "dialog-head" }, el("h2", {}, `${t("selected")} (${number(rows.length)})`), el("button", { class: "button" }, this.ctx.t("close"))),
      el("div", { class: "table-box", tabindex: "0" }, el("table", { class: "table" },
        el("thead", {}, el("tr", {}, [t("label"), t("name"), t("degree")].map((text) => el("th", { scope: "col" }, text)))),
        el("tbody", {}, rows.map((node) => el("tr", {}, el("td", {}, kind(node.label)),
          el("td", { lang: "zh-CN" }, el("a", { href: this.ctx.nodeHref(node.id), onclick: () => dialog.close() }, node.name)),
          el("td", { class: "number" }, number(node.degree))))))));
    document.body.append(dialog);
    dialog.addEventListener("close", () => dialog.remove());
    dialog.showModal();
  }

  exports() {
    this.ctx.exports({
      png: () => this.drawn.png(),
      svg: () => this.drawn.svg(),
      csv: () => ({
        columns: ["start_label", "start", "relation", "end_label", "end", "notice", "issued_on", "quote", "eid"],
        rows: this.graph.relations.filter((r) => this.drawn.cy.getElementById(r.eid).visible()).map((r) => {
          const said = r.evidence || {};
          return [labelName(r.start.label), r.start.name, relationName(r), labelName(r.end.label), r.end.name, said.notice_title, said.issued_on, said.quote, r.eid];
        }),
      }),
      query: { name: "neighbourhood", parameters: { id: this.graph.centre, depth: Number(this.params.depth) } },
    });
  }
}

function edgeOf(relation) {
  const said = relation.evidence;
  const dated = said && said.issued_on ? ` (${said.issued_on})` : "";
  return {
    id: relation.eid, source: relation.start.id, target: relation.end.id, name: relationName(relation),
    note: said ? `“${said.quote.slice(0, 160)}” — ${said.notice_title}${dated}` : relation.source || "",
    dashed: !said,
  };
}

function tally(things, key) {
  const counts = new Map();
  for (const thing of things) counts.set(key(thing), (counts.get(key(thing)) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function writePins(pins) {
  return [...pins].map(([id, [x, y]]) => `${id}~${x}~${y}`).join(",");
}

function swatch(colour) {
  const dot = el("i", { class: "swatch", "aria-hidden": "true" });
  dot.style.background = colour;
  return dot;
}

function tool(text, picture, action) {
  return el("button", { type: "button", class: "button", title: text, "aria-label": text, onclick: action }, icon(picture));
}
