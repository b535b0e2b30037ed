// The text of every measure of every loaded notice, with where and when it was said.
MATCH (n:Notice {status: 'loaded'})
MATCH (m:Measure {notice_id: n.id})
RETURN m.id AS id, n.id AS notice_id, coalesce(n.issued_on, '') AS issued_on,
  m.text AS text, m.start AS start
ORDER BY id
