// Measures that support or mention the given things.
UNWIND $subject_ids AS subject_id
MATCH (s)
WHERE s.id = subject_id
  AND (s:Agency OR s:Institution OR s:Place OR s:Platform OR s:Product OR s:Program)
MATCH (s)<-[r:MENTIONS|SUPPORTS]-(m:Measure)
WHERE type(r) IN $relations
MATCH (n:Notice {id: r.notice_id})
WITH s, r, m, n
ORDER BY coalesce(n.issued_on, '') DESC, n.id, m.start, r.eid
SKIP $skip LIMIT $fetch
RETURN s.id AS subject_id, s.name AS subject, labels(s)[0] AS subject_label, type(r) AS relation,
  m.id AS measure_id, m.title AS measure, m.path AS path,
  m.due_on AS due_on, m.ongoing AS ongoing, n.issued_on AS issued_on,
  n.id AS notice_id, n.title AS notice_title,
  r.quote AS quote, r.start AS start, r.end AS end, r.eid AS eid,
  coalesce(n.issued_on, '') AS sort_date, m.start AS sort_start
ORDER BY sort_date DESC, notice_id, sort_start, eid
