// Notices, the latest first.
MATCH (n:Notice)
WHERE $status IS NULL OR n.status = $status
RETURN n.id AS notice_id, n.title AS notice_title, n.document_number AS document_number,
  n.kind AS kind, n.jurisdiction AS jurisdiction, n.issued_on AS issued_on,
  n.published_on AS published_on, n.status AS status, coalesce(n.issued_on, '') AS sort_date
ORDER BY sort_date DESC, notice_id
SKIP $skip LIMIT $fetch
