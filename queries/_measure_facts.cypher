// The facts that join the given measures to the given things, or to anything if none are given,
// with the words that state them.
UNWIND $measure_ids AS measure_id
MATCH (m:Measure {id: measure_id})-[r:LEADS|RESPONSIBLE_FOR|SUPPORTS|MENTIONS|USES|SETS]-(b)
WHERE $thing_ids IS NULL OR b.id IN $thing_ids
RETURN measure_id, startNode(r).id = b.id AS is_role, type(r) AS type, b.id AS thing_id,
  b.name AS thing, labels(b)[0] AS thing_label,
  r.notice_id AS notice_id, r.quote AS quote, r.start AS start, r.end AS end, r.eid AS eid,
  r.confidence AS confidence
ORDER BY measure_id, start, eid
