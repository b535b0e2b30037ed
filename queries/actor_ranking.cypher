// Who has one of the given roles in the given measures, and in how many.
UNWIND $ids AS given_id
MATCH (m:Measure {id: given_id})<-[r:LEADS|RESPONSIBLE_FOR|SUPPORTS]-(a)
WHERE type(r) IN $roles AND (a:Agency OR a:Institution)
RETURN a.id AS actor_id, a.name AS actor, labels(a)[0] AS actor_label,
  count(DISTINCT m.id) AS measures, collect(DISTINCT m.notice_id) AS notice_ids,
  min(m.id) AS measure_id
ORDER BY actor_id
