// Measures that have an edge of the given types: to who takes part, or to a policy instrument.
MATCH (m:Measure)<-[r:LEADS|RESPONSIBLE_FOR|SUPPORTS]-(x)
WHERE type(r) IN $types AND (x:Agency OR x:Institution)
RETURN DISTINCT m.id AS id
UNION ALL
MATCH (m:Measure)-[r:USES]->(x:Instrument)
WHERE type(r) IN $types
RETURN DISTINCT m.id AS id
