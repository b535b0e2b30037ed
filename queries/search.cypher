// Measures whose text holds the given words.
MATCH (m:Measure)
WHERE m.text CONTAINS $text
MATCH (n:Notice {id: m.notice_id})
WITH m, n
ORDER BY coalesce(n.issued_on, '') DESC, n.id, m.start, m.id
SKIP $skip LIMIT $fetch
RETURN m.id AS id, 'Measure' AS label, m.title AS name, m.text AS text,
  n.id AS notice_id, n.title AS notice_title, m.start AS start, m.end AS end,
  coalesce(n.issued_on, '') AS sort_date
ORDER BY sort_date DESC, notice_id, start, id
