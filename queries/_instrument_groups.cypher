// How many of the given measures use policy instruments of each class, or of each category.
UNWIND $ids AS given_id
MATCH (m:Measure {id: given_id})-[:USES]->(i:Instrument)
WITH m, CASE $by WHEN 'class' THEN i.class ELSE i.category END AS item
RETURN item, count(DISTINCT m.id) AS measures, collect(DISTINCT m.notice_id) AS notice_ids,
  min(m.id) AS measure_id
ORDER BY item
