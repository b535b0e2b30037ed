// Pairs of agencies that share measures, whatever their roles; most shared measures first.
MATCH (a:Agency)-[:LEADS|RESPONSIBLE_FOR|SUPPORTS]->(m:Measure)<-[:LEADS|RESPONSIBLE_FOR|SUPPORTS]-(b:Agency)
WHERE a.id < b.id
WITH DISTINCT a, b, m
ORDER BY m.id
WITH a, b, collect(m.id) AS shared_ids
WHERE size(shared_ids) >= $least
RETURN a.id AS first_id, a.name AS first, b.id AS second_id, b.name AS second,
  size(shared_ids) AS shared, shared_ids[0..5] AS measure_ids
ORDER BY shared DESC, first_id, second_id
SKIP $skip LIMIT $fetch
