// The sections of notices.
UNWIND $ids AS notice_id
MATCH (s:Section {notice_id: notice_id})
RETURN s.id AS id
ORDER BY id
