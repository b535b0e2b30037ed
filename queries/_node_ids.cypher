// The ids of all nodes.
MATCH (n)
WHERE n.id IS NOT NULL
  AND (n:Agency OR n:Institution OR n:Instrument OR n:Measure OR n:Notice OR n:Place OR n:Platform OR n:Product OR n:Program OR n:Section OR n:Target)
RETURN n.id AS id
ORDER BY id
