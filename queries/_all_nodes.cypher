// Every node, with the notice that sections and measures stand in.
MATCH (n)
WHERE n:Agency OR n:Institution OR n:Instrument OR n:Measure OR n:Notice OR n:Place OR n:Platform OR n:Product OR n:Program OR n:Section OR n:Target
RETURN n.id AS id, labels(n)[0] AS label, n.name AS name, n.notice_id AS notice_id
ORDER BY id
LIMIT $fetch
