// How many loaded notices were issued in each month; a year alone stands for itself.
MATCH (n:Notice)
WHERE n.issued_on IS NOT NULL AND n.status = 'loaded'
  AND ($jurisdictions IS NULL OR n.jurisdiction IN $jurisdictions)
  AND ($kind IS NULL OR n.kind = $kind)
  AND ($issuer_ids IS NULL
    OR EXISTS {MATCH (n)<-[:ISSUED]-(o:Agency) WHERE o.id IN $issuer_ids})
  AND ($notice_ids IS NULL OR n.id IN $notice_ids)
WITH n, substring(n.issued_on, 0, 7) AS month_text
RETURN month_text AS item, count(DISTINCT n.id) AS n
ORDER BY item
