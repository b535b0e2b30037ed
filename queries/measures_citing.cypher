// Measures that cite the given notices, with their words.
UNWIND $cited_ids AS cited_id
MATCH (o:Notice {id: cited_id})<-[r:CITES]-(m:Measure)
MATCH (n:Notice {id: r.notice_id})
WHERE ($issued_first IS NULL OR n.issued_on >= $issued_first)
  AND ($issued_final IS NULL OR n.issued_on <= $issued_final)
RETURN o.id AS cited_id, o.title AS cited, o.document_number AS cited_number,
  o.status AS cited_status,
  m.id AS measure_id, m.title AS measure, m.path AS path,
  m.due_on AS due_on, m.ongoing AS ongoing, n.issued_on AS issued_on,
  n.id AS notice_id, n.title AS notice_title,
  r.quote AS quote, r.start AS start, r.end AS end, r.eid AS eid,
  coalesce(n.issued_on, '') AS sort_date
ORDER BY sort_date DESC, notice_id, start, eid
SKIP $skip LIMIT $fetch
