// Measures that take over the words of earlier ones; the largest share first.
MATCH (d:Measure)-[r:DERIVES_FROM]->(o:Measure)
WHERE r.relation = 'text_reuse' AND r.share >= $least_share
  AND ($notice_ids IS NULL OR d.notice_id IN $notice_ids OR o.notice_id IN $notice_ids)
MATCH (n:Notice {id: d.notice_id})
MATCH (e:Notice {id: o.notice_id})
RETURN d.id AS measure_id, d.title AS measure, d.path AS path, o.id AS origin_id,
  o.title AS origin, o.path AS origin_path, r.share AS share, n.issued_on AS issued_on,
  n.jurisdiction AS jurisdiction, e.id AS origin_notice_id, e.title AS origin_notice,
  e.issued_on AS origin_issued_on, e.jurisdiction AS origin_jurisdiction,
  n.id AS notice_id, n.title AS notice_title,
  r.quote AS quote, r.start AS start, r.end AS end, r.eid AS eid
ORDER BY share DESC, eid
SKIP $skip LIMIT $fetch
