// Measures that use any of the given policy instruments.
UNWIND $instrument_ids AS instrument_id
MATCH (i:Instrument {id: instrument_id})<-[r:USES]-(m:Measure)
MATCH (n:Notice {id: r.notice_id})
WHERE $notice_ids IS NULL OR n.id IN $notice_ids
WITH i, r, m, n
ORDER BY coalesce(n.issued_on, '') DESC, n.id, m.start, r.eid
SKIP $skip LIMIT $fetch
RETURN i.id AS instrument_id, i.instrument AS instrument, i.name_zh AS instrument_zh,
  i.name_en AS instrument_en, i.class AS instrument_class,
  m.id AS measure_id, m.title AS measure, m.path AS path,
  m.due_on AS due_on, m.ongoing AS ongoing, n.issued_on AS issued_on,
  n.id AS notice_id, n.title AS notice_title,
  r.quote AS quote, r.start AS start, r.end AS end, r.eid AS eid,
  coalesce(n.issued_on, '') AS sort_date, m.start AS sort_start
ORDER BY sort_date DESC, notice_id, sort_start, eid
