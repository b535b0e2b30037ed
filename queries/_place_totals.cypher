// How many notices and measures the given places have, and how many measures of some kinds.
MATCH (n:Notice)
WHERE n.jurisdiction IN $jurisdictions AND n.status = 'loaded'
OPTIONAL MATCH (n)<-[:PART_OF*1..8]-(m:Measure)
OPTIONAL MATCH (m)-[:USES]->(i:Instrument)
OPTIONAL MATCH (m)<-[:LEADS]-(a)
RETURN count(DISTINCT n.id) AS notices, count(DISTINCT m.id) AS measures,
  count(DISTINCT CASE WHEN m.due_on IS NULL THEN NULL ELSE m.id END) AS dated,
  count(DISTINCT CASE WHEN m.ongoing = true THEN m.id ELSE NULL END) AS ongoing,
  count(DISTINCT CASE WHEN a.id IS NULL THEN NULL ELSE m.id END) AS led,
  count(DISTINCT i.id) AS instruments
