// What a search found, and the answer if the words were a question.
import { get } from "./api.js";
import { el, kind, say } from "./dom.js";
import * as routes from "./routes.js";

export async function drawSearch(container, text, signal) {
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
  parts.push(el("p", { class: "eyebrow" }, "“" + text + "”的搜索结果"));
  const list = el("ul", { class: "rows" });
  list.append(...found.rows.map(hit));
  parts.push(list);
  if (!found.rows.length && !(answer && answer.understood)) parts.push(nothing(answer));
  if (found.truncated) parts.push(el("p", { class: "note" }, "结果较多,只列出前 " + found.rows.length + " 条;多写几个字可以缩小范围。"));
  for (const note of found.notes) parts.push(el("p", { class: "note" }, note));
  container.replaceChildren(...parts);
  say("找到 " + found.rows.length + " 条结果");
  return (answer && answer.understood && answer.about) || (found.rows.length ? found.rows[0].id : null);
}

function hit(row) {
  const link = el("a", { class: "row-main", href: routes.entity(row.id) },
    el("span", { class: "row-name" }, row.name), kind(row));
  return el("li", { class: "row" }, link);
}

function drawAnswer(answer) {
  const rows = el("ul", { class: "rows" });
  for (const row of answer.items) {
    const inside = [el("span", { class: "row-name" }, row.name)];
    if (row.note) inside.push(el("span", { class: "row-note" }, row.note));
    if (row.quote) inside.push(el("span", { class: "row-quote" }, "“" + row.quote + "”"));
    rows.append(el("li", { class: "row" }, el("a", { class: "row-main", href: answerLink(row) }, ...inside)));
  }
  const notes = answer.notes.map((note) => el("p", { class: "note" }, note));
  return el("section", { class: "answer", "aria-label": "回答" },
    el("p", { class: "eyebrow" }, "回答 · " + answer.summary), ...notes, rows,
    answer.items.length ? null : el("p", { class: "note" }, "图中没有符合的内容。"),
    answer.truncated ? el("p", { class: "note" }, "还有更多,此处只列出一部分。") : null);
}

function answerLink(row) {
  return row.relation ? routes.words(row.id, row.relation) : routes.entity(row.id);
}

function nothing(answer) {
  const box = el("div", {}, el("p", {}, "没有找到。换个说法,或只写名称中的两三个字试试。"));
  if (answer && answer.examples.length) {
    const chips = answer.examples.map((text) => el("li", {}, el("a", { href: routes.search(text) }, text)));
    box.append(el("p", { class: "note" }, "也可以这样提问:"), el("ul", { class: "chips" }, ...chips));
  }
  return box;
}
