// What lies in a place: places that are part of it, products and institutions of it or of those.
UNWIND $ids AS place_id
MATCH (p:Place {id: place_id})<-[:PART_OF*1..4]-(q:Place)
RETURN DISTINCT q.id AS id, q.name AS name
UNION
UNWIND $ids AS place_id
MATCH (p:Place {id: place_id})<-[:PART_OF*0..4]-(q:Place)<-[:LOCATED_IN]-(x)
WHERE x:Product OR x:Institution
RETURN DISTINCT x.id AS id, x.name AS name
