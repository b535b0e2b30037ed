// What answers in place of a server where the explorer is one file: a part of the graph, put into it.
"use strict";
globalThis.PolicyOffline = (() => {
  const FIRST = 40; // nodes drawn around a node at first

  const ready = (async () => {
    const packed = document.getElementById("policykg-data").textContent;
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return index(await new Response(stream).json());
  })();

  function index(data) {
    const nodes = new Map(data.nodes.map((node) => [node.id, node]));
    const ends = new Map(data.nodes.map((node) => [node.id, []]));
    for (const relation of data.relations) {
      ends.get(relation.start.id).push(relation);
      if (relation.end.id !== relation.start.id) ends.get(relation.end.id).push(relation);
    }
    return { ...data, nodes, ends, byEid: new Map(data.relations.map((relation) => [relation.eid, relation])) };
  }

  const short = ({ id, label, label_name, name }) => ({ id, label, label_name, name });
  const page = (rows, { limit = 50, cursor }) => {
    const from = Number(cursor || 0);
    const to = from + Number(limit);
    return { rows: rows.slice(from, to), truncated: to < rows.length, next_cursor: to < rows.length ? String(to) : null, notes: [] };
  };
  const other = (relation, id) => (relation.start.id === id ? relation.end : relation.start);

  function hits(data, q, label) {
    const words = q.toLowerCase();
    const names = (node) => [node.name, ...(node.properties.aliases || [])];
    return [...data.nodes.values()]
      .filter((node) => (!label || node.label === label) && names(node).some((name) => name.toLowerCase().includes(words)))
      .sort((a, b) => a.name.indexOf(q) - b.name.indexOf(q) || a.name.length - b.name.length)
      .map((node) => ({ ...short(node), score: null, notice_id: node.properties.notice_id || null, notice_title: (data.notices[node.properties.notice_id] || {}).title || null, snippet: null }));
  }

  function around(data, centre, most) {
    const ids = new Set([centre]);
    for (const relation of data.ends.get(centre)) if (ids.size < most) ids.add(other(relation, centre).id);
    return [...ids];
  }

  function drawn(data, ids, centre, truncated) {
    const kept = new Set(ids.filter((id) => data.nodes.has(id)));
    const relations = data.relations.filter((relation) => kept.has(relation.start.id) && kept.has(relation.end.id));
    const nodes = [...kept].map((id) => data.nodes.get(id)).map((node) => ({ ...short(node), x: node.x, y: node.y, degree: data.ends.get(node.id).length }));
    return { centre, nodes, relations, truncated, notes: [] };
  }

  function path(data, from, to) {
    const by = new Map([[from, null]]);
    for (const id of by.keys()) { // grows while it is read
      if (id === to) break;
      for (const relation of data.ends.get(id)) {
        const next = other(relation, id).id;
        if (!by.has(next)) by.set(next, [relation, id]);
      }
    }
    const rows = [];
    for (let at = to; by.get(at); at = by.get(at)[1]) {
      const [relation, id] = by.get(at);
      rows.unshift({ eid: relation.eid, start_id: relation.start.id, end_id: relation.end.id, type: relation.type, forward: relation.start.id === id });
    }
    return rows;
  }

  // Answers about the whole graph that were worked out when the file was written (api/recorded.py).
  // What only takes rows away from one of them is done here.
  const NARROWED = {
    "queries/notices": { issued_from: (from) => (row) => row.issued_on >= from, issued_to: (to) => (row) => row.issued_on && row.issued_on <= lastDay(to) },
    "queries/measures_by_deadline": { from: (from) => (row) => lastDay(row.due_on) >= from, to: (to) => (row) => row.due_on && lastDay(row.due_on) <= lastDay(to) },
    "queries/measures_by_actor": { role: (role) => (row) => row.role === role },
  };

  // 2025 means by its last day, so does 2025-06.
  function lastDay(date) {
    return { 4: date + "-12-31", 7: date + "-31" }[(date || "").length] || date;
  }

  function recorded(data, path, given) {
    const asked = Object.entries(given).filter(([name, value]) => value !== undefined && value !== null && value !== "" && name !== "limit" && name !== "cursor");
    const narrowed = NARROWED[path] || {};
    const kept = asked.filter(([name]) => !narrowed[name]);
    const tests = asked.filter(([name]) => narrowed[name]).map(([name, value]) => narrowed[name](value));
    const found = at(data, path, Object.fromEntries(kept)) || (path === "queries/shared_measures" ? shared(data, given) : null);
    if (!known(found).rows) return found;
    const { rows, ...rest } = page(found.rows.filter((row) => tests.every((test) => test(row))), given);
    return { ...rest, rows, truncated: rest.truncated || found.truncated, notes: found.notes };
  }

  function at(data, path, given) {
    return data.answers[path + "?" + Object.keys(given).sort().map((name) => `${name}=${given[name]}`).join("&")];
  }

  function shared(data, { actor, partner }) {
    const [ours, theirs] = [actor, partner].map((id) => at(data, "queries/measures_by_actor", { actor: id }));
    if (!ours || !theirs) return null;
    const rows = ours.rows.flatMap((row) => theirs.rows.filter((other) => other.measure_id === row.measure_id)
      .map((other) => ({ ...row, partner_role: other.role, partner_id: other.actor_id, partner: other.actor, partner_eid: other.eid })));
    return { rows, truncated: ours.truncated || theirs.truncated, notes: [] };
  }

  const ROUTES = [
    ["ontology", (data) => data.ontology],
    ["status", (data) => data.status],
    ["search", (data, given) => {
      const found = given.where === "text"
        ? [...data.nodes.values()].filter((n) => (n.properties.text || "").includes(given.q)).map((n) => ({ ...short(n), snippet: n.properties.text.slice(0, 60) }))
        : hits(data, given.q, given.label);
      const { rows, ...rest } = page(found, given);
      return { hits: rows, ...rest };
    }],
    ["explore/suggest", (data, given) => ({ hits: hits(data, given.q, given.label).slice(0, 12).sort((a, b) => (a.label < b.label ? -1 : 1)) })],
    ["explore/graph", (data, given) => {
      const centre = node(data, given.centre).id;
      if (given.ids) return drawn(data, [centre, ...given.ids.split(",")], centre, false);
      const ids = around(data, centre, FIRST);
      return drawn(data, ids, centre, ids.length <= data.ends.get(centre).length && ids.length === FIRST);
    }],
    ["explore/counts/:id", (data, given, id) => {
      const counts = new Map();
      for (const relation of data.ends.get(id)) {
        const way = relation.start.id === id ? "out" : "in";
        const { label, label_name } = other(relation, id);
        const key = [relation.type, way, label].join();
        if (!counts.has(key)) counts.set(key, { type: relation.type, name: relation.name, way, label, label_name, edges: 0 });
        counts.get(key).edges += 1;
      }
      return { counts: [...counts.values()].sort((a, b) => b.edges - a.edges) };
    }],
    ["explore/neighbours/:id", (data, given, id) => {
      const fits = (relation) => (!given.type || relation.type === given.type) && (!given.label || other(relation, id).label === given.label)
        && (!given.way || (relation.start.id === id) === (given.way === "out"));
      const { rows, ...rest } = page(data.ends.get(id).filter(fits), given);
      return { relations: rows, ...rest };
    }],
    ["explore/edges/:id", (data, given, id) => known(data.byEid.get(id))],
    ["explore/cypher/:id", () => known(null)],
    ["explore/whole", (data) => {
      const nodes = [...data.nodes.values()];
      const at = new Map(nodes.map((one, place) => [one.id, place]));
      const labels = [...new Set(nodes.map((one) => one.label))].sort();
      const types = [...new Set(data.relations.map((one) => one.type))].sort();
      return {
        labels, types, total: nodes.length, truncated: false,
        nodes: { id: nodes.map((n) => n.id), label: nodes.map((n) => labels.indexOf(n.label)), name: nodes.map((n) => n.name), degree: nodes.map((n) => data.ends.get(n.id).length), x: nodes.map((n) => n.x), y: nodes.map((n) => n.y) },
        edges: { start: data.relations.map((r) => at.get(r.start.id)), end: data.relations.map((r) => at.get(r.end.id)), type: data.relations.map((r) => types.indexOf(r.type)) },
      };
    }],
    ["entities/:id", (data, given, id) => {
      const found = node(data, id);
      const { rows, ...rest } = page(data.ends.get(found.id), given);
      return { ...short(found), properties: found.properties, relations: rows, ...rest };
    }],
    ["notices", (data, given) => {
      const list = Object.values(data.notices).filter((n) => n.text).sort((a, b) => ((a.issued_on || "") < (b.issued_on || "") ? 1 : -1));
      const { rows, ...rest } = page(list, given);
      return { notices: rows.map(({ text, ...notice }) => notice), ...rest };
    }],
    ["notices/:id", (data, given, id) => {
      const { text, ...notice } = known(data.notices[id]);
      const letters = Array.from(text || "");
      const start = Number(given.from || 0);
      const content = letters.slice(start, given.length ? start + Number(given.length) : undefined);
      const inside = (relation) => relation.evidence && relation.evidence.notice_id === id && relation.evidence.end > start && relation.evidence.start < start + content.length;
      const { rows, ...rest } = page(data.relations.filter(inside).sort((a, b) => a.evidence.start - b.evidence.start), given);
      return { ...notice, text: { start, end: start + content.length, total: letters.length, content: content.join("") }, relations: rows, ...rest };
    }],
    ["queries/shortest_path", (data, given) => page(path(data, node(data, given.from).id, node(data, given.to).id), given)],
    ["queries/notice", (data, given) => page(data.parts[given.notice] || [], given)],
  ];

  function known(found) {
    if (found) return found;
    const english = document.documentElement.lang === "en";
    throw new Error(english ? "This file holds a part of the graph, and not this. Ask a server: policykg serve" : "这个文件只带了图的一部分,其中没有这一项。完整的图请用 policykg serve 查看。");
  }

  function node(data, idOrName) {
    return known(data.nodes.get(idOrName) || [...data.nodes.values()].find((one) => one.name === idOrName));
  }

  async function get(path, given) {
    const data = await ready;
    const parts = path.replace("/api/v1/", "").split("/").map(decodeURIComponent);
    for (const [pattern, answer] of ROUTES) {
      const wanted = pattern.split("/");
      if (wanted.length !== parts.length || !wanted.every((part, at) => part.startsWith(":") || part === parts[at])) continue;
      const id = wanted.at(-1).startsWith(":") ? parts.at(-1) : undefined;
      if (id !== undefined && /counts|neighbours/.test(pattern)) node(data, id);
      return answer(data, given, id);
    }
    return recorded(data, parts.join("/"), given);
  }

  return { get };
})();
