// How many of the given measures each notice has.
UNWIND $ids AS given_id
MATCH (m:Measure {id: given_id})
RETURN m.notice_id AS notice_id, count(DISTINCT m.id) AS measures
ORDER BY notice_id
