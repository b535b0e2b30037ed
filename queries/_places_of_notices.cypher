// The jurisdictions of given notices.
UNWIND $ids AS notice_id
MATCH (n:Notice {id: notice_id})
RETURN n.id AS id, n.jurisdiction AS jurisdiction
ORDER BY id
