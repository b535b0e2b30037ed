// Everything of a label.
MATCH (b:Agency)
WHERE $label = 'Agency'
RETURN b.id AS id, b.name AS name, properties(b) AS properties
ORDER BY id
UNION ALL
MATCH (b:Institution)
WHERE $label = 'Institution'
RETURN b.id AS id, b.name AS name, properties(b) AS properties
ORDER BY id
UNION ALL
MATCH (b:Place)
WHERE $label = 'Place'
RETURN b.id AS id, b.name AS name, properties(b) AS properties
ORDER BY id
UNION ALL
MATCH (b:Product)
WHERE $label = 'Product'
RETURN b.id AS id, b.name AS name, properties(b) AS properties
ORDER BY id
UNION ALL
MATCH (b:Program)
WHERE $label = 'Program'
RETURN b.id AS id, b.name AS name, properties(b) AS properties
ORDER BY id
UNION ALL
MATCH (b:Platform)
WHERE $label = 'Platform'
RETURN b.id AS id, b.name AS name, properties(b) AS properties
ORDER BY id
UNION ALL
MATCH (b:Instrument)
WHERE $label = 'Instrument'
RETURN b.id AS id, b.name AS name, properties(b) AS properties
ORDER BY id
UNION ALL
MATCH (b:Target)
WHERE $label = 'Target'
RETURN b.id AS id, b.name AS name, properties(b) AS properties
ORDER BY id
