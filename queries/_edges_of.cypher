// Edges of one node of a kind, those that begin there or those that end there.
UNWIND $ids AS from_id
MATCH (n)
WHERE n.id = from_id
  AND (n:Agency OR n:Institution OR n:Instrument OR n:Measure OR n:Notice OR n:Place OR n:Platform OR n:Product OR n:Program OR n:Section OR n:Target)
MATCH (n)-[r:ISSUED|PART_OF|LEADS|RESPONSIBLE_FOR|SUPPORTS|MENTIONS|USES|SETS|CITES|DERIVES_FROM|
  INCLUDES|GOVERNS|LOCATED_IN]-(o)
WITH r, o, n, type(r) AS type, labels(o)[0] AS label, startNode(r).id = from_id AS outwards
WHERE ($type = '' OR type = $type) AND ($label = '' OR label = $label)
  AND ($way = '' OR (outwards AND $way = 'out') OR (NOT outwards AND $way = 'in'))
RETURN DISTINCT r.eid AS eid, type, properties(r) AS properties,
  startNode(r).id AS start_id, startNode(r).name AS start_name,
  endNode(r).id AS end_id, endNode(r).name AS end_name
ORDER BY type, eid
SKIP $skip LIMIT $fetch
