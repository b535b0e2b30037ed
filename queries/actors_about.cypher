// Who leads, is responsible for or supports the measures about the given things.
UNWIND $subject_ids AS subject_id
MATCH (s)
WHERE s.id = subject_id
  AND (s:Agency OR s:Institution OR s:Place OR s:Platform OR s:Product OR s:Program)
MATCH (s)<-[about:MENTIONS|SUPPORTS]-(m:Measure)
MATCH (m)<-[r:LEADS|RESPONSIBLE_FOR|SUPPORTS]-(a)
WHERE type(r) IN $roles AND (a:Agency OR a:Institution)
MATCH (n:Notice {id: r.notice_id})
WITH s, about, m, r, a, n
ORDER BY coalesce(n.issued_on, '') DESC, n.id, m.start, r.start, r.eid, about.eid
SKIP $skip LIMIT $fetch
RETURN s.id AS subject_id, s.name AS subject, type(about) AS relation,
  m.id AS measure_id, m.title AS measure, m.path AS path, type(r) AS role,
  a.id AS actor_id, a.name AS actor, labels(a)[0] AS actor_label,
  m.due_on AS due_on, m.ongoing AS ongoing, n.issued_on AS issued_on,
  n.id AS notice_id, n.title AS notice_title,
  r.quote AS quote, r.start AS start, r.end AS end, r.eid AS eid,
  about.quote AS subject_quote, about.start AS subject_start, about.end AS subject_end,
  about.eid AS subject_eid, coalesce(n.issued_on, '') AS sort_date, m.start AS sort_start
ORDER BY sort_date DESC, notice_id, sort_start, start, eid, subject_eid
