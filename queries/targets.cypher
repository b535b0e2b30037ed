// Figures to be reached, with who sets them; 2025 means by its last day, so does 2025-06.
MATCH (s)-[r:SETS]->(t:Target)
WHERE (s:Measure OR s:Section) AND ($text IS NULL OR t.metric CONTAINS $text)
WITH s, r, t, CASE size(t.by) WHEN 4 THEN t.by + '-12-31' WHEN 7 THEN t.by + '-31'
  ELSE coalesce(t.by, '') END AS last_day
WHERE ($first_day IS NULL OR last_day >= $first_day)
  AND ($final_day IS NULL OR (last_day <> '' AND last_day <= $final_day))
MATCH (n:Notice {id: r.notice_id})
WHERE ($jurisdictions IS NULL OR n.jurisdiction IN $jurisdictions)
  AND ($notice_ids IS NULL OR n.id IN $notice_ids)
  AND ($actor_ids IS NULL
    OR EXISTS {MATCH (s)<-[:LEADS|RESPONSIBLE_FOR|SUPPORTS]-(a) WHERE a.id IN $actor_ids})
  AND ($issued_first IS NULL OR n.issued_on >= $issued_first)
  AND ($issued_final IS NULL OR n.issued_on <= $issued_final)
RETURN t.id AS target_id, t.metric AS metric, t.comparator AS comparator, t.value AS value,
  t.unit AS unit, t.by AS by, s.id AS setter_id, s.title AS setter, labels(s)[0] AS setter_label,
  n.issued_on AS issued_on, n.jurisdiction AS jurisdiction,
  r.notice_id AS notice_id, n.title AS notice_title, r.quote AS quote, r.start AS start,
  r.end AS end, r.eid AS eid, last_day
ORDER BY last_day, notice_id, start, eid
SKIP $skip LIMIT $fetch
