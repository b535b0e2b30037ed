// What the given measures support or mention, and how many of them do.
UNWIND $ids AS given_id
MATCH (m:Measure {id: given_id})-[r:MENTIONS|SUPPORTS]->(b)
WHERE labels(b)[0] IN $labels AND type(r) IN $relations AND ($kind IS NULL OR b.kind = $kind)
RETURN b.id AS thing_id, b.name AS thing, labels(b)[0] AS thing_label,
  count(DISTINCT m.id) AS measures, collect(DISTINCT m.notice_id) AS notice_ids,
  min(m.id) AS measure_id
ORDER BY thing_id
