// The whole graph by sigma.js, with places computed by the server.
import { get } from "../lib/api.js";
import { el, put } from "../lib/dom.js";
import { textSvg } from "../lib/drawn.js";
import { edgeName, labelColour, labelName } from "../lib/names.js";
import { picker } from "../lib/picker.js";
import { empty } from "../lib/states.js";
import { colour, isDark, onTheme } from "../lib/theme.js";
import { library } from "../lib/vendor.js";
import { number } from "../lib/words.js";

const ALL_EDGES = 20_000; // more of them are a grey cloud: those of one node are drawn, all on request
const STILL_EDGES = 4_000; // more of them are drawn again only when the drawing stands still
const LONGEST = 18; // characters of a name in the drawing
const REST = 70; // ms that the pointer rests on a node before the drawing is about that node
const CYPHER = "MATCH (n)-[r]->(o) RETURN n.id AS start_id, n.name AS start, type(r) AS type, o.id AS end_id, o.name AS end";

export default {
  title: ["全图", "Whole graph"],
  hint: ["图中的全部节点与关系;颜色为类别,大小为关系数,聚在一起的彼此相关。", "All nodes and relations; colour tells the kind, size the number of relations, and what belongs together stands together."],
  icon: "M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15zM6 8h.01M9 5.5h.01M13 6.5h.01M7.5 12h.01M11 10h.01M14 11.5h.01M10.5 14.5h.01",
  menu: 90,
  css: true,
  offline: true,
  params: { off: "", sel: "", edges: "" },
  words: {
    none: ["图是空的。", "The graph is empty."], find: ["在图中找一个节点", "Find a node in the drawing"],
    shown: ["{n} 个节点,{m} 条关系", "{n} nodes, {m} relations"],
    cut: ["全图有 {n} 个节点,这里画出关系最多的 {m} 个。", "The graph has {n} nodes; these are the {m} with the most relations."],
    open: ["看它的关系图", "See its graph"], fit: ["全部入画", "Fit"], edges: ["画出全部关系", "Draw all relations"], kinds: ["类别", "Kinds"],
    noWebgl: ["这个浏览器不支持 WebGL,画不出全图。", "This browser has no WebGL, so the whole graph cannot be drawn."],
    drawing: ["全图,{n} 个节点。用搜索框找节点,或在关系图中逐步展开。", "The whole graph, {n} nodes. Find a node with the box, or grow a neighbourhood in the graph view."],
  },

  async draw(root, params, ctx) {
    const [data, Sigma, graphology] = await Promise.all([
      get("/api/v1/explore/whole", {}, ctx.signal), library("Sigma"), library("graphology"),
    ]);
    if (!data.nodes.id.length) return void put(root, empty(ctx.t("none")));
    if (!document.createElement("canvas").getContext("webgl2")) return void put(root, empty(ctx.t("noWebgl")));
    const view = new Whole(root, ctx, data, { Sigma, graphology });
    view.update(params);
    return { update: (next) => view.update(next), close: () => view.close() };
  },
};

