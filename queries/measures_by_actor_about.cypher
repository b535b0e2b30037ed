// Measures in which an actor has a role and that support or mention a thing.
UNWIND $actor_ids AS actor_id
MATCH (a)
WHERE a.id = actor_id AND (a:Agency OR a:Institution)
MATCH (a)-[r:LEADS|RESPONSIBLE_FOR|SUPPORTS]->(m:Measure)
WHERE type(r) IN $roles
MATCH (m)-[q:MENTIONS|SUPPORTS]->(s)
WHERE s.id IN $subject_ids
MATCH (n:Notice {id: r.notice_id})
WITH a, r, m, q, s, n
ORDER BY coalesce(n.issued_on, '') DESC, n.id, m.start, r.eid, q.eid
SKIP $skip LIMIT $fetch
RETURN m.id AS measure_id, m.title AS measure, m.path AS path, type(r) AS role,
  a.id AS actor_id, a.name AS actor, s.id AS subject_id, s.name AS subject,
  type(q) AS relation, q.quote AS subject_quote, q.start AS subject_start,
  q.end AS subject_end, q.eid AS subject_eid,
  m.due_on AS due_on, m.ongoing AS ongoing, n.issued_on AS issued_on,
  n.id AS notice_id, n.title AS notice_title,
  r.quote AS quote, r.start AS start, r.end AS end, r.eid AS eid,
  coalesce(n.issued_on, '') AS sort_date, m.start AS sort_start
ORDER BY sort_date DESC, notice_id, sort_start, eid, subject_eid
