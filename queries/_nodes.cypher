// Nodes by id, whatever their label, with the notice they stand in.
UNWIND $ids AS node_id
MATCH (n) WHERE n.id = node_id
  AND (n:Agency OR n:Institution OR n:Instrument OR n:Measure OR n:Notice OR n:Place OR n:Platform OR n:Product OR n:Program OR n:Section OR n:Target)
RETURN n.id AS id, labels(n)[0] AS label, n.name AS name, properties(n) AS properties
ORDER BY id