class Whole {
  constructor(root, ctx, data, { Sigma, graphology }) {
    this.ctx = ctx;
    this.data = data;
    this.off = new Set();
    this.named = new Map(); // nodes whose names are drawn, with the room that these take
    this.near = null; // the node under the pointer or chosen, with its neighbours
    const { t } = ctx;
    const n = data.nodes.id.length;
    this.canvas = el("div", { class: "whole-canvas", role: "img", "aria-label": t("drawing", { n }) });
    this.kinds = el("div", { class: "toolbar whole-kinds", role: "group", "aria-label": t("kinds") });
    this.chosen = el("div", { class: "whole-chosen card", hidden: true });
    const many = data.edges.start.length > ALL_EDGES;
    this.edgesButton = many ? el("button", { type: "button", class: "button", onclick: () => ctx.set({ edges: this.params.edges ? "" : "1" }) }, t("edges")) : null;
    put(root,
      el("div", { class: "toolbar" },
        picker({ label: "", title: t("find"), choose: (hit) => ctx.set({ sel: hit.id }) }),
        el("button", { type: "button", class: "button", onclick: () => this.sigma.getCamera().animatedReset() }, t("fit")),
        this.edgesButton,
        el("span", { class: "note" }, t("shown", { n, m: data.edges.start.length }))),
      data.truncated ? el("div", { class: "cut" }, t("cut", { n: data.total, m: n })) : null,
      this.kinds,
      el("div", { class: "card whole-card" }, this.canvas, this.chosen));
    this.graph = fillGraph(new graphology.MultiUndirectedGraph(), data);
    this.joins = adjacency(data);
    this.drawn = many ? "" : "all"; // whose edges are in the drawing: a node's, or all
    if (!many) this.addEdges(data.edges.start.keys());
    this.sigma = new Sigma(this.graph, this.canvas, { ...this.settings(), ...programs(Sigma) });
    this.listen();
    this.watch = new ResizeObserver(() => this.sigma.scheduleRender());
    this.watch.observe(this.canvas);
    this.forget = onTheme(() => {
      for (const [name, value] of Object.entries(this.settings())) this.sigma.setSetting(name, value);
    });
    ctx.exports({
      png: () => this.picture(),
      svg: () => this.svg(),
      csv: () => ({ columns: ["id", "label", "name", "relations", "x", "y"], rows: data.nodes.id.map((id, at) => [id, data.labels[data.nodes.label[at]], data.nodes.name[at], data.nodes.degree[at], data.nodes.x[at], data.nodes.y[at]]) }),
      query: { cypher: CYPHER },
    });
    this.canvas.whole = this;
  }

  settings() {
    const [ink, soft, paper] = ["ink", "soft", "panel"].map(colour);
    this.accent = colour("accent");
    this.dim = isDark() ? "#2c323b" : "#e4e1da";
    return {
      labelFont: getComputedStyle(document.body).fontFamily, labelColor: { color: ink }, labelSize: 13, labelWeight: "500",
      labelDensity: 1, labelGridCellSize: 130, labelRenderedSizeThreshold: 5,
      defaultEdgeColor: isDark() ? "#343b46" : "#e2dfd7", minCameraRatio: 0.01, maxCameraRatio: 2, zIndex: true,
      hideEdgesOnMove: this.data.edges.start.length > STILL_EDGES,
      defaultDrawNodeLabel: (context, node, settings) => this.drawName(context, node, settings, { paper, ink }),
      defaultDrawNodeHover: (context, node, settings) => drawPlate(context, node, settings, { paper, ink, soft }),
      nodeReducer: (id, node) => this.reduceNode(id, node),
      edgeReducer: (id, line) => this.reduceEdge(id, line),
    };
  }

  reduceNode(id, node) {
    if (this.off.has(node.kind)) return { ...node, hidden: true };
    if (!this.near || this.near.has(id)) return this.near ? { ...node, zIndex: 1, highlighted: id === this.centre, forceLabel: this.near.size < 40 } : node;
    return { ...node, color: this.dim, label: "", zIndex: 0 };
  }

  reduceEdge(id, line) {
    if (!this.near) return line;
    const [a, b] = this.graph.extremities(id);
    if (a !== this.centre && b !== this.centre) return { ...line, hidden: true };
    return { ...line, color: this.accent, size: 1.2, zIndex: 1 };
  }

