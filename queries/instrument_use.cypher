// Which policy instruments the given measures use, and how many of them do.
UNWIND $ids AS given_id
MATCH (m:Measure {id: given_id})-[:USES]->(i:Instrument)
RETURN i.class AS instrument_class, i.category AS category, i.id AS instrument_id,
  i.instrument AS instrument, i.name_zh AS instrument_zh, i.name_en AS instrument_en,
  count(DISTINCT m.id) AS measures, collect(DISTINCT m.notice_id) AS notice_ids,
  min(m.id) AS measure_id
ORDER BY instrument
