// Measures in which one of the given things has a role, or that one of them is what it is about.
UNWIND $ids AS thing_id
MATCH (a)
WHERE a.id = thing_id AND (a:Agency OR a:Institution)
MATCH (a)-[r:LEADS|RESPONSIBLE_FOR|SUPPORTS]->(m:Measure)
WHERE type(r) IN $roles
RETURN DISTINCT m.id AS id, m.notice_id AS notice_id, m.start AS start,
  m.due_on AS due_on, m.ongoing AS ongoing
UNION ALL
UNWIND $ids AS thing_id
MATCH (a)
WHERE a.id = thing_id AND (a:Agency OR a:Institution OR a:Instrument OR a:Place OR a:Platform
  OR a:Product OR a:Program)
MATCH (a)<-[r:MENTIONS|SUPPORTS|USES]-(m:Measure)
WHERE type(r) IN $relations
RETURN DISTINCT m.id AS id, m.notice_id AS notice_id, m.start AS start,
  m.due_on AS due_on, m.ongoing AS ongoing
