// The places that notices are for.
MATCH (n:Notice)
WHERE n.jurisdiction IS NOT NULL
RETURN n.id AS id, n.jurisdiction AS jurisdiction
ORDER BY id
