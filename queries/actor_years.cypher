// In how many measures the given actors have each role, by the year of the notice.
UNWIND $actor_ids AS actor_id
MATCH (a)
WHERE a.id = actor_id AND (a:Agency OR a:Institution)
MATCH (a)-[r:LEADS|RESPONSIBLE_FOR|SUPPORTS]->(m:Measure)
MATCH (n:Notice {id: r.notice_id})
WITH m, n, type(r) AS kind, coalesce(substring(n.issued_on, 0, 4), '') AS sort_year
RETURN CASE sort_year WHEN '' THEN NULL ELSE sort_year END AS year, kind AS role,
  count(DISTINCT m.id) AS measures, count(DISTINCT n.id) AS notices, min(m.id) AS measure_id,
  sort_year AS year_key
ORDER BY year_key, role
SKIP $skip LIMIT $fetch
