// The measures of the given notices.
UNWIND $ids AS given_id
MATCH (m:Measure {notice_id: given_id})
RETURN m.id AS id, m.notice_id AS notice_id, m.start AS start,
  m.due_on AS due_on, m.ongoing AS ongoing
