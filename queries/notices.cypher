// Notices that meet every condition, the latest first.
MATCH (n:Notice)
WHERE ($status IS NULL OR n.status = $status)
  AND ($kind IS NULL OR n.kind = $kind)
  AND ($jurisdictions IS NULL OR n.jurisdiction IN $jurisdictions)
  AND ($issued_first IS NULL OR n.issued_on >= $issued_first)
  AND ($issued_final IS NULL OR n.issued_on <= $issued_final)
  AND ($issuer_ids IS NULL
    OR EXISTS {MATCH (n)<-[:ISSUED]-(o:Agency) WHERE o.id IN $issuer_ids})
  AND ($notice_ids IS NULL OR n.id IN $notice_ids)
RETURN n.id AS notice_id, n.title AS notice_title, n.document_number AS document_number,
  n.kind AS kind, n.jurisdiction AS jurisdiction, n.issued_on AS issued_on,
  n.published_on AS published_on, n.status AS status, coalesce(n.issued_on, '') AS sort_date
ORDER BY sort_date DESC, notice_id
SKIP $skip LIMIT $fetch
