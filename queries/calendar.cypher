// How many measures are due in each month; 2025 means by its last month.
MATCH (m:Measure)
WHERE m.due_on IS NOT NULL
MATCH (n:Notice {id: m.notice_id})
WHERE ($jurisdictions IS NULL OR n.jurisdiction IN $jurisdictions)
  AND ($kind IS NULL OR n.kind = $kind)
  AND ($issuer_ids IS NULL
    OR EXISTS {MATCH (n)<-[:ISSUED]-(o:Agency) WHERE o.id IN $issuer_ids})
  AND ($actor_ids IS NULL
    OR EXISTS {MATCH (m)<-[:LEADS|RESPONSIBLE_FOR|SUPPORTS]-(a) WHERE a.id IN $actor_ids})
WITH m, CASE size(m.due_on) WHEN 4 THEN m.due_on + '-12' ELSE substring(m.due_on, 0, 7) END
  AS month_text
RETURN month_text AS item, count(DISTINCT m.id) AS n
ORDER BY item
