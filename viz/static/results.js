// What a search found, and the answer if the words were a question.
import { get } from "./api.js";
import { el, kind, say } from "./dom.js";
import { drawAnswer } from "./answers.js";
import * as routes from "./routes.js";

export async function drawSearch(container, text, signal) {
  if (Array.from(text).length < 2) {
    container.replaceChildren(el("p", {}, "请至少写两个字。"));
    return null;
  }
  container.replaceChildren(el("p", { class: "note" }, "正在查找…"));
  const [found, answer] = await Promise.all([
    get("/api/v1/search", { q: text, limit: 30 }, signal),
    get("/api/v1/ask", { q: text, limit: 30 }, signal).catch((error) => {
      if (error.name === "AbortError") throw error;
      return null; // most searches are no questions
    }),
  ]);
  const parts = [];
  if (answer && answer.understood) parts.push(drawAnswer(answer));
  if (found.hits.length) parts.push(el("p", { class: "eyebrow" }, "名称中有“" + text + "”的"));
  const list = el("ul", { class: "rows" });
  list.append(...found.hits.map(hit));
  parts.push(list);
  if (!found.hits.length && !(answer && answer.understood)) parts.push(nothing(answer));
  if (found.truncated) parts.push(el("p", { class: "note" }, "结果较多,只列出前 " + found.hits.length + " 条;多写几个字可以缩小范围。"));
  for (const note of found.notes) parts.push(el("p", { class: "note" }, note));
  container.replaceChildren(...parts);
  say("找到 " + found.hits.length + " 条结果");
  const links = container.querySelectorAll("a.row-main");
  return found.hits.length ? found.hits[0].id : links.length ? links[0].dataset.node : null;
}

function hit(row) {
  const where = row.snippet || row.notice_title;
  const link = el("a", { class: "row-main", href: routes.entity(row.id), "data-node": row.id },
    el("span", { class: "row-name" }, row.name),
    el("span", { class: "row-note" }, kind(row), where ? " · " + where : ""));
  return el("li", { class: "row" }, link);
}

function nothing(answer) {
  const box = el("div", {}, el("p", {}, "没有找到。换个说法,或只写名称中的两三个字试试。"));
  if (answer && answer.examples.length) {
    const chips = answer.examples.map((text) => el("li", {}, el("a", { href: routes.search(text) }, text)));
    box.append(el("p", { class: "note" }, "也可以这样提问:"), el("ul", { class: "chips" }, ...chips));
  }
  return box;
}
