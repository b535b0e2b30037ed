// Who takes part in the measures of the given actors, and in which roles.
UNWIND $actor_ids AS actor_id
MATCH (a)
WHERE a.id = actor_id AND (a:Agency OR a:Institution)
MATCH (a)-[:LEADS|RESPONSIBLE_FOR|SUPPORTS]->(m:Measure)
MATCH (m)<-[q:LEADS|RESPONSIBLE_FOR|SUPPORTS]-(b)
WHERE (b:Agency OR b:Institution) AND NOT b.id IN $actor_ids
RETURN b.id AS actor_id, b.name AS actor, labels(b)[0] AS actor_label, b.level AS level,
  count(DISTINCT m.id) AS measures,
  count(DISTINCT CASE type(q) WHEN 'LEADS' THEN m.id ELSE NULL END) AS leads,
  count(DISTINCT CASE type(q) WHEN 'RESPONSIBLE_FOR' THEN m.id ELSE NULL END) AS answers_for,
  count(DISTINCT CASE type(q) WHEN 'SUPPORTS' THEN m.id ELSE NULL END) AS supports,
  min(m.id) AS measure_id
ORDER BY measures DESC, actor_id
SKIP $skip LIMIT $fetch
