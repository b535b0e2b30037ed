// Measures in which one of the given things has a role, or that one of them is what it is about:
// a part for each type of edge, since Grafeo is slow to tell the type of one.
UNWIND $ids AS thing_id
MATCH (a)
WHERE a.id = thing_id AND 'LEADS' IN $roles AND (a:Agency OR a:Institution)
MATCH (a)-[:LEADS]->(m:Measure)
RETURN DISTINCT m.id AS id, m.notice_id AS notice_id, m.start AS start,
  m.due_on AS due_on, m.ongoing AS ongoing
UNION ALL
UNWIND $ids AS thing_id
MATCH (a)
WHERE a.id = thing_id AND 'RESPONSIBLE_FOR' IN $roles AND (a:Agency OR a:Institution)
MATCH (a)-[:RESPONSIBLE_FOR]->(m:Measure)
RETURN DISTINCT m.id AS id, m.notice_id AS notice_id, m.start AS start,
  m.due_on AS due_on, m.ongoing AS ongoing
UNION ALL
UNWIND $ids AS thing_id
MATCH (a)
WHERE a.id = thing_id AND 'SUPPORTS' IN $roles AND (a:Agency OR a:Institution)
MATCH (a)-[:SUPPORTS]->(m:Measure)
RETURN DISTINCT m.id AS id, m.notice_id AS notice_id, m.start AS start,
  m.due_on AS due_on, m.ongoing AS ongoing
UNION ALL
UNWIND $ids AS thing_id
MATCH (a)
WHERE a.id = thing_id AND 'MENTIONS' IN $relations AND (a:Agency OR a:Institution OR a:Place OR a:Platform
  OR a:Product OR a:Program)
MATCH (a)<-[:MENTIONS]-(m:Measure)
RETURN DISTINCT m.id AS id, m.notice_id AS notice_id, m.start AS start,
  m.due_on AS due_on, m.ongoing AS ongoing
UNION ALL
UNWIND $ids AS thing_id
MATCH (a)
WHERE a.id = thing_id AND 'SUPPORTS' IN $relations AND (a:Agency OR a:Institution OR a:Place OR a:Platform
  OR a:Product OR a:Program)
MATCH (a)<-[:SUPPORTS]-(m:Measure)
RETURN DISTINCT m.id AS id, m.notice_id AS notice_id, m.start AS start,
  m.due_on AS due_on, m.ongoing AS ongoing
UNION ALL
UNWIND $ids AS thing_id
MATCH (a)
WHERE a.id = thing_id AND 'USES' IN $relations AND a:Instrument
MATCH (a)<-[:USES]-(m:Measure)
RETURN DISTINCT m.id AS id, m.notice_id AS notice_id, m.start AS start,
  m.due_on AS due_on, m.ongoing AS ongoing
