// Measures whose text holds the given words; all, without any.
MATCH (m:Measure)
WHERE m.id IS NOT NULL AND ($text IS NULL OR m.text CONTAINS $text)
RETURN m.id AS id, m.notice_id AS notice_id, m.start AS start,
  m.due_on AS due_on, m.ongoing AS ongoing
