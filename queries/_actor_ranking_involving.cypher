// Who has a role in most of the measures that involve the given things.
UNWIND $terms AS term
MATCH (a)
WHERE a.id = term.id AND (a:Agency OR a:Institution OR a:Instrument OR a:Place OR a:Platform
  OR a:Product OR a:Program)
MATCH (a)-[r:LEADS|RESPONSIBLE_FOR|SUPPORTS|MENTIONS|USES]-(m:Measure)
WHERE (startNode(r).id = a.id AND type(r) IN term.roles)
  OR (startNode(r).id = m.id AND type(r) IN term.relations)
WITH m, count(DISTINCT term.key) AS met,
  CASE size(m.due_on) WHEN 4 THEN m.due_on + '-12-31' WHEN 7 THEN m.due_on + '-31'
  ELSE m.due_on END AS last_day
WHERE met = $needed
  AND ($first_day IS NULL OR last_day >= $first_day)
  AND ($final_day IS NULL OR last_day <= $final_day)
  AND (NOT $ongoing OR m.ongoing = true)
  AND ($text IS NULL OR m.text CONTAINS $text)
  AND (NOT $no_deadline OR (m.due_on IS NULL AND coalesce(m.ongoing, false) = false))
  AND (NOT $no_leader OR NOT EXISTS {MATCH (m)<-[:LEADS]-(x) WHERE x:Agency OR x:Institution})
  AND (NOT $no_actor
    OR NOT EXISTS {MATCH (m)<-[:LEADS|RESPONSIBLE_FOR|SUPPORTS]-(x) WHERE x:Agency OR x:Institution})
  AND (NOT $no_instrument OR NOT EXISTS {MATCH (m)-[:USES]->(x:Instrument)})
  AND (size($not_in) = 0 OR NOT EXISTS {MATCH (m)<-[q:LEADS|RESPONSIBLE_FOR|SUPPORTS]-(x)
    WHERE type(q) + ' ' + x.id IN $not_in})
  AND (size($not_out) = 0 OR NOT EXISTS {MATCH (m)-[q:MENTIONS|SUPPORTS|USES]->(x)
    WHERE type(q) + ' ' + x.id IN $not_out})
MATCH (n:Notice {id: m.notice_id})
WHERE ($jurisdictions IS NULL OR n.jurisdiction IN $jurisdictions)
  AND ($notice_ids IS NULL OR n.id IN $notice_ids)
  AND ($issued_first IS NULL OR n.issued_on >= $issued_first)
  AND ($issued_final IS NULL OR n.issued_on <= $issued_final)
  AND ($issuer_ids IS NULL
    OR EXISTS {MATCH (n)<-[:ISSUED]-(o:Agency) WHERE o.id IN $issuer_ids})
MATCH (m)<-[w:LEADS|RESPONSIBLE_FOR|SUPPORTS]-(b)
WHERE type(w) IN $ranked_roles AND (b:Agency OR b:Institution)
RETURN b.id AS actor_id, b.name AS actor, labels(b)[0] AS actor_label,
  count(DISTINCT m.id) AS measures, count(DISTINCT n.id) AS notices, min(m.id) AS measure_id
ORDER BY measures DESC, actor_id
SKIP $skip LIMIT $fetch
