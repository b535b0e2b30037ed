// Networks by cytoscape.js, in the page's colours; labels that stay readable, export as PNG and SVG.
import { el, later } from "./dom.js";
import { textSvg } from "./drawn.js";
import { labelColour, labelShape } from "./names.js";
import { colour, onTheme } from "./theme.js";
import { library } from "./vendor.js";

const SHAPES = {
  square: "round-rectangle", dot: "ellipse", diamond: "diamond", triangle: "triangle",
  triangleDown: "vee", star: "star", hexagon: "hexagon",
};
const LONGEST = 26; // characters of a name under its node
const FONT = 15; // of a name, in the drawing's own measure
const READABLE = 11.5; // px on the screen, below which names do not shrink
const ROW = 9; // Han characters on a line of a name
const TIDY_UP_TO = 1500; // nodes; sorting out the names of more takes too long
const LARGEST = 1.6; // times its own size that a drawing of few nodes is shown at
const LABELS_UP_TO = 150; // edges; more names of edges than that hide the drawing

// Draws into an element that has a size.
//
// nodes: [{ id, label, name, x, y, size?, note?, colour? }]; x and y are the server's places.
// edges: [{ id, source, target, name, note?, width?, colour?, dashed? }]; note is shown on hover.
// given: { onNode(id), onEdge(id), onNothing(), onMoved(id, x, y), title } — all optional.
// Returns { cy, set(nodes, edges), fit(), select(id), png(), svg(), close(), settled() }.
export async function network(element, nodes, edges, given = {}) {
  const cytoscape = await library("cytoscape");
  element.classList.add("network");
  element.setAttribute("role", "application");
  element.setAttribute("tabindex", "0");
  if (given.title) element.setAttribute("aria-label", given.title);
  const cy = cytoscape({
    container: element,
    elements: elements(nodes, edges),
    style: style(),
    layout: { name: "preset" },
    minZoom: 0.05,
    maxZoom: 4,
    boxSelectionEnabled: true,
    selectionType: "single",
    textureOnViewport: nodes.length > 1500,
    hideEdgesOnViewport: nodes.length > 1500,
  });
  const hover = hoverNote(element, cy);
  const tidy = later(60, () => !cy.destroyed() && tidyNames(cy));
  const fit = () => {
    cy.fit(cy.elements(":visible"), 36);
    if (cy.zoom() > LARGEST) cy.zoom(LARGEST).center(cy.elements(":visible"));
  };
  const made = {
    cy,
    fit,
    set: (next, links) => {
      replace(cy, next, links);
      tidy();
    },
    select: (id) => {
      cy.elements(".chosen").removeClass("chosen");
      if (id) cy.getElementById(id).addClass("chosen");
      tidy();
    },
    png: () => cy.png({ full: true, scale: 2, maxWidth: 6000, maxHeight: 6000, bg: colour("panel") }),
    svg: () => drawSvg(cy),
    // resolves when nothing moves: for tests, which click where a thing stands
    settled: () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    close: () => {
      watch.disconnect();
      forget();
      hover.remove();
      cy.destroy();
    },
  };
  const watch = new ResizeObserver(() => {
    cy.resize();
    if (!made.touched) fit();
  });
  watch.observe(element);
  const forget = onTheme(() => {
    cy.style(style());
    tidy();
  });
  cy.on("viewport dragfreeon", tidy);
  cy.on("tap", "node", (event) => given.onNode && given.onNode(event.target.id(), event.originalEvent));
  cy.on("tap", "edge", (event) => given.onEdge && given.onEdge(event.target.id()));
  cy.on("tap", (event) => event.target === cy && given.onNothing && given.onNothing());
  cy.on("dragfreeon", "node", (event) => given.onMoved && given.onMoved(event.target.id(), event.target.position("x"), event.target.position("y")));
  cy.on("scrollzoom pinchzoom dragpan", () => {
    made.touched = true;
  });
  element.addEventListener("keydown", (event) => walk(event, cy, made, given));
  fit();
  element.network = made;
  return made;
}

