// Notices in whose measures any of the given actors has a role.
UNWIND $ids AS actor_id
MATCH (a)
WHERE a.id = actor_id AND (a:Agency OR a:Institution)
MATCH (a)-[:LEADS|RESPONSIBLE_FOR|SUPPORTS]->(m:Measure)
RETURN DISTINCT m.notice_id AS notice_id
ORDER BY notice_id
