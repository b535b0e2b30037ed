// One step from the given nodes along any edge, either way.
UNWIND $ids AS from_id
MATCH (n)
WHERE n.id = from_id
  AND (n:Agency OR n:Institution OR n:Instrument OR n:Measure OR n:Notice OR n:Place OR n:Platform OR n:Product OR n:Program OR n:Section OR n:Target)
MATCH (n)-[r:ISSUED|PART_OF|LEADS|RESPONSIBLE_FOR|SUPPORTS|MENTIONS|USES|SETS|CITES|DERIVES_FROM|
  INCLUDES|GOVERNS|LOCATED_IN]-(o)
WITH from_id, r, o
ORDER BY from_id, type(r), r.eid
LIMIT $fetch
RETURN from_id, o.id AS to_id, labels(o)[0] AS to_label, o.name AS to_name,
  r.eid AS eid, type(r) AS type, properties(r) AS properties,
  startNode(r).id AS start_id, startNode(r).name AS start_name,
  endNode(r).id AS end_id, endNode(r).name AS end_name
ORDER BY from_id, type, eid
