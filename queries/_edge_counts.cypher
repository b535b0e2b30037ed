// How many edges of each kind the given nodes have, by where they lead.
UNWIND $ids AS from_id
MATCH (n)
WHERE n.id = from_id
  AND (n:Agency OR n:Institution OR n:Instrument OR n:Measure OR n:Notice OR n:Place OR n:Platform OR n:Product OR n:Program OR n:Section OR n:Target)
MATCH (n)-[r:ISSUED|PART_OF|LEADS|RESPONSIBLE_FOR|SUPPORTS|MENTIONS|USES|SETS|CITES|DERIVES_FROM|
  INCLUDES|GOVERNS|LOCATED_IN]-(o)
WITH from_id, type(r) AS type, startNode(r).id = from_id AS outwards, labels(o)[0] AS label,
  r.eid AS eid
RETURN from_id, type, outwards, label, count(DISTINCT eid) AS edges,
  from_id + type + label + toString(outwards) AS id
ORDER BY id
