// The places that measures name.
MATCH (p:Place)
WHERE EXISTS {MATCH (p)<-[:MENTIONS|SUPPORTS]-(m:Measure)}
RETURN p.id AS id, p.name AS name, p.code AS code
ORDER BY id
