// The drawing in its frame. The frame is a page of its own without rights (sandbox), so it is spoken
// to by messages only.
import { get } from "./api.js";
import { $, el } from "./dom.js";

let frame = null;
let centre = "";
let wanted = "";
let redraw = () => {};

export async function drawGraph(id, remember, signal) {
  centre = id;
  $("graph").hidden = false;
  const depth = $("depth").value;
  redraw = () => drawGraph(id, remember, signal);
  const graph = await get("/api/v1/graph/" + encodeURIComponent(id), { depth }, signal);
  remember(graph.relations);
  const counts = graph.nodes.length + " 个节点 · " + graph.relations.length + " 条关系";
  $("graph-note").textContent = counts + (graph.truncated ? "(较多,只画出一部分)" : "") + " · 点连线看原文";
  frame = el("iframe", {
    title: "关系图",
    sandbox: "allow-scripts",
    src: "/graph/" + encodeURIComponent(id) + "?depth=" + depth,
  });
  $("frame").replaceChildren(frame);
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
    if (type === "ready" && wanted) selectInGraph(wanted);
    if (type === "node" && id !== centre) node(String(id));
    if (type === "edge") edge(String(id), centre);
  });
  $("depth").addEventListener("change", () => redraw());
}
