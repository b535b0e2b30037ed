// The sections and measures of a notice, in the order of its text.
MATCH (n:Notice {id: $id})<-[:PART_OF*1..8]-(x)
WHERE x:Section OR x:Measure
RETURN DISTINCT labels(x)[0] AS label, x.id AS id, x.path AS path, x.number AS number,
  x.title AS title, x.start AS start, x.end AS end, x.text AS text, x.due_on AS due_on,
  x.ongoing AS ongoing, x.due_text AS due_text
ORDER BY start, label DESC, id
LIMIT $fetch
