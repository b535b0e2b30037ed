// Notices under which others are made, those with most of them first.
MATCH (d:Notice)-[r:DERIVES_FROM]->(o:Notice)
WHERE ($relation IS NULL OR r.relation = $relation)
  AND ($jurisdictions IS NULL OR d.jurisdiction IN $jurisdictions)
WITH o, count(DISTINCT d.id) AS made, count(DISTINCT d.jurisdiction) AS spread,
  min(d.issued_on) AS first_day, max(d.issued_on) AS last_day
RETURN o.id AS notice_id, o.title AS notice_title, o.document_number AS document_number,
  o.jurisdiction AS jurisdiction, o.issued_on AS issued_on, o.status AS status,
  made AS derived, spread AS places, first_day AS first_on, last_day AS last_on
ORDER BY derived DESC, notice_id
SKIP $skip LIMIT $fetch
