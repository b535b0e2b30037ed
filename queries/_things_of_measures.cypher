// Things of a label that the given measures are joined to, and how many of them are.
UNWIND $ids AS given_id
WITH given_id
WHERE $label = 'Agency'
MATCH (m:Measure {id: given_id})<-[:LEADS|RESPONSIBLE_FOR|SUPPORTS]-(b:Agency)
RETURN b.id AS thing_id, b.name AS thing, count(DISTINCT m.id) AS measures,
  collect(DISTINCT m.notice_id) AS notice_ids, min(m.id) AS measure_id
ORDER BY thing_id
UNION ALL
UNWIND $ids AS given_id
WITH given_id
WHERE $label = 'Institution'
MATCH (m:Measure {id: given_id})-[:LEADS|RESPONSIBLE_FOR|SUPPORTS|MENTIONS]-(b:Institution)
RETURN b.id AS thing_id, b.name AS thing, count(DISTINCT m.id) AS measures,
  collect(DISTINCT m.notice_id) AS notice_ids, min(m.id) AS measure_id
ORDER BY thing_id
UNION ALL
UNWIND $ids AS given_id
WITH given_id
WHERE $label = 'Place'
MATCH (m:Measure {id: given_id})-[:SUPPORTS|MENTIONS]->(b:Place)
RETURN b.id AS thing_id, b.name AS thing, count(DISTINCT m.id) AS measures,
  collect(DISTINCT m.notice_id) AS notice_ids, min(m.id) AS measure_id
ORDER BY thing_id
UNION ALL
UNWIND $ids AS given_id
WITH given_id
WHERE $label = 'Product'
MATCH (m:Measure {id: given_id})-[:SUPPORTS|MENTIONS]->(b:Product)
RETURN b.id AS thing_id, b.name AS thing, count(DISTINCT m.id) AS measures,
  collect(DISTINCT m.notice_id) AS notice_ids, min(m.id) AS measure_id
ORDER BY thing_id
UNION ALL
UNWIND $ids AS given_id
WITH given_id
WHERE $label = 'Program'
MATCH (m:Measure {id: given_id})-[:SUPPORTS|MENTIONS]->(b:Program)
RETURN b.id AS thing_id, b.name AS thing, count(DISTINCT m.id) AS measures,
  collect(DISTINCT m.notice_id) AS notice_ids, min(m.id) AS measure_id
ORDER BY thing_id
UNION ALL
UNWIND $ids AS given_id
WITH given_id
WHERE $label = 'Platform'
MATCH (m:Measure {id: given_id})-[:SUPPORTS|MENTIONS]->(b:Platform)
RETURN b.id AS thing_id, b.name AS thing, count(DISTINCT m.id) AS measures,
  collect(DISTINCT m.notice_id) AS notice_ids, min(m.id) AS measure_id
ORDER BY thing_id
UNION ALL
UNWIND $ids AS given_id
WITH given_id
WHERE $label = 'Instrument'
MATCH (m:Measure {id: given_id})-[:USES]->(b:Instrument)
RETURN b.id AS thing_id, b.name AS thing, count(DISTINCT m.id) AS measures,
  collect(DISTINCT m.notice_id) AS notice_ids, min(m.id) AS measure_id
ORDER BY thing_id
UNION ALL
UNWIND $ids AS given_id
WITH given_id
WHERE $label = 'Target'
MATCH (m:Measure {id: given_id})-[:SETS]->(b:Target)
RETURN b.id AS thing_id, b.name AS thing, count(DISTINCT m.id) AS measures,
  collect(DISTINCT m.notice_id) AS notice_ids, min(m.id) AS measure_id
ORDER BY thing_id
