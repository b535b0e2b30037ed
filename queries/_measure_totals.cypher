// How many loaded notices and how many measures each place has in each year.
MATCH (n:Notice)
WHERE n.status = 'loaded'
  AND ($jurisdictions IS NULL OR n.jurisdiction IN $jurisdictions)
  AND ($issued_first IS NULL OR n.issued_on >= $issued_first)
  AND ($issued_final IS NULL OR n.issued_on <= $issued_final)
OPTIONAL MATCH (n)<-[:PART_OF*1..8]-(m:Measure)
WITH n, m, coalesce(n.jurisdiction, '') AS place_name,
  coalesce(substring(n.issued_on, 0, 4), '') AS year_text
RETURN place_name AS place, year_text AS year, count(DISTINCT n.id) AS notices,
  count(DISTINCT m.id) AS measures
ORDER BY place, year
