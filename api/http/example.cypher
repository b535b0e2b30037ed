// An example for those who write statements of their own.
MATCH (p:Product) WHERE p.name CONTAINS $word
RETURN p.id AS id, p.name AS name ORDER BY name, id
