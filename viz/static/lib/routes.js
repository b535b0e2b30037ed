// Addresses: #/view?parameters, with `panel` for what the side panel shows.
//
// panel is  n.NODE  |  e.EDGE.NODE (one of its ends)  |  t.NOTICE.START.END

export function parse(hash) {
  const [path, query] = hash.replace(/^#\/?/, "").split("?", 2);
  const given = Object.fromEntries(new URLSearchParams(query || ""));
  const panel = parsePanel(given.panel || "");
  delete given.panel;
  return { view: path || "home", given, panel };
}

export function href(view, given, panel) {
  const parts = Object.entries(given || {}).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  const query = new URLSearchParams(parts.map(([name, value]) => [name, String(value)]));
  if (panel) query.set("panel", writePanel(panel));
  const text = query.toString();
  return "#/" + view + (text ? "?" + text : "");
}

export const node = (id) => ({ kind: "node", id });
export const edge = (eid, end) => ({ kind: "edge", eid, end });
export const text = (notice, start, end) => ({ kind: "text", notice, start, end });

function writePanel(panel) {
  if (panel.kind === "node") return "n." + panel.id;
  if (panel.kind === "edge") return `e.${panel.eid}.${panel.end}`;
  return `t.${panel.notice}.${panel.start}.${panel.end}`;
}

function parsePanel(written) {
  const [kind, first, second, third] = written.split(".");
  if (kind === "n" && first) return node(first);
  if (kind === "e" && first && second) return edge(first, second);
  if (kind === "t" && first && /^\d+$/.test(second) && /^\d+$/.test(third)) return text(first, Number(second), Number(third));
  return null;
}