function elements(nodes, edges) {
  return [
    ...nodes.map((node) => ({ group: "nodes", data: nodeData(node), position: { x: node.x, y: node.y } })),
    ...edges.map((edge) => ({ group: "edges", data: edgeData(edge, edges.length) })),
  ];
}

function nodeData(node) {
  const letters = Array.from(node.name);
  return {
    id: node.id, name: node.name, note: node.note || "", label: node.label,
    short: letters.length > LONGEST ? letters.slice(0, LONGEST - 1).join("") + "…" : node.name,
    colour: node.colour || labelColour(node.label), shape: SHAPES[labelShape(node.label)] || "ellipse",
    size: node.size || 26, badge: node.badge || "",
  };
}

function edgeData(edge, count) {
  return {
    id: edge.id, source: edge.source, target: edge.target, name: count > LABELS_UP_TO ? "" : edge.name,
    full: edge.name, note: edge.note || "", width: edge.width || 1.4, colour: edge.colour || "", dashed: edge.dashed ? 1 : 0,
  };
}

function replace(cy, nodes, edges) {
  cy.batch(() => {
    const wanted = new Set([...nodes, ...edges].map((one) => one.id));
    cy.elements().filter((one) => !wanted.has(one.id())).remove();
    for (const node of nodes) {
      const there = cy.getElementById(node.id);
      if (there.empty()) cy.add({ group: "nodes", data: nodeData(node), position: { x: node.x, y: node.y } });
      else there.data(nodeData(node)).position({ x: node.x, y: node.y });
    }
    for (const edge of edges) {
      const there = cy.getElementById(edge.id);
      if (there.empty()) cy.add({ group: "edges", data: edgeData(edge, edges.length) });
      else there.data("name", edgeData(edge, edges.length).name);
    }
  });
}

// Keeps names readable at every zoom: they do not shrink below a size, and of names that would
// cover each other that of the larger node stays.
function tidyNames(cy) {
  const nodes = cy.nodes(":visible");
  if (nodes.length > TIDY_UP_TO) return;
  const zoom = cy.zoom();
  const size = Math.min(4 * FONT, Math.max(FONT, READABLE / zoom));
  cy.style().selector("node").style({ "font-size": size, "text-max-width": (140 * size) / FONT }).update();
  const rank = (node) => (node.hasClass("chosen") || node.hasClass("near") ? 1e6 : 0) + node.data("size");
  const kept = [];
  const quiet = new Set();
  for (const node of nodes.toArray().sort((a, b) => rank(b) - rank(a))) {
    const box = nameBox(node, size * zoom, zoom);
    if (kept.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)) quiet.add(node.id());
    else kept.push(box);
  }
  cy.batch(() => nodes.forEach((node) => node.toggleClass("quiet", quiet.has(node.id()))));
}

function nameBox(node, pixels, zoom) {
  const { x, y } = node.renderedPosition();
  const wide = Array.from(node.data("short")).reduce((sum, letter) => sum + (letter.codePointAt(0) > 0x2e80 ? 1 : 0.6), 0);
  const half = (Math.min(wide, ROW) * pixels) / 2;
  const top = y + (node.data("size") / 2 + 5) * zoom;
  return { left: x - half, right: x + half, top, bottom: top + Math.ceil(wide / ROW) * pixels * 1.25 };
}

