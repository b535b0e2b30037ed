// Every notice; those that were read before those that are only cited.
MATCH (n:Notice)
WHERE n.id IS NOT NULL
RETURN n.id AS id, n.status AS status, coalesce(n.issued_on, '') AS sort_date
ORDER BY status DESC, sort_date, id
