// Notices that any of the given agencies issued, alone or with others; the latest first.
UNWIND $issuer_ids AS issuer_id
MATCH (a:Agency {id: issuer_id})-[r:ISSUED]->(n:Notice)
RETURN n.id AS notice_id, n.title AS notice_title, n.document_number AS document_number,
  n.kind AS kind, n.jurisdiction AS jurisdiction, n.issued_on AS issued_on, n.status AS status,
  a.id AS issuer_id, a.name AS issuer, r.quote AS quote, r.start AS start, r.end AS end,
  r.eid AS eid, coalesce(n.issued_on, '') AS sort_date
ORDER BY sort_date DESC, notice_id, eid
SKIP $skip LIMIT $fetch
