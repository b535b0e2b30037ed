// Notices by title or document number, exactly or in part; exact and loaded ones first.
MATCH (n:Notice)
WHERE n.title IN $names OR n.document_number IN $names
  OR ($part <> '' AND (n.title CONTAINS $part OR n.document_number CONTAINS $part))
RETURN n.id AS id, 'Notice' AS label, n.title AS name, coalesce(n.document_number, '') AS number,
  CASE WHEN n.title IN $names OR n.document_number IN $names THEN 0 ELSE 1 END AS rank,
  CASE n.status WHEN 'loaded' THEN 0 ELSE 1 END AS status_rank, size(n.title) AS name_size
ORDER BY rank, status_rank, name_size, id LIMIT $fetch
