// What the notices of given places derive from, and how many of them do.
MATCH (n:Notice)
WHERE n.jurisdiction IN $jurisdictions
MATCH (n)-[:DERIVES_FROM]->(o:Notice)
RETURN o.id AS item, o.title AS item_zh, count(DISTINCT n.id) AS n, min(n.id) AS one_id
ORDER BY item