function style() {
  const [ink, soft, panel, accent, line] = ["ink", "soft", "panel", "accent", "line"].map(colour);
  const font = getComputedStyle(document.body).fontFamily;
  return [
    { selector: "node", style: {
      "background-color": "data(colour)", shape: "data(shape)", width: "data(size)", height: "data(size)",
      label: "data(short)", color: ink, "font-family": font, "font-size": FONT, "text-valign": "bottom", "text-margin-y": 5,
      "text-wrap": "wrap", "text-overflow-wrap": "anywhere", "text-max-width": 140, "line-height": 1.25,
      "text-outline-color": panel, "text-outline-width": 2, "text-outline-opacity": 0.9, "min-zoomed-font-size": 7,
    } },
    { selector: "edge", style: {
      width: "data(width)", "line-color": soft, "line-opacity": 0.55, "curve-style": "bezier", "control-point-step-size": 34,
      "target-arrow-shape": "triangle", "target-arrow-color": soft, "arrow-scale": 0.85,
      label: "data(name)", color: soft, "font-family": font, "font-size": 13, "text-rotation": "autorotate",
      "text-outline-color": panel, "text-outline-width": 3, "min-zoomed-font-size": 8,
    } },
    { selector: "edge[colour != '']", style: { "line-color": "data(colour)", "target-arrow-color": "data(colour)" } },
    { selector: "edge[dashed = 1]", style: { "line-style": "dashed" } },
    { selector: "node.quiet", style: { label: "" } },
    { selector: "node:selected", style: { "border-width": 4, "border-color": line, "border-opacity": 1, "underlay-color": accent, "underlay-opacity": 0.22, "underlay-padding": 8 } },
    { selector: "node.chosen", style: { "border-width": 4, "border-color": accent } },
    { selector: "edge.chosen, edge.path", style: { "line-color": accent, "target-arrow-color": accent, "line-opacity": 1, width: 3.2, color: accent, "z-index": 9 } },
    { selector: "node.pinned", style: { "border-width": 3, "border-color": ink, "border-style": "double" } },
    { selector: ".faded", style: { opacity: 0.18 } },
    { selector: ".gone", style: { display: "none" } },
    { selector: "node.near", style: { "underlay-color": accent, "underlay-opacity": 0.14, "underlay-padding": 6 } },
  ];
}

// What is under the pointer, in words: the whole name, or the quote that a line rests on.
function hoverNote(element, cy) {
  const note = el("div", { class: "hover-note", role: "tooltip", hidden: true });
  document.body.append(note);
  cy.on("mouseover", "node, edge", (event) => {
    const data = event.target.data();
    const name = event.target.isNode() ? data.name : `${event.target.source().data("name")} ${data.full} ${event.target.target().data("name")}`;
    note.replaceChildren(el("strong", {}, name), data.note ? el("span", {}, data.note) : "");
    note.hidden = false;
  });
  cy.on("mousemove", "node, edge", (event) => {
    const { clientX, clientY } = event.originalEvent;
    const { width, height } = note.getBoundingClientRect();
    note.style.left = Math.max(8, Math.min(clientX + 14, innerWidth - width - 8)) + "px";
    note.style.top = (clientY + 18 + height > innerHeight ? clientY - height - 12 : clientY + 18) + "px";
  });
  cy.on("mouseout drag viewport remove", () => {
    note.hidden = true;
  });
  element.addEventListener("mouseleave", () => {
    note.hidden = true;
  });
  return note;
}

