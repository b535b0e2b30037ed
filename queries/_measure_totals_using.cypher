// How many notices and measures that use given instruments each place has in each year.
UNWIND $instrument_ids AS instrument_id
MATCH (i:Instrument {id: instrument_id})<-[r:USES]-(m:Measure)
MATCH (n:Notice {id: r.notice_id})
WHERE ($jurisdictions IS NULL OR n.jurisdiction IN $jurisdictions)
  AND ($issued_first IS NULL OR n.issued_on >= $issued_first)
  AND ($issued_final IS NULL OR n.issued_on <= $issued_final)
WITH n, m, coalesce(n.jurisdiction, '') AS place_name,
  coalesce(substring(n.issued_on, 0, 4), '') AS year_text
RETURN place_name AS place, year_text AS year, count(DISTINCT n.id) AS notices,
  count(DISTINCT m.id) AS measures
ORDER BY place, year
