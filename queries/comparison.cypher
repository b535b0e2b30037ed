// How many measures of the notices of given places use each policy instrument.
MATCH (n:Notice)
WHERE n.jurisdiction IN $jurisdictions
MATCH (n)<-[:PART_OF*1..8]-(m:Measure)
MATCH (m)-[:USES]->(i:Instrument)
RETURN i.instrument AS item, i.name_zh AS item_zh, i.name_en AS item_en,
  count(DISTINCT m.id) AS n, min(m.id) AS one_id
ORDER BY item
