// How many measures of the given notices use each policy instrument, by class.
UNWIND $notice_ids AS notice_id
MATCH (n:Notice {id: notice_id})<-[:PART_OF*1..8]-(m:Measure)
MATCH (m)-[:USES]->(i:Instrument)
WHERE $jurisdiction IS NULL OR n.jurisdiction = $jurisdiction
RETURN i.class AS instrument_class, i.category AS category, i.id AS instrument_id,
  i.instrument AS instrument, i.name_zh AS instrument_zh, i.name_en AS instrument_en,
  count(DISTINCT m) AS measures, count(DISTINCT n) AS notices
ORDER BY instrument_class, measures DESC, instrument
SKIP $skip LIMIT $fetch
