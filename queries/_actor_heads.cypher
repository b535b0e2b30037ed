// What agencies are, by id.
UNWIND $ids AS actor_id
MATCH (a:Agency {id: actor_id})
RETURN a.id AS id, a.name AS name, a.level AS level, a.kind AS kind, a.jurisdiction AS jurisdiction
ORDER BY id
