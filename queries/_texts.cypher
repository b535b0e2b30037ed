// The stored texts of notices.
UNWIND $ids AS notice_id
MATCH (n:Notice {id: notice_id})
RETURN n.id AS id, n.text AS text
ORDER BY id
