// Notices that meet every condition, with the dates by which their measures are sorted.
MATCH (n:Notice)
WHERE ($jurisdictions IS NULL OR n.jurisdiction IN $jurisdictions)
  AND ($notice_ids IS NULL OR n.id IN $notice_ids)
  AND ($issued_first IS NULL OR n.issued_on >= $issued_first)
  AND ($issued_final IS NULL OR n.issued_on <= $issued_final)
  AND ($issuer_ids IS NULL
    OR EXISTS {MATCH (n)<-[:ISSUED]-(o:Agency) WHERE o.id IN $issuer_ids})
RETURN n.id AS id, n.issued_on AS issued_on
ORDER BY id
