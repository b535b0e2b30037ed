// Measures due in a span of days, or without an end; 2025 means by its last day, so does 2025-06.
MATCH (m:Measure)
WHERE m.due_on IS NOT NULL OR m.ongoing = true
WITH m, CASE size(m.due_on) WHEN 4 THEN m.due_on + '-12-31' WHEN 7 THEN m.due_on + '-31'
  ELSE m.due_on END AS last_day
WHERE ($ongoing AND m.ongoing = true)
  OR (NOT $ongoing AND last_day >= $first_day AND last_day <= $final_day)
MATCH (n:Notice {id: m.notice_id})
WHERE ($jurisdictions IS NULL OR n.jurisdiction IN $jurisdictions)
  AND ($kind IS NULL OR n.kind = $kind)
  AND ($issuer_ids IS NULL
    OR EXISTS {MATCH (n)<-[:ISSUED]-(o:Agency) WHERE o.id IN $issuer_ids})
  AND ($actor_ids IS NULL
    OR EXISTS {MATCH (m)<-[:LEADS|RESPONSIBLE_FOR|SUPPORTS]-(a) WHERE a.id IN $actor_ids})
WITH m, n, coalesce(last_day, '') AS sort_day
ORDER BY sort_day, n.id, m.start, m.id
SKIP $skip LIMIT $fetch
RETURN m.id AS measure_id, m.title AS measure, m.path AS path, m.due_on AS due_on,
  m.ongoing AS ongoing, m.due_text AS due_text, n.issued_on AS issued_on,
  n.id AS notice_id, n.title AS notice_title,
  n.jurisdiction AS jurisdiction, m.start AS measure_start, m.end AS measure_end,
  sort_day
ORDER BY sort_day, notice_id, measure_start, measure_id
