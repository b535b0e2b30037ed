// Agencies that share measures with the given ones; most shared measures first.
UNWIND $actor_ids AS actor_id
MATCH (a:Agency {id: actor_id})-[:LEADS|RESPONSIBLE_FOR|SUPPORTS]->(m:Measure)
MATCH (m)<-[:LEADS|RESPONSIBLE_FOR|SUPPORTS]-(b:Agency)
WHERE a.id <> b.id
WITH DISTINCT a, b, m
ORDER BY m.id
WITH a, b, collect(m.id) AS shared_ids
WHERE size(shared_ids) >= $least
RETURN a.id AS first_id, a.name AS first, b.id AS second_id, b.name AS second,
  size(shared_ids) AS shared, shared_ids[0..5] AS measure_ids
ORDER BY shared DESC, first_id, second_id
SKIP $skip LIMIT $fetch
