// The facts that join the given measures to the given things, with the words that state them.
UNWIND $measure_ids AS measure_id
MATCH (m:Measure {id: measure_id})-[r:LEADS|RESPONSIBLE_FOR|SUPPORTS|MENTIONS|USES]-(b)
WHERE b.id IN $thing_ids
RETURN measure_id, startNode(r).id = b.id AS is_role, type(r) AS type, b.id AS thing_id,
  b.name AS thing, labels(b)[0] AS thing_label,
  r.quote AS quote, r.start AS start, r.end AS end, r.eid AS eid
ORDER BY measure_id, start, eid