  // A name beside its node, unless it would cover one that is there.
  drawName(context, node, { labelSize, labelFont, labelWeight }, { paper, ink }) {
    const text = shortName(node.label);
    if (!text) return;
    context.font = `${labelWeight} ${labelSize}px ${labelFont}`;
    const left = node.x + node.size + 3;
    const box = { left, right: left + context.measureText(text).width, top: node.y - labelSize / 2, bottom: node.y + labelSize / 2 + 2 };
    const covers = (other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
    if ([...this.named.values()].some(covers)) return;
    this.named.set(node.key, box);
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = paper;
    context.fillStyle = ink;
    context.strokeText(text, left, node.y + labelSize / 3);
    context.fillText(text, left, node.y + labelSize / 3);
  }

  listen() {
    this.sigma.on("beforeRender", () => this.named.clear());
    const rest = (node) => {
      clearTimeout(this.resting);
      this.resting = setTimeout(() => {
        const wanted = node || this.params.sel;
        if (wanted !== this.centre) this.look(wanted);
      }, REST);
    };
    this.sigma.on("enterNode", ({ node }) => rest(node));
    this.sigma.on("leaveNode", () => rest(""));
    this.sigma.on("clickNode", ({ node }) => {
      location.hash = "#/whole?" + new URLSearchParams({ ...(this.params.off ? { off: this.params.off } : {}), ...(this.params.edges ? { edges: "1" } : {}), sel: node, panel: "n." + node });
    });
    this.sigma.on("clickStage", () => this.params.sel && this.ctx.set({ sel: "" }));
  }

  look(id) {
    clearTimeout(this.resting);
    const at = this.joins.place.get(id);
    this.centre = at === undefined ? "" : id;
    this.near = this.centre ? new Set([id, ...this.joins.others(at)]) : null;
    if (this.drawn !== "all" && this.drawn !== this.centre) {
      this.graph.clearEdges();
      this.addEdges(this.centre ? this.joins.edges(at) : []);
      this.drawn = this.centre;
    }
    this.sigma.refresh({ skipIndexation: true });
  }

  addEdges(places) {
    const { nodes, edges } = this.data;
    for (const at of places) this.graph.addEdge(nodes.id[edges.start[at]], nodes.id[edges.end[at]], { size: 0.4 });
  }

  showEdges(all) {
    const { start } = this.data.edges;
    if (!this.edgesButton || all === (this.drawn === "all")) return;
    this.edgesButton.setAttribute("aria-pressed", String(all));
    this.graph.clearEdges();
    this.drawn = all ? "all" : "";
    if (all) this.addEdges(start.keys());
  }

  update(params) {
    const moved = !this.params || this.params.sel !== params.sel;
    this.params = params;
    this.off = new Set(params.off.split(",").filter(Boolean));
    this.drawKinds();
    this.showEdges(params.edges !== "");
    this.look(params.sel);
    if (moved && this.centre) this.goTo(params.sel);
    this.drawChosen();
  }

  goTo(id) {
    const at = this.sigma.getNodeDisplayData(id);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.sigma.getCamera().animate({ x: at.x, y: at.y, ratio: 0.35 }, { duration: still ? 0 : 500 });
  }

  drawKinds() {
    const counts = this.data.nodes.label.reduce((sum, at) => (sum[at] += 1, sum), this.data.labels.map(() => 0));
    put(this.kinds, this.data.labels.map((label, at) => {
      const dot = el("i", { class: "swatch", "aria-hidden": "true" });
      dot.style.background = labelColour(label);
      return el("button", {
        type: "button", class: "chip", "aria-pressed": String(!this.off.has(label)),
        onclick: () => {
          const off = new Set(this.off);
          if (!off.delete(label)) off.add(label);
          this.ctx.set({ off: [...off].sort().join(",") });
        },
      }, dot, labelName(label), el("span", { class: "count" }, number(counts[at])));
    }));
  }

  drawChosen() {
    this.chosen.hidden = !this.centre;
    if (!this.centre) return;
    const node = this.graph.getNodeAttributes(this.centre);
    const types = new Map();
    for (const at of this.joins.edges(this.joins.place.get(this.centre))) {
      const type = this.data.types[this.data.edges.type[at]];
      types.set(type, (types.get(type) || 0) + 1);
    }
    put(this.chosen, el("strong", { lang: "zh-CN" }, node.label),
      el("span", { class: "note" }, `${labelName(node.kind)} · ${[...types].map(([type, count]) => `${edgeName(type)} ${number(count)}`).join(" · ")}`),
      el("a", { class: "chip", href: this.ctx.href("graph", { node: this.centre, sel: this.centre }) }, this.ctx.t("open")));
  }

  picture() {
    const layers = Object.values(this.sigma.getCanvases());
    const [{ width, height }] = layers;
    const paper = el("canvas", { width, height });
    const context = paper.getContext("2d");
    context.fillStyle = colour("panel");
    context.fillRect(0, 0, width, height);
    this.sigma.render(); // what WebGL drew is only there right after drawing
    for (const layer of layers) context.drawImage(layer, 0, 0, width, height);
    return paper.toDataURL("image/png");
  }

  // What is in the frame: nodes, lines, and the names that are shown.
  svg() {
    const { width, height } = this.sigma.getDimensions();
    const round = (value) => Math.round(value * 10) / 10;
    const seen = new Map();
    this.graph.forEachNode((id) => {
      const node = this.sigma.getNodeDisplayData(id);
      if (node.hidden) return;
      const { x, y } = this.sigma.framedGraphToViewport(node);
      seen.set(id, { ...node, x: round(x), y: round(y), r: Math.max(0.5, round(this.sigma.scaleSize(node.size))) });
    });
    const inFrame = ({ x, y, r }) => x > -r && y > -r && x < width + r && y < height + r;
    const lines = new Map(); // those of a colour are one path
    this.graph.forEachEdge((edge, _, from, to) => {
      const line = this.sigma.getEdgeDisplayData(edge);
      const [a, b] = [seen.get(from), seen.get(to)];
      if (line.hidden || !a || !b || !(inFrame(a) || inFrame(b))) return;
      if (!lines.has(line.color)) lines.set(line.color, []);
      lines.get(line.color).push(`M${a.x} ${a.y}L${b.x} ${b.y}`);
    });
    const nodes = [...seen.values()].filter(inFrame).sort((a, b) => a.zIndex - b.zIndex);
    const [ink, panel] = [colour("ink"), colour("panel")];
    const names = [...new Set([...this.named.keys(), this.centre])].map((id) => seen.get(id)).filter((node) => node && inFrame(node));
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif">`,
      `<rect width="${width}" height="${height}" fill="${panel}"/>`,
      ...[...lines].map(([tone, paths]) => `<path d="${paths.join("")}" fill="none" stroke="${tone}" stroke-width="0.6"/>`),
      ...nodes.map(({ x, y, r, color }) => `<circle cx="${x}" cy="${y}" r="${r}" fill="${color}"/>`),
      ...names.map(({ x, y, r, label }) => textSvg(round(x + r + 3), round(y + 4.5), shortName(label), 13, ink, panel, "start")),
      "</svg>",
    ].join("\n");
  }

