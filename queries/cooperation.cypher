// Pairs of agencies that share measures, whatever their roles; most shared measures first.
MATCH (a:Agency)-[:LEADS|RESPONSIBLE_FOR|SUPPORTS]->(m:Measure)
MATCH (n:Notice {id: m.notice_id})
WHERE ($jurisdictions IS NULL OR n.jurisdiction IN $jurisdictions)
  AND ($issued_first IS NULL OR n.issued_on >= $issued_first)
  AND ($issued_final IS NULL OR n.issued_on <= $issued_final)
MATCH (m)<-[:LEADS|RESPONSIBLE_FOR|SUPPORTS]-(b:Agency)
WHERE a.id < b.id
WITH a, b, count(DISTINCT m) AS shared_count, min(m.id) AS least_id
WHERE shared_count >= $least
RETURN a.id AS first_id, a.name AS first, b.id AS second_id, b.name AS second,
  shared_count AS shared, least_id AS measure_id
ORDER BY shared DESC, first_id, second_id
SKIP $skip LIMIT $fetch
