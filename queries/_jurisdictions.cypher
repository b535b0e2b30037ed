// The places whose notices the graph has.
MATCH (n:Notice)
WHERE n.jurisdiction IS NOT NULL
RETURN DISTINCT n.jurisdiction AS id
ORDER BY id