  close() {
    clearTimeout(this.resting);
    this.watch.disconnect();
    this.forget();
    this.sigma.kill();
  }
}

// Points and lines: one call draws them all. Sigma's own discs and bars are drawn one by one where
// no graphics card helps, which takes a second for 20,000 of them.
function programs({ rendering }) {
  return { nodeProgramClasses: { circle: rendering.NodePointProgram }, edgeProgramClasses: { line: rendering.EdgeLineProgram } };
}

// Which edges a node has, by places in the columns.
function adjacency({ nodes, edges }) {
  const lists = nodes.id.map(() => []);
  edges.start.forEach((start, at) => {
    lists[start].push(at);
    if (edges.end[at] !== start) lists[edges.end[at]].push(at);
  });
  return {
    place: new Map(nodes.id.map((id, at) => [id, at])),
    edges: (at) => lists[at],
    others: (at) => lists[at].map((edge) => nodes.id[edges.start[edge] === at ? edges.end[edge] : edges.start[edge]]),
  };
}

function fillGraph(graph, { nodes, labels }) {
  const colours = labels.map(labelColour);
  nodes.id.forEach((id, at) => graph.addNode(id, {
    x: nodes.x[at], y: -nodes.y[at], label: nodes.name[at], kind: labels[nodes.label[at]],
    color: colours[nodes.label[at]], size: Math.min(18, 1.6 + 0.9 * Math.sqrt(nodes.degree[at])),
  }));
  return graph;
}

function shortName(name) {
  const letters = Array.from(name || "");
  return letters.length > LONGEST ? letters.slice(0, LONGEST - 1).join("") + "…" : letters.join("");
}

// The whole name, on a plate: of the node that is pointed at or chosen.
function drawPlate(context, node, settings, tones) {
  if (!node.label) return;
  context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
  const width = context.measureText(node.label).width + 12;
  const left = node.x + node.size + 2;
  context.fillStyle = tones.paper;
  context.strokeStyle = tones.soft;
  context.beginPath();
  context.roundRect(left, node.y - 12, width, 24, 6);
  context.fill();
  context.stroke();
  context.beginPath();
  context.arc(node.x, node.y, node.size + 2, 0, 2 * Math.PI);
  context.stroke();
  context.fillStyle = tones.ink;
  context.fillText(node.label, left + 6, node.y + 4.5);
}
