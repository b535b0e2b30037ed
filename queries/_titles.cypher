// Titles and dates of notices.
UNWIND $ids AS notice_id
MATCH (n:Notice {id: notice_id})
RETURN n.id AS id, n.title AS title, n.issued_on AS issued_on
ORDER BY id
