// How many measures name, and how many support, any place of each of the given groups.
UNWIND $places AS place
MATCH (p:Place {id: place.id})<-[r:MENTIONS|SUPPORTS]-(m:Measure)
MATCH (n:Notice {id: r.notice_id})
WHERE ($issued_first IS NULL OR n.issued_on >= $issued_first)
  AND ($issued_final IS NULL OR n.issued_on <= $issued_final)
  AND ($instrument_ids IS NULL
    OR EXISTS {MATCH (m)-[:USES]->(i:Instrument) WHERE i.id IN $instrument_ids})
RETURN place.group AS item, count(DISTINCT m.id) AS named,
  count(DISTINCT CASE type(r) WHEN 'SUPPORTS' THEN m.id ELSE NULL END) AS supported
ORDER BY item
