// Measures in which two agencies, or two groups of them, both have a role.
UNWIND $actor_ids AS actor_id
MATCH (a)
WHERE a.id = actor_id AND (a:Agency OR a:Institution)
MATCH (a)-[r:LEADS|RESPONSIBLE_FOR|SUPPORTS]->(m:Measure)
MATCH (m)<-[q:LEADS|RESPONSIBLE_FOR|SUPPORTS]-(b)
WHERE b.id IN $partner_ids AND b.id <> a.id AND (b:Agency OR b:Institution)
MATCH (n:Notice {id: r.notice_id})
RETURN m.id AS measure_id, m.title AS measure, m.path AS path, type(r) AS role,
  a.id AS actor_id, a.name AS actor, b.id AS partner_id, b.name AS partner,
  type(q) AS partner_role, q.quote AS partner_quote, q.start AS partner_start,
  q.end AS partner_end, q.eid AS partner_eid,
  m.due_on AS due_on, m.ongoing AS ongoing, n.issued_on AS issued_on,
  n.id AS notice_id, n.title AS notice_title,
  r.quote AS quote, r.start AS start, r.end AS end, r.eid AS eid,
  coalesce(n.issued_on, '') AS sort_date, m.start AS sort_start
ORDER BY sort_date DESC, notice_id, sort_start, eid, partner_eid
SKIP $skip LIMIT $fetch
