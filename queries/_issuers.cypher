// Who issued the given notices, with the words that say so.
UNWIND $ids AS given_id
MATCH (n:Notice {id: given_id})<-[r:ISSUED]-(a:Agency)
RETURN n.id AS notice_id, a.id AS thing_id, a.name AS thing, 'Agency' AS thing_label,
  'ISSUED' AS type, true AS is_role, r.quote AS quote, r.start AS start, r.end AS end, r.eid AS eid,
  r.confidence AS confidence
ORDER BY notice_id, start, eid
