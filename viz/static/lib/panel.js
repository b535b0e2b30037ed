// The side panel: a node or a relation, what it is, where it is said, and the words in their notice.
import { address, get } from "./api.js";
import { $, el, icon, put } from "./dom.js";
import { kind, labelColour, propertyRows, relationName } from "./names.js";
import { drawText } from "./reading.js";
import * as routes from "./routes.js";
import { fault, loading } from "./states.js";
import { t } from "./words.js";

const AROUND = 1500; // code points shown on either side of the words
const LISTED = 40; // relations of a node

let pending = new AbortController();

export function hidePanel() {
  pending.abort();
  $("panel").hidden = true;
}

// panel: as parsed by routes; here: { link(panel), close } of the page around it
export async function showPanel(panel, here) {
  pending.abort();
  pending = new AbortController();
  const { signal } = pending;
  $("panel").hidden = false;
  const body = $("panel-body");
  body.replaceChildren(loading());
  try {
    const parts = await read(panel, { ...here, signal });
    if (signal.aborted) return;
    put(body, parts);
    body.scrollTop = 0;
    const mark = body.querySelector("mark");
    if (mark) centre(mark, mark.closest(".evidence-text"));
  } catch (error) {
    if (error.name !== "AbortError" && !signal.aborted) body.replaceChildren(fault(error, () => showPanel(panel, here)));
  }
}

function read(panel, here) {
  if (panel.kind === "node") return readNode(panel.id, here);
  if (panel.kind === "edge") return readEdge(panel, here);
  return readText(panel, here);
}

async function readNode(id, here) {
  const path = "/api/v1/entities/" + encodeURIComponent(id);
  const found = await get(path, { limit: LISTED }, here.signal);
  const isNotice = found.label === "Notice";
  return [
    el("div", { class: "panel-kind" }, kind(found.label)),
    el("h2", { class: "panel-title" }, found.name),
    links(
      ["#/graph?node=" + id, t("openGraph")],
      isNotice && found.properties.status === "loaded" && ["#/notice?id=" + id, t("openNotice")],
      found.label === "Agency" && ["#/dossier?agency=" + id, t("openDossier")],
      isNotice && ["#/lineage?notice=" + id, t("openLineage")],
      found.properties.notice_id && ["#/notice?id=" + found.properties.notice_id + (found.properties.start ? "&at=" + found.properties.start + "-" + found.properties.end : ""), t("openNotice")],
      ...sources(found.properties.source_uri),
      [address(path, {}), t("openApi")],
    ),
    facts(propertyRows(found.properties, found.name)),
    found.properties.text && !isNotice ? el("blockquote", { class: "evidence-text short" }, found.properties.text) : null,
    el("h3", {}, t("relations")),
    found.relations.length ? relationList(found, here) : el("p", { class: "note" }, t("noRelations")),
    found.truncated ? el("p", { class: "note" }, t("truncated", { n: found.relations.length })) : null,
  ];
}

async function readEdge({ eid, end }, here) {
  const path = "/api/v1/explore/edges/" + encodeURIComponent(eid);
  const relation = await get(path, { end }, here.signal);
  const said = relation.evidence;
  const head = [
    el("div", { class: "panel-kind" }, t("evidence")),
    el("h2", { class: "panel-title fact" },
      el("a", { href: here.link(routes.node(relation.start.id)) }, relation.start.name), " ",
      el("b", {}, relationName(relation)), " ",
      el("a", { href: here.link(routes.node(relation.end.id)) }, relation.end.name)),
  ];
  const rows = propertyRows(relation.properties, "");
  if (relation.method) rows.push([t("how"), relation.method]);
  if (said && typeof said.confidence === "number") rows.push([t("confidence"), Math.round(said.confidence * 100) + " %"]);
  if (!said) {
    const source = relation.source || t("unnamed");
    return [...head, el("p", { class: "note" }, t("reference"), ":", source), facts(rows), links([address(path, { end }), t("openApi")])];
  }
  return [...head, ...(await words(said.notice_id, said, eid, here)), facts(rows), links([address(path, { end }), t("openApi")])];
}

async function readText({ notice, start, end }, here) {
  return [el("div", { class: "panel-kind" }, t("passage")), ...(await words(notice, { start, end }, "", here))];
}

