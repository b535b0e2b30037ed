// Who leads, is responsible for or supports the given measures.
UNWIND $measure_ids AS given_id
MATCH (m:Measure {id: given_id})<-[r:LEADS|RESPONSIBLE_FOR|SUPPORTS]-(a)
WHERE type(r) IN $roles AND (a:Agency OR a:Institution)
MATCH (n:Notice {id: r.notice_id})
RETURN m.id AS measure_id, m.title AS measure, m.path AS path, type(r) AS role,
  a.id AS actor_id, a.name AS actor, labels(a)[0] AS actor_label,
  m.due_on AS due_on, m.ongoing AS ongoing, n.issued_on AS issued_on,
  n.id AS notice_id, n.title AS notice_title,
  r.quote AS quote, r.start AS start, r.end AS end, r.eid AS eid,
  coalesce(n.issued_on, '') AS sort_date, m.start AS sort_start
ORDER BY sort_date DESC, notice_id, sort_start, start, eid
SKIP $skip LIMIT $fetch
