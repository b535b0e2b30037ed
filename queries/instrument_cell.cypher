// Measures of notices of given places and years that use given policy instruments.
UNWIND $instrument_ids AS instrument_id
MATCH (i:Instrument {id: instrument_id})<-[r:USES]-(m:Measure)
MATCH (n:Notice {id: r.notice_id})
WHERE ($places IS NULL OR coalesce(n.jurisdiction, '') IN $places)
  AND ($years IS NULL OR coalesce(substring(n.issued_on, 0, 4), '') IN $years)
  AND ($jurisdictions IS NULL OR n.jurisdiction IN $jurisdictions)
  AND ($issued_first IS NULL OR n.issued_on >= $issued_first)
  AND ($issued_final IS NULL OR n.issued_on <= $issued_final)
RETURN i.id AS instrument_id, i.instrument AS instrument, i.name_zh AS instrument_zh,
  i.name_en AS instrument_en, i.class AS instrument_class,
  m.id AS measure_id, m.title AS measure, m.path AS path,
  m.due_on AS due_on, m.ongoing AS ongoing, n.issued_on AS issued_on,
  n.id AS notice_id, n.title AS notice_title,
  r.quote AS quote, r.start AS start, r.end AS end, r.eid AS eid,
  coalesce(n.issued_on, '') AS sort_date, m.start AS sort_start
ORDER BY sort_date DESC, notice_id, sort_start, eid
SKIP $skip LIMIT $fetch
