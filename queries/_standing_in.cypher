// The notices that sections and measures stand in.
UNWIND $ids AS part_id
MATCH (x) WHERE x.id = part_id AND (x:Measure OR x:Section)
MATCH (n:Notice {id: x.notice_id})
RETURN x.id AS id, n.id AS notice_id, n.title AS notice_title
ORDER BY id
