// Around the drawing that pyvis made (globals: network, nodes, edges): tooltips from plain text,
// colours that follow the system, the legend, and clicks handed on.
"use strict";
var PolicyGraph = (() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const SHAPES = {
    dot: "M6.5 1a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z",
    square: "M1.5 1.5h10v10h-10z",
    diamond: "M6.5 .5l6 6-6 6-6-6z",
    triangle: "M6.5 1l6 11h-12z",
    triangleDown: "M6.5 12l6-11h-12z",
    hexagon: "M3.5 1.3h6l3 5.2-3 5.2h-6l-3-5.2z",
    star: "M6.5 .5l1.8 4 4.4.4-3.3 2.9 1 4.3-3.9-2.3-3.9 2.3 1-4.3L.3 4.9l4.4-.4z",
  };
  const READABLE = 0.75;
  let selected = "";
  let onEdge = () => {};
  let onNode = () => {};

  function tooltip(kind, name, quote) {
    const box = document.createElement("div");
    const top = document.createElement("div");
    top.className = "tip-kind";
    top.textContent = kind;
    box.append(top, name);
    if (quote) {
      const words = document.createElement("div");
      words.className = "tip-quote";
      words.textContent = "“" + quote + "”";
      box.append(words);
    }
    return box;
  }

  function addTooltips() {
    nodes.update(nodes.map((n) => ({ id: n.id, title: tooltip(n.kind, n.full, "") })));
    edges.update(
      edges.map((e) => {
        const ends = nodes.get(e.from).full + " → " + nodes.get(e.to).full;
        return { id: e.id, title: tooltip(e.kind, ends, e.quote) };
      }),
    );
  }

  function paint() {
    const ink = dark.matches ? "#e8e6e1" : "#1d2129";
    const soft = dark.matches ? "#a2a8b3" : "#5c6470";
    const panel = dark.matches ? "#1d2026" : "#ffffff";
    const line = dark.matches ? "#565d69" : "#b9bec6";
    const accent = dark.matches ? "#f0786b" : "#b5291f";
    network.setOptions({
      nodes: { font: { color: ink, strokeWidth: 4, strokeColor: panel } },
      edges: {
        color: { color: line, hover: accent, highlight: accent, inherit: false },
        font: { color: soft, strokeWidth: 4, strokeColor: panel },
      },
    });
    nodes.update(
      nodes.map((n) => ({ id: n.id, font: n.centre ? { size: 19, color: ink } : { color: ink } })),
    );
  }

  function drawLegend() {
    const list = document.querySelector(".graph-legend");
    const seen = new Map();
    nodes.forEach((n) => seen.set(n.kind, n));
    for (const [kind, node] of seen) {
      const item = document.createElement("li");
      const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      icon.setAttribute("viewBox", "0 0 13 13");
      icon.setAttribute("aria-hidden", "true");
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("d", SHAPES[node.shape] || SHAPES.dot);
      const colour = node.color.background || node.color;
      path.setAttribute("fill", colour);
      icon.append(path);
      item.append(icon, kind);
      list.append(item);
    }
  }

  function fit() {
    network.fit({ animation: false, maxZoomLevel: 1.25 });
    if (selected) approach(selected);
  }

  function zoom(factor) {
    network.moveTo({ scale: network.getScale() * factor });
  }

  function start() {
    addTooltips();
    paint();
    drawLegend();
    fit();
    dark.addEventListener("change", paint);
    addEventListener("resize", fit);
    const whole = () => network.fit({ maxZoomLevel: 1.25 });
    const tools = { in: () => zoom(1.3), out: () => zoom(1 / 1.3), fit: whole };
    for (const button of document.querySelectorAll(".graph-tools button")) {
      button.addEventListener("click", tools[button.dataset.tool]);
    }
    network.on("click", (event) => {
      if (event.nodes.length) onNode(event.nodes[0]);
      else if (event.edges.length) onEdge(event.edges[0]);
    });
    const canvas = document.querySelector("#mynetwork canvas");
    network.on("hoverNode", () => { canvas.style.cursor = "pointer"; });
    network.on("hoverEdge", () => { canvas.style.cursor = "pointer"; });
    network.on("blurNode", () => { canvas.style.cursor = ""; });
    network.on("blurEdge", () => { canvas.style.cursor = ""; });
  }

  function select(id) {
    selected = edges.get(id) ? id : "";
    network.unselectAll();
    if (!selected) return;
    network.selectEdges([id]);
    approach(id);
  }

  // bring the edge into view, near enough for its ends to be read
  function approach(id) {
    const { x, y } = network.body.edges[id].edgeType.getPoint(0.5);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const scale = Math.max(network.getScale(), READABLE);
    network.moveTo({ position: { x, y }, scale, animation: calm ? false : { duration: 300 } });
  }

  // where a click on the edge would land, in CSS pixels of the page; null if it is not drawn
  function middleOf(id) {
    const edge = edges.get(id);
    if (!edge) return null;
    const middle = network.body.edges[id].edgeType.getPoint(0.5);
    const at = network.canvasToDOM(middle);
    const box = document.getElementById("mynetwork").getBoundingClientRect();
    return { x: box.left + at.x, y: box.top + at.y };
  }

  return {
    start,
    select,
    middleOf,
    set onEdge(handler) { onEdge = handler; },
    set onNode(handler) { onNode = handler; },
  };
})();
