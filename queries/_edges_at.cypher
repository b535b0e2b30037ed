// The edges at notices, sections and measures, either way, with their ends.
UNWIND $ids AS node_id
MATCH (n) WHERE n.id = node_id AND (n:Measure OR n:Notice OR n:Section)
MATCH (n)-[r:ISSUED|PART_OF|LEADS|RESPONSIBLE_FOR|SUPPORTS|MENTIONS|USES|SETS|CITES|DERIVES_FROM]-(o)
WITH DISTINCT r, type(r) AS type, r.eid AS eid
RETURN eid, type, properties(r) AS properties,
  startNode(r).id AS start_id, labels(startNode(r))[0] AS start_label,
  endNode(r).id AS end_id, labels(endNode(r))[0] AS end_label
ORDER BY type, eid
