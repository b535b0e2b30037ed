// How many measures of the notices of given places use each class of policy instruments.
MATCH (n:Notice)
WHERE n.jurisdiction IN $jurisdictions
MATCH (n)<-[:PART_OF*1..8]-(m:Measure)
MATCH (m)-[:USES]->(i:Instrument)
RETURN i.class AS item, count(DISTINCT m.id) AS n, min(m.id) AS one_id
ORDER BY item
