// The facts read from a stretch of a notice: edges of the notice itself and of its parts.
MATCH (n:Notice {id: $id})<-[:PART_OF*0..8]-(x)
MATCH (x)-[r:ISSUED|PART_OF|LEADS|RESPONSIBLE_FOR|SUPPORTS|MENTIONS|USES|SETS|CITES|DERIVES_FROM|
  INCLUDES|GOVERNS|LOCATED_IN]-(o)
WHERE r.notice_id = $id AND r.start < $to AND r.end > $from
RETURN DISTINCT r.eid AS eid, type(r) AS type, properties(r) AS properties,
  startNode(r).id AS start_id, startNode(r).name AS start_name,
  endNode(r).id AS end_id, endNode(r).name AS end_name,
  r.start AS sort_start, r.end AS sort_end
ORDER BY sort_start, sort_end, eid
SKIP $skip LIMIT $fetch
