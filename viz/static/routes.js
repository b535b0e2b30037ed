// Views live in the address's hash, so that any of them can be shared.
export const home = () => "#/";
export const search = (text) => "#/search/" + encodeURIComponent(text);
export const entity = (id) => "#/entity/" + encodeURIComponent(id);

// the words of one relation, shown beside an entity; enough to find them again without a lookup
export function words(entityId, relation) {
  const found = relation.evidence;
  if (!found) return entity(entityId) + "/source/" + encodeURIComponent(relation.eid);
  const place = [found.notice_id, found.start + "-" + found.end, relation.eid];
  return entity(entityId) + "/at/" + place.map(encodeURIComponent).join("/");
}

export const wholeText = (noticeId) => entity(noticeId) + "/at/" + encodeURIComponent(noticeId) + "/0-0";

export function parse(hash) {
  let parts;
  try {
    parts = hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  } catch {
    return { view: "home" };
  }
  const [view, id, kind, a, b, c] = parts;
  if (view === "search" && id) return { view, text: id };
  if (view !== "entity" || !id) return { view: "home" };
  const range = /^(\d+)-(\d+)$/.exec(b || "");
  if (kind === "at" && a && range) {
    const place = { notice: a, start: Number(range[1]), end: Number(range[2]), eid: c || "" };
    return { view, id, place };
  }
  if (kind === "source" && a) return { view, id, place: { notice: null, eid: a } };
  return { view, id };
}
