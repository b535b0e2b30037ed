// The page that stands alone: its list of relations, and the words of the one that is chosen.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("policykg-data").textContent);
  const byId = new Map(data.nodes.map((n) => [n.id, n]));
  const edgesById = new Map(data.edges.map((e) => [e.id, e]));
  const $ = (id) => document.getElementById(id);

  function fact(edge) {
    return [byId.get(edge.start).name, edge.kind, byId.get(edge.end).name];
  }

  // Offsets count code points, JavaScript strings count UTF-16 units: cut an array of characters.
  function drawWords(box, { context, start, end }) {
    const letters = Array.from(context);
    const mark = document.createElement("mark");
    mark.textContent = letters.slice(start, end).join("");
    box.replaceChildren(letters.slice(0, start).join(""), mark, letters.slice(end).join(""));
    mark.scrollIntoView({ block: "center" });
  }

  function show(id) {
    const edge = edgesById.get(id);
    if (!edge) return;
    $("evidence").hidden = false;
    const [from, kind, to] = fact(edge);
    const verb = document.createElement("b");
    verb.textContent = kind;
    $("evidence-fact").replaceChildren(from, verb, to);
    for (const button of $("edges").querySelectorAll("button")) {
      button.setAttribute("aria-current", String(button.dataset.id === id));
    }
    const found = edge.evidence;
    if (found) {
      $("evidence-notice").textContent = "见《" + found.title + "》";
      drawWords($("evidence-text"), found);
    } else {
      $("evidence-notice").textContent = "来自参考数据:" + (edge.source || "未注明");
      $("evidence-text").replaceChildren();
    }
    PolicyGraph.select(id);
    $("evidence").scrollIntoView({ block: "nearest" });
  }

  function hide() {
    $("evidence").hidden = true;
    PolicyGraph.select("");
    for (const button of $("edges").querySelectorAll("button")) button.removeAttribute("aria-current");
  }

  // the relations of one node, or all of them
  function list(node) {
    const chosen = node ? data.edges.filter((edge) => edge.start === node || edge.end === node) : data.edges;
    $("edges").replaceChildren();
    $("edges-of").textContent = node ? byId.get(node).name : "";
    $("edges-all").hidden = !node;
    for (const edge of chosen) {
      const [from, kind, to] = fact(edge);
      const button = document.createElement("button");
      const verb = document.createElement("b");
      verb.textContent = kind;
      button.type = "button";
      button.dataset.id = edge.id;
      button.append(from, verb, to);
      button.addEventListener("click", () => show(edge.id));
      const item = document.createElement("li");
      item.append(button);
      $("edges").append(item);
    }
  }

  const centre = byId.get(data.centre);
  $("title").textContent = data.title || (centre ? centre.name : "");
  $("summary").textContent =
    (centre ? centre.kind + " · " : "") + data.nodes.length + " 个节点 · " + data.edges.length + " 条关系" +
    (data.truncated ? "(仅为一部分)" : "");
  list("");
  PolicyGraph.onEdge = show;
  PolicyGraph.onNode = (id) => {
    hide();
    list(id);
  };
  $("edges-all").addEventListener("click", () => list(""));
  $("evidence-close").addEventListener("click", hide);
  addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  PolicyGraph.start();
})();
