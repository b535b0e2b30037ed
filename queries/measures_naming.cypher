// Measures that name or support any of the given places, with their words.
UNWIND $place_ids AS place_id
MATCH (p:Place {id: place_id})<-[r:MENTIONS|SUPPORTS]-(m:Measure)
MATCH (n:Notice {id: r.notice_id})
WHERE ($issued_first IS NULL OR n.issued_on >= $issued_first)
  AND ($issued_final IS NULL OR n.issued_on <= $issued_final)
  AND ($instrument_ids IS NULL
    OR EXISTS {MATCH (m)-[:USES]->(i:Instrument) WHERE i.id IN $instrument_ids})
RETURN p.id AS place_id, p.name AS place, type(r) AS relation,
  m.id AS measure_id, m.title AS measure, m.path AS path,
  m.due_on AS due_on, m.ongoing AS ongoing, n.issued_on AS issued_on,
  n.id AS notice_id, n.title AS notice_title,
  r.quote AS quote, r.start AS start, r.end AS end, r.eid AS eid,
  coalesce(n.issued_on, '') AS sort_date
ORDER BY sort_date DESC, notice_id, start, eid
SKIP $skip LIMIT $fetch
