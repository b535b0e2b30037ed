// Measures in which any of the given actors has one of the given roles.
UNWIND $actors AS actor
MATCH (a)
WHERE a.id = actor.id AND (a:Agency OR a:Institution)
MATCH (a)-[r:LEADS|RESPONSIBLE_FOR|SUPPORTS]->(m:Measure)
WHERE type(r) IN $roles
MATCH (n:Notice {id: r.notice_id})
WITH actor, a, r, m, n
ORDER BY coalesce(n.issued_on, '') DESC, n.id, m.start, r.eid
SKIP $skip LIMIT $fetch
RETURN m.id AS measure_id, m.title AS measure, m.path AS path, type(r) AS role,
  a.id AS actor_id, a.name AS actor, actor.stands_for AS stands_for,
  m.due_on AS due_on, m.ongoing AS ongoing, n.issued_on AS issued_on,
  n.id AS notice_id, n.title AS notice_title,
  r.quote AS quote, r.start AS start, r.end AS end, r.eid AS eid,
  coalesce(n.issued_on, '') AS sort_date, m.start AS sort_start
ORDER BY sort_date DESC, notice_id, sort_start, eid
