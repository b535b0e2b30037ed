// What notices are, by id, without their texts.
UNWIND $ids AS notice_id
MATCH (n:Notice {id: notice_id})
RETURN n.id AS id, n.title AS title, n.document_number AS document_number, n.kind AS kind,
  n.jurisdiction AS jurisdiction, n.issued_on AS issued_on, n.status AS status
ORDER BY id
