// What is known of actors, places and things: where they belong, what they include and govern.
UNWIND $ids AS node_id
MATCH (n) WHERE n.id = node_id AND (n:Agency OR n:Institution OR n:Place OR n:Product)
MATCH (n)-[r:PART_OF|INCLUDES|GOVERNS|LOCATED_IN]->(o)
RETURN r.eid AS eid, type(r) AS type, properties(r) AS properties,
  n.id AS start_id, labels(n)[0] AS start_label, o.id AS end_id, labels(o)[0] AS end_label
ORDER BY type, eid
