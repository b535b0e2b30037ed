// The panel with a notice's text, the words of one relation marked in it.
import { get } from "./api.js";
import { $, el } from "./dom.js";
import * as routes from "./routes.js";

const WINDOW = 4000; // code points; the whole text comes on request

export function hideWords() {
  $("source").hidden = true;
}

export async function showWords(place, relation, { signal, open }) {
  $("source").hidden = false;
  drawFact(relation);
  if (!place.notice) {
    $("source-notice").textContent = "来自参考数据:" + ((relation && relation.source) || "未注明");
    $("source-text").replaceChildren();
    $("source-how").textContent = "";
    $("source-all").hidden = true;
    return;
  }
  const from = Math.max(0, place.start - WINDOW / 2);
  const length = place.end > place.start ? WINDOW + place.end - place.start : null;
  await drawText(place, relation, { from, length }, { signal, open });
}

async function drawText(place, relation, range, { signal, open }) {
  const path = "/api/v1/notices/" + encodeURIComponent(place.notice);
  const notice = await get(path, { from: range.from, length: range.length, limit: 200 }, signal);
  const { text, relations } = notice;
  const known = relation || relations.find((r) => r.eid === place.eid);
  drawFact(known);
  drawNotice(notice);
  const shift = (r) => ({
    id: r.eid,
    start: r.evidence.start - text.start,
    end: r.evidence.end - text.start,
    title: r.start.name + " " + r.name + " " + r.end.name,
  });
  const marked = place.end > place.start; // else the notice is opened to be read
  const active = marked ? { start: place.start - text.start, end: place.end - text.start } : null;
  const others = relations.filter((r) => r.eid !== place.eid).map(shift);
  const byId = new Map(relations.map((r) => [r.eid, r]));
  PolicyEvidence.draw($("source-text"), text.content, active, others, (eid) => open(byId.get(eid)));
  const partial = text.start > 0 || text.end < text.total;
  $("source-how").textContent = partial
    ? "第 " + (text.start + 1) + "–" + text.end + " 字,共 " + text.total + " 字"
    : "共 " + text.total + " 字";
  const all = $("source-all");
  all.hidden = !partial;
  all.onclick = () => drawText(place, known, { from: 0, length: null }, { signal, open });
}

function drawFact(relation) {
  const fact = $("source-fact");
  if (relation) fact.replaceChildren(relation.start.name, el("b", {}, relation.name), relation.end.name);
  else fact.replaceChildren("公文原文");
}

function drawNotice(notice) {
  const details = [notice.document_number, notice.issued_on].filter(Boolean).join(" · ");
  $("source-notice").replaceChildren(
    el("a", { href: routes.entity(notice.id) }, notice.title),
    details ? el("span", {}, " " + details) : "",
  );
}
