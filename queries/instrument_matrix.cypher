// How many measures use each policy instrument, by the place and year of their notice.
MATCH (i:Instrument)<-[r:USES]-(m:Measure)
WHERE $instrument_class IS NULL OR i.class = $instrument_class
MATCH (n:Notice {id: r.notice_id})
WHERE ($jurisdictions IS NULL OR n.jurisdiction IN $jurisdictions)
  AND ($issued_first IS NULL OR n.issued_on >= $issued_first)
  AND ($issued_final IS NULL OR n.issued_on <= $issued_final)
WITH i, m, n, coalesce(n.jurisdiction, '') AS place_name,
  coalesce(substring(n.issued_on, 0, 4), '') AS year_text
RETURN i.class AS instrument_class, i.category AS category, i.id AS instrument_id,
  i.instrument AS instrument, i.name_zh AS instrument_zh, i.name_en AS instrument_en,
  place_name AS place, year_text AS year,
  count(DISTINCT m.id) AS measures, count(DISTINCT n.id) AS notices, min(m.id) AS measure_id
ORDER BY place, year, instrument
