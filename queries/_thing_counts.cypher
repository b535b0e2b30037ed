// Things of a label that measures are joined to, and how many are.
MATCH (b:Agency)-[:LEADS|RESPONSIBLE_FOR|SUPPORTS]->(m:Measure)
WHERE $label = 'Agency'
RETURN b.id AS thing_id, b.name AS thing, count(DISTINCT m.id) AS measures,
  count(DISTINCT m.notice_id) AS notices, min(m.id) AS measure_id
ORDER BY thing_id
UNION ALL
MATCH (b:Institution)-[:LEADS|RESPONSIBLE_FOR|SUPPORTS|MENTIONS]-(m:Measure)
WHERE $label = 'Institution'
RETURN b.id AS thing_id, b.name AS thing, count(DISTINCT m.id) AS measures,
  count(DISTINCT m.notice_id) AS notices, min(m.id) AS measure_id
ORDER BY thing_id
UNION ALL
MATCH (b:Place)<-[:SUPPORTS|MENTIONS]-(m:Measure)
WHERE $label = 'Place'
RETURN b.id AS thing_id, b.name AS thing, count(DISTINCT m.id) AS measures,
  count(DISTINCT m.notice_id) AS notices, min(m.id) AS measure_id
ORDER BY thing_id
UNION ALL
MATCH (b:Product)<-[:SUPPORTS|MENTIONS]-(m:Measure)
WHERE $label = 'Product'
RETURN b.id AS thing_id, b.name AS thing, count(DISTINCT m.id) AS measures,
  count(DISTINCT m.notice_id) AS notices, min(m.id) AS measure_id
ORDER BY thing_id
UNION ALL
MATCH (b:Program)<-[:SUPPORTS|MENTIONS]-(m:Measure)
WHERE $label = 'Program'
RETURN b.id AS thing_id, b.name AS thing, count(DISTINCT m.id) AS measures,
  count(DISTINCT m.notice_id) AS notices, min(m.id) AS measure_id
ORDER BY thing_id
UNION ALL
MATCH (b:Platform)<-[:SUPPORTS|MENTIONS]-(m:Measure)
WHERE $label = 'Platform'
RETURN b.id AS thing_id, b.name AS thing, count(DISTINCT m.id) AS measures,
  count(DISTINCT m.notice_id) AS notices, min(m.id) AS measure_id
ORDER BY thing_id
UNION ALL
MATCH (b:Instrument)<-[:USES]-(m:Measure)
WHERE $label = 'Instrument'
RETURN b.id AS thing_id, b.name AS thing, count(DISTINCT m.id) AS measures,
  count(DISTINCT m.notice_id) AS notices, min(m.id) AS measure_id
ORDER BY thing_id
UNION ALL
MATCH (b:Target)<-[:SETS]-(m:Measure)
WHERE $label = 'Target'
RETURN b.id AS thing_id, b.name AS thing, count(DISTINCT m.id) AS measures,
  count(DISTINCT m.notice_id) AS notices, min(m.id) AS measure_id
ORDER BY thing_id