// The arrows go from node to node, Enter opens the one reached, + and - zoom, 0 shows all.
function walk(event, cy, made, given) {
  const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  const near = cy.nodes(".near");
  if (ways[event.key] && !event.altKey && !event.ctrlKey && !event.metaKey) {
    const next = nearest(cy, near.nonempty() ? near[0] : null, ways[event.key]);
    if (next) {
      near.removeClass("near");
      next.addClass("near");
      cy.center(next);
      if (given.onNear) given.onNear(next.id());
    }
  } else if (event.key === "Enter" && near.nonempty() && given.onNode) given.onNode(near[0].id(), event);
  else if (event.key === "+" || event.key === "=") cy.zoom({ level: cy.zoom() * 1.25, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  else if (event.key === "-") cy.zoom({ level: cy.zoom() / 1.25, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  else if (event.key === "0") made.fit();
  else return;
  event.preventDefault();
}

function nearest(cy, from, [dx, dy]) {
  const nodes = cy.nodes(":visible");
  if (!from) return nodes[0];
  const at = from.position();
  let best = null;
  let least = Infinity;
  nodes.forEach((node) => {
    const [x, y] = [node.position("x") - at.x, node.position("y") - at.y];
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    if (along <= 0 || node.same(from)) return;
    const cost = along + 2.2 * aside;
    if (cost < least) [best, least] = [node, cost];
  });
  return best;
}

function drawSvg(cy) {
  const box = cy.elements(":visible").boundingBox();
  const [ink, soft, panel] = ["ink", "soft", "panel"].map(colour);
  const out = [];
  const round = (value) => Math.round(value * 10) / 10;
  cy.edges(":visible").forEach((edge) => {
    const [a, b] = [edge.sourceEndpoint(), edge.targetEndpoint()];
    const [control] = edge.controlPoints() || [];
    const path = control ? `M${round(a.x)} ${round(a.y)}Q${round(control.x)} ${round(control.y)} ${round(b.x)} ${round(b.y)}` : `M${round(a.x)} ${round(a.y)}L${round(b.x)} ${round(b.y)}`;
    const tone = edge.data("colour") || soft;
    out.push(`<path d="${path}" fill="none" stroke="${tone}" stroke-opacity="0.6" stroke-width="${edge.data("width")}"${edge.data("dashed") ? ' stroke-dasharray="5 4"' : ""} marker-end="url(#arrow)"/>`);
    const middle = edge.midpoint();
    if (edge.data("name")) out.push(textSvg(round(middle.x), round(middle.y), edge.data("name"), 11, soft, panel));
  });
  cy.nodes(":visible").forEach((node) => {
    const { x, y } = node.position();
    out.push(shape(node.data("shape"), round(x), round(y), node.data("size") / 2, node.data("colour")));
    lines(node.data("short")).forEach((text, row) => out.push(textSvg(round(x), round(y + node.data("size") / 2 + 16 + row * 16), text, 13, ink, panel)));
  });
  const [left, top, width, height] = [box.x1 - 30, box.y1 - 30, box.w + 60, box.h + 60].map(round);
  const arrow = `<marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0 10 5 0 10z" fill="${soft}"/></marker>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif"><defs>${arrow}</defs><rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${panel}"/>${out.join("")}</svg>`;
}

function lines(text) {
  const letters = Array.from(text);
  const rows = Math.ceil(letters.length / 10);
  const width = Math.ceil(letters.length / Math.max(1, rows));
  return Array.from({ length: rows }, (_, row) => letters.slice(row * width, (row + 1) * width).join(""));
}

function shape(kind, x, y, r, fill) {
  const points = (list) => `<polygon points="${list.map(([a, b]) => `${x + a * r},${y + b * r}`).join(" ")}" fill="${fill}"/>`;
  if (kind === "round-rectangle") return `<rect x="${x - r}" y="${y - r}" width="${2 * r}" height="${2 * r}" rx="${r / 4}" fill="${fill}"/>`;
  if (kind === "diamond") return points([[0, -1], [1, 0], [0, 1], [-1, 0]]);
  if (kind === "triangle") return points([[0, -1], [1, 1], [-1, 1]]);
  if (kind === "vee") return points([[-1, -1], [0, -0.33], [1, -1], [0, 1]]);
  if (kind === "hexagon") return points([[-1, 0], [-0.5, -1], [0.5, -1], [1, 0], [0.5, 1], [-0.5, 1]]);
  if (kind === "star") return points(Array.from({ length: 10 }, (_, i) => [Math.sin((i * Math.PI) / 5) * (i % 2 ? 0.45 : 1), -Math.cos((i * Math.PI) / 5) * (i % 2 ? 0.45 : 1)]));
  return `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`;
}
