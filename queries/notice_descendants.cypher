// One step down: what derives from the given notices.
UNWIND $ids AS from_id
MATCH (o:Notice {id: from_id})<-[r:DERIVES_FROM]-(d:Notice)
RETURN from_id, d.id AS to_id, d.id AS notice_id, d.title AS notice_title,
  d.document_number AS document_number, d.issued_on AS issued_on, d.status AS status,
  d.jurisdiction AS jurisdiction,
  o.id AS origin_id, o.title AS origin, o.document_number AS origin_number,
  o.issued_on AS origin_issued_on, o.status AS origin_status, r.relation AS relation,
  r.quote AS quote, r.start AS start, r.end AS end, r.eid AS eid
ORDER BY from_id, eid
LIMIT $fetch
