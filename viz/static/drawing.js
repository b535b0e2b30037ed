// The drawing in its frame. The frame is a page of its own without rights (sandbox), so it is spoken
// to by messages only.
import { get } from "./api.js";
import { $, el } from "./dom.js";

const FEW = 10; // a star of fewer nodes than this says little, so two steps are drawn

let frame = null;
let centre = "";
let wanted = "";
let chosen = false; // whether the reader has set the number of steps
let redraw = () => {};

export async function drawGraph(id, remember, signal) {
  try {
    await draw(id, remember, signal);
  } catch (error) {
    if (error.name === "AbortError") return;
    $("frame").classList.remove("busy");
    $("graph-note").textContent = error.message;
  }
}

async function draw(id, remember, signal) {
  centre = id;
  $("graph").hidden = false;
  redraw = () => drawGraph(id, remember, signal);
  $("frame").classList.add("busy");
  if (!chosen) $("depth").value = "1";
  let graph = await fetchGraph(id, signal);
  if (!chosen && graph.nodes.length < FEW) {
    $("depth").value = "2";
    graph = await fetchGraph(id, signal);
  }
  remember(graph.relations);
  const counts = graph.nodes.length + " 个节点 · " + graph.relations.length + " 条关系";
  const cut = graph.truncated ? "(较多,只画出一部分)" : "";
  $("graph-note").textContent = counts + cut + " · 点连线看原文,点节点看详情";
  frame = el("iframe", {
    title: "关系图",
    sandbox: "allow-scripts",
    src: "/graph/" + encodeURIComponent(id) + "?depth=" + $("depth").value,
  });
  $("frame").replaceChildren(frame);
}

function fetchGraph(id, signal) {
  return get("/api/v1/graph/" + encodeURIComponent(id), { depth: $("depth").value }, signal);
}

export function hideGraph() {
  $("graph").hidden = true;
  $("frame").replaceChildren();
  frame = null;
}

export function selectInGraph(eid) {
  wanted = eid;
  if (frame) frame.contentWindow.postMessage({ policykg: "select", id: eid }, "*");
}

export function watchGraph({ node, edge }) {
  addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || !event.data) return;
    const { policykg: type, id } = event.data;
    if (type === "ready") {
      $("frame").classList.remove("busy");
      if (wanted) selectInGraph(wanted);
    }
    if (type === "node" && id !== centre) node(String(id));
    if (type === "edge") edge(String(id), centre);
  });
  $("depth").addEventListener("change", () => {
    chosen = true;
    redraw();
  });
}
