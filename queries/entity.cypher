// The edges of one node, either way.
MATCH (n)
WHERE n.id = $id
  AND (n:Agency OR n:Institution OR n:Instrument OR n:Measure OR n:Notice OR n:Place OR n:Platform OR n:Product OR n:Program OR n:Section OR n:Target)
MATCH (n)-[r:ISSUED|PART_OF|LEADS|RESPONSIBLE_FOR|SUPPORTS|MENTIONS|USES|SETS|CITES|DERIVES_FROM|
  INCLUDES|GOVERNS|LOCATED_IN]-(o)
WHERE size($types) = 0 OR type(r) IN $types
WITH r, type(r) AS type, r.eid AS eid
ORDER BY type, eid
LIMIT $fetch
RETURN eid, type, properties(r) AS properties,
  startNode(r).id AS start_id, startNode(r).name AS start_name,
  endNode(r).id AS end_id, endNode(r).name AS end_name
ORDER BY type, eid
