// By what given measures can be told apart: roles their actors have, classes of their instruments.
UNWIND $ids AS measure_id
MATCH (m:Measure {id: measure_id})-[r:LEADS|RESPONSIBLE_FOR|SUPPORTS|USES]-(o)
WHERE o:Instrument OR startNode(r).id <> measure_id
RETURN DISTINCT measure_id, type(r) AS type, coalesce(o.class, '') AS class
ORDER BY type, class, measure_id
