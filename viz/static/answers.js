// The rows that answer a question, whichever query they come from, as lines that lead somewhere.
import { el } from "./dom.js";
import * as routes from "./routes.js";

const ROLES = { LEADS: "牵头", RESPONSIBLE_FOR: "负责", SUPPORTS: "配合" };
const RELATIONS = {
  SUPPORTS: "支持", MENTIONS: "提及", implements: "贯彻落实", based_on: "依据", forwards: "转发",
  amends: "修订", repeals: "废止", text_reuse: "沿用文字",
};

export function drawAnswer(answer) {
  const rows = el("ul", { class: "rows" });
  for (const row of answer.rows) rows.append(el("li", { class: "row" }, line(row)));
  return el("section", { class: "answer", "aria-label": "回答" },
    el("p", { class: "eyebrow" }, "回答 · " + answer.summary_zh),
    ...answer.notes.map((note) => el("p", { class: "note" }, note)),
    rows,
    answer.rows.length ? null : el("p", { class: "note" }, "图中没有符合的内容。"),
    answer.truncated ? el("p", { class: "note" }, "还有更多,此处只列出前 " + answer.rows.length + " 条。") : null);
}

function line(row) {
  const found = read(row);
  const inside = [el("span", { class: "row-name" }, ...found.name)];
  if (row.quote) inside.push(el("span", { class: "row-quote" }, "“" + row.quote + "”"));
  if (found.note) inside.push(el("span", { class: "row-note" }, found.note));
  const href = row.notice_id && row.quote
    ? routes.words(found.id, { eid: row.eid || "", evidence: row })
    : routes.entity(found.id);
  return el("a", { class: "row-main", href, "data-node": found.id }, ...inside);
}

// id: the node it leads to; name: what it is; note: where it stands
function read(row) {
  const verb = (word) => el("b", { class: "verb" }, word);
  const where = [row.notice_title, row.issued_on, row.due_text || row.due_on].filter(Boolean).join(" · ");
  if (row.measure_id && row.actor) {
    return { id: row.measure_id, name: [el("span", {}, row.actor), verb(ROLES[row.role] || row.role), row.measure], note: where };
  }
  if (row.measure_id && row.subject) {
    return { id: row.measure_id, name: [verb(RELATIONS[row.relation] || row.relation), row.measure], note: where };
  }
  if (row.measure_id) return { id: row.measure_id, name: [row.measure], note: where };
  if (row.origin_id) {
    return { id: row.origin_id, name: [el("span", {}, row.notice_title), verb(RELATIONS[row.relation] || row.relation), row.origin], note: row.issued_on };
  }
  if (row.first_id) {
    return { id: row.second_id, name: [el("span", {}, row.first), verb("合作"), row.second], note: "共同参与 " + row.shared + " 项措施" };
  }
  if (row.id) return { id: row.id, name: [row.name || row.title], note: row.snippet || where };
  return { id: row.notice_id, name: [row.notice_title], note: [row.document_number, row.issued_on].filter(Boolean).join(" · ") };
}
