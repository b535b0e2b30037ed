// How many measures use each policy instrument, by class.
MATCH (i:Instrument)<-[r:USES]-(m:Measure)
MATCH (n:Notice {id: r.notice_id})
WHERE $jurisdiction IS NULL OR n.jurisdiction = $jurisdiction
RETURN i.class AS instrument_class, i.category AS category, i.id AS instrument_id,
  i.instrument AS instrument, i.name_zh AS instrument_zh, i.name_en AS instrument_en,
  count(DISTINCT m) AS measures, count(DISTINCT n) AS notices
ORDER BY instrument_class, measures DESC, instrument
SKIP $skip LIMIT $fetch
