// The given measures, each with its notice.
UNWIND $ids AS given_id
MATCH (m:Measure {id: given_id})
MATCH (n:Notice {id: m.notice_id})
RETURN m.id AS measure_id, m.title AS measure, m.path AS path, m.due_on AS due_on,
  m.ongoing AS ongoing, m.due_text AS due_text, n.issued_on AS issued_on,
  n.jurisdiction AS jurisdiction, n.id AS notice_id, n.title AS notice_title,
  m.start AS measure_start, m.end AS measure_end
ORDER BY measure_id
