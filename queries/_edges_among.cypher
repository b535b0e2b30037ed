// The edges that join the given nodes with each other.
UNWIND $ids AS from_id
MATCH (n)
WHERE n.id = from_id
  AND (n:Agency OR n:Institution OR n:Instrument OR n:Measure OR n:Notice OR n:Place OR n:Platform OR n:Product OR n:Program OR n:Section OR n:Target)
MATCH (n)-[r:ISSUED|PART_OF|LEADS|RESPONSIBLE_FOR|SUPPORTS|MENTIONS|USES|SETS|CITES|DERIVES_FROM|
  INCLUDES|GOVERNS|LOCATED_IN]->(o)
WHERE o.id IN $ids
RETURN DISTINCT r.eid AS eid, type(r) AS type, properties(r) AS properties,
  n.id AS start_id, n.name AS start_name, o.id AS end_id, o.name AS end_name
ORDER BY type, eid
LIMIT $fetch
