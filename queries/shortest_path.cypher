// The nodes one step from the given ones, each with the first of the edges that join them.
UNWIND $ids AS from_id
MATCH (n)
WHERE n.id = from_id
  AND (n:Agency OR n:Institution OR n:Instrument OR n:Measure OR n:Notice OR n:Place OR n:Platform OR n:Product OR n:Program OR n:Section OR n:Target)
MATCH (n)-[r:ISSUED|PART_OF|LEADS|RESPONSIBLE_FOR|SUPPORTS|MENTIONS|USES|SETS|CITES|DERIVES_FROM|
  INCLUDES|GOVERNS|LOCATED_IN]-(o)
RETURN from_id, o.id AS to_id, min(r.eid) AS eid
ORDER BY from_id, eid, to_id
LIMIT $fetch