// The notice's title, links, and its text around some words.
async function words(noticeId, said, eid, here, whole) {
  const path = "/api/v1/notices/" + encodeURIComponent(noticeId);
  const from = whole ? 0 : Math.max(0, said.start - AROUND);
  const length = whole ? null : said.end - from + AROUND;
  const notice = await get(path, { from, length, limit: 200 }, here.signal);
  const text = el("div", { class: "evidence-text", tabindex: "0", role: "document", "aria-label": t("passage") });
  const shift = (r) => ({
    id: r.eid,
    start: r.evidence.start - notice.text.start,
    end: r.evidence.end - notice.text.start,
    title: `${r.start.name} ${relationName(r)} ${r.end.name}`,
    colour: labelColour(r.end.label === "Measure" ? r.start.label : r.end.label),
    href: here.link(routes.edge(r.eid, r.start.id)),
  });
  const marked = { start: said.start - notice.text.start, end: said.end - notice.text.start };
  drawText(text, notice.text.content, marked, notice.relations.filter((r) => r.evidence && r.eid !== eid).map(shift));
  const partial = notice.text.start > 0 || notice.text.end < notice.text.total;
  const note = partial
    ? t("stretch", { a: notice.text.start + 1, b: notice.text.end, n: notice.text.total })
    : t("length", { n: notice.text.total });
  const about = [notice.document_number, notice.issued_on, notice.jurisdiction].filter(Boolean).join(" · ");
  const more = partial
    ? el("button", { type: "button", class: "button quiet", onclick: () => showWhole(text.parentElement, noticeId, said, eid, here) }, t("wholeText"))
    : null;
  const reader = `#/notice?id=${noticeId}&at=${said.start}-${said.end}`;
  return [
    el("div", { class: "words" },
      el("p", { class: "panel-notice" }, el("a", { href: here.link(routes.node(noticeId)) }, notice.title), about ? el("span", {}, about) : null),
      links([reader, t("openNotice")], ...sources(notice.source_uri)),
      text,
      el("p", { class: "words-foot" }, el("span", {}, note), more)),
  ];
}

async function showWhole(box, noticeId, said, eid, here) {
  const [drawn] = await words(noticeId, said, eid, here, true);
  box.replaceWith(drawn);
  const mark = drawn.querySelector("mark");
  if (mark) centre(mark, mark.closest(".evidence-text"));
}

// Scrolls the text alone, not the page around it.
function centre(mark, box) {
  const [inner, outer] = [mark.getBoundingClientRect(), box.getBoundingClientRect()];
  box.scrollTop += inner.top - outer.top - (box.clientHeight - inner.height) / 2;
}

function relationList(found, here) {
  const groups = new Map();
  for (const relation of found.relations) {
    const outwards = relation.start.id === found.id;
    const other = outwards ? relation.end : relation.start;
    const name = outwards ? `${relationName(relation)} →` : `← ${relationName(relation)}`;
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(el("li", {}, el("a", { href: here.link(routes.edge(relation.eid, found.id)), dataset: { eid: relation.eid } },
      kind(other.label), el("span", {}, other.name),
      relation.evidence ? el("q", {}, relation.evidence.quote) : el("small", {}, t("reference")))));
  }
  return el("div", { class: "panel-relations" }, [...groups].map(([name, rows]) =>
    [el("h4", {}, name, el("span", { class: "count" }, rows.length)), el("ul", {}, rows)]));
}

function facts(rows) {
  if (!rows.length) return null;
  return el("dl", { class: "facts" }, rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

function links(...pairs) {
  // A file without a server has neither the API nor these views.
  const usable = ([href]) => !globalThis.PolicyOffline || !/^(\/|#\/(dossier|lineage))/.test(href);
  const shown = pairs.filter((pair) => pair && usable(pair));
  if (!shown.length) return null;
  return el("p", { class: "panel-links" }, shown.map(([href, name]) =>
    el("a", { class: "chip", href, ...(href.startsWith("#") ? {} : { target: "_blank", rel: "noreferrer noopener" }) }, name)));
}

function sources(uri) {
  return uri && /^https?:\/\//.test(uri) ? [[uri, t("openSource")]] : [];
}

export function drawPanelFrame(close) {
  $("panel").setAttribute("aria-label", t("panel"));
  $("panel-close").append(icon("M5 5l10 10M15 5L5 15"));
  $("panel-close").setAttribute("aria-label", t("close"));
  $("panel-close").addEventListener("click", close);
}
