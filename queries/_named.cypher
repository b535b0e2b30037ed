// Things that have names, by the name or an alias, exactly or in part; exact ones first.
MATCH (n:Agency)
WHERE 'Agency' IN $labels
  AND (n.name IN $names OR any(alias IN coalesce(n.aliases, []) WHERE alias IN $names)
    OR ($part <> ''
      AND (n.name CONTAINS $part OR any(alias IN coalesce(n.aliases, []) WHERE alias CONTAINS $part))))
RETURN n.id AS id, 'Agency' AS label, n.name AS name, coalesce(n.aliases, []) AS aliases, n.kind AS kind,
  CASE WHEN n.name IN $names OR any(alias IN coalesce(n.aliases, []) WHERE alias IN $names)
    THEN 0 ELSE 1 END AS rank, size(n.name) AS name_size
ORDER BY rank, name_size, id LIMIT $fetch
UNION ALL
MATCH (n:Institution)
WHERE 'Institution' IN $labels
  AND (n.name IN $names OR any(alias IN coalesce(n.aliases, []) WHERE alias IN $names)
    OR ($part <> ''
      AND (n.name CONTAINS $part OR any(alias IN coalesce(n.aliases, []) WHERE alias CONTAINS $part))))
RETURN n.id AS id, 'Institution' AS label, n.name AS name, coalesce(n.aliases, []) AS aliases, n.kind AS kind,
  CASE WHEN n.name IN $names OR any(alias IN coalesce(n.aliases, []) WHERE alias IN $names)
    THEN 0 ELSE 1 END AS rank, size(n.name) AS name_size
ORDER BY rank, name_size, id LIMIT $fetch
UNION ALL
MATCH (n:Place)
WHERE 'Place' IN $labels
  AND (n.name IN $names OR any(alias IN coalesce(n.aliases, []) WHERE alias IN $names)
    OR ($part <> ''
      AND (n.name CONTAINS $part OR any(alias IN coalesce(n.aliases, []) WHERE alias CONTAINS $part))))
RETURN n.id AS id, 'Place' AS label, n.name AS name, coalesce(n.aliases, []) AS aliases, n.kind AS kind,
  CASE WHEN n.name IN $names OR any(alias IN coalesce(n.aliases, []) WHERE alias IN $names)
    THEN 0 ELSE 1 END AS rank, size(n.name) AS name_size
ORDER BY rank, name_size, id LIMIT $fetch
UNION ALL
MATCH (n:Product)
WHERE 'Product' IN $labels
  AND (n.name IN $names OR any(alias IN coalesce(n.aliases, []) WHERE alias IN $names)
    OR ($part <> ''
      AND (n.name CONTAINS $part OR any(alias IN coalesce(n.aliases, []) WHERE alias CONTAINS $part))))
RETURN n.id AS id, 'Product' AS label, n.name AS name, coalesce(n.aliases, []) AS aliases, n.kind AS kind,
  CASE WHEN n.name IN $names OR any(alias IN coalesce(n.aliases, []) WHERE alias IN $names)
    THEN 0 ELSE 1 END AS rank, size(n.name) AS name_size
ORDER BY rank, name_size, id LIMIT $fetch
UNION ALL
MATCH (n:Program)
WHERE 'Program' IN $labels
  AND (n.name IN $names OR any(alias IN coalesce(n.aliases, []) WHERE alias IN $names)
    OR ($part <> ''
      AND (n.name CONTAINS $part OR any(alias IN coalesce(n.aliases, []) WHERE alias CONTAINS $part))))
RETURN n.id AS id, 'Program' AS label, n.name AS name, coalesce(n.aliases, []) AS aliases, n.kind AS kind,
  CASE WHEN n.name IN $names OR any(alias IN coalesce(n.aliases, []) WHERE alias IN $names)
    THEN 0 ELSE 1 END AS rank, size(n.name) AS name_size
ORDER BY rank, name_size, id LIMIT $fetch
UNION ALL
MATCH (n:Platform)
WHERE 'Platform' IN $labels
  AND (n.name IN $names OR any(alias IN coalesce(n.aliases, []) WHERE alias IN $names)
    OR ($part <> ''
      AND (n.name CONTAINS $part OR any(alias IN coalesce(n.aliases, []) WHERE alias CONTAINS $part))))
RETURN n.id AS id, 'Platform' AS label, n.name AS name, coalesce(n.aliases, []) AS aliases, n.kind AS kind,
  CASE WHEN n.name IN $names OR any(alias IN coalesce(n.aliases, []) WHERE alias IN $names)
    THEN 0 ELSE 1 END AS rank, size(n.name) AS name_size
ORDER BY rank, name_size, id LIMIT $fetch
