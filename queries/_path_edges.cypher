// The edges of a path, in its order, each found from the node where the step begins.
UNWIND $steps AS step
MATCH (n)
WHERE n.id = step.from_id
  AND (n:Agency OR n:Institution OR n:Instrument OR n:Measure OR n:Notice OR n:Place OR n:Platform OR n:Product OR n:Program OR n:Section OR n:Target)
MATCH (n)-[r:ISSUED|PART_OF|LEADS|RESPONSIBLE_FOR|SUPPORTS|MENTIONS|USES|SETS|CITES|DERIVES_FROM|
  INCLUDES|GOVERNS|LOCATED_IN]-(o)
WHERE r.eid = step.eid
RETURN step.at AS step, r.eid AS eid, type(r) AS type, properties(r) AS properties,
  startNode(r).id AS start_id, startNode(r).name AS start_name,
  labels(startNode(r))[0] AS start_label, endNode(r).id AS end_id, endNode(r).name AS end_name,
  labels(endNode(r))[0] AS end_label
ORDER BY step, eid
