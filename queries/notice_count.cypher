// How many notices meet every condition.
MATCH (n:Notice)
WHERE ($status IS NULL OR n.status = $status)
  AND ($kind IS NULL OR n.kind = $kind)
  AND ($jurisdictions IS NULL OR n.jurisdiction IN $jurisdictions)
  AND ($issued_first IS NULL OR n.issued_on >= $issued_first)
  AND ($issued_final IS NULL OR n.issued_on <= $issued_final)
  AND ($issuer_ids IS NULL
    OR EXISTS {MATCH (n)<-[:ISSUED]-(o:Agency) WHERE o.id IN $issuer_ids})
  AND ($notice_ids IS NULL OR n.id IN $notice_ids)
RETURN count(DISTINCT n.id) AS notices
