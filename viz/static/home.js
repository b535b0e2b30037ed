// What is in the graph, and where to begin.
import { get } from "./api.js";
import { el } from "./dom.js";
import * as routes from "./routes.js";

const SHOWN = ["Measure", "Agency", "Product", "Place", "Institution", "Program"];

export async function drawHome(container, signal) {
  const [status, latest] = await Promise.all([
    get("/api/v1/status", {}, signal),
    get("/api/v1/notices", { status: "loaded", limit: 6 }, signal),
  ]);
  const counts = [["已读公文", status.notices_loaded]];
  for (const label of SHOWN) {
    const found = status.nodes.find((n) => n.label === label);
    if (found && found.count) counts.push([found.label_name, found.count]);
  }
  container.replaceChildren(
    el("h1", {}, "谁来做、做什么、依据哪句话"),
    el("p", { class: "lead" }, "从知识产权公文中读出机关、措施、产品、工具与目标之间的关系;每一条关系都能点开看原文。"),
    el("dl", { class: "counts" }, ...counts.map(([name, count]) =>
      el("div", {}, el("dt", {}, name), el("dd", {}, count.toLocaleString("zh-CN"))))),
    ...examples("可以这样开始", status.examples),
    ...notices(latest.notices),
    ...(status.notices_loaded ? [] : [el("p", { class: "note" }, "图中还没有公文。用 policykg load 装入后刷新本页。")]),
  );
}

function notices(found) {
  if (!found.length) return [];
  const rows = found.map((notice) => {
    const note = [notice.issued_on, notice.document_number, notice.jurisdiction].filter(Boolean).join(" · ");
    return el("li", { class: "row" }, el("a", { class: "row-main", href: routes.entity(notice.id) },
      el("span", { class: "row-name" }, notice.title), el("span", { class: "row-note" }, note)));
  });
  return [el("h2", {}, "近期公文"), el("ul", { class: "rows" }, ...rows)];
}

function examples(title, texts) {
  if (!texts.length) return [];
  const chips = texts.map((text) => el("li", {}, el("a", { href: routes.search(text) }, text)));
  return [el("h2", {}, title), el("ul", { class: "chips" }, ...chips)];
}
