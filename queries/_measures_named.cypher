// Measures by title, exactly or in part; exact ones first.
MATCH (n:Measure)
WHERE n.title IN $names OR ($part <> '' AND n.title CONTAINS $part)
RETURN n.id AS id, 'Measure' AS label, n.title AS name,
  CASE WHEN n.title IN $names THEN 0 ELSE 1 END AS rank, size(n.title) AS name_size
ORDER BY rank, name_size, id LIMIT $fetch
