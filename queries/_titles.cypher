// Titles of notices.
UNWIND $ids AS notice_id
MATCH (n:Notice {id: notice_id})
RETURN n.id AS id, n.title AS title
ORDER BY id
