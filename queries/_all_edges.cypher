// The ends of every edge.
MATCH (n)-[r:ISSUED|PART_OF|LEADS|RESPONSIBLE_FOR|SUPPORTS|MENTIONS|USES|SETS|CITES|DERIVES_FROM|
  INCLUDES|GOVERNS|LOCATED_IN]->(o)
RETURN n.id AS start_id, o.id AS end_id, type(r) AS type, r.eid AS eid
ORDER BY eid
LIMIT $fetch
