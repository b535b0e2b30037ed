// Every policy instrument in the graph.
MATCH (n:Instrument)
RETURN n.id AS id, 'Instrument' AS label, n.name AS name, n.instrument AS instrument,
  n.name_zh AS name_zh, n.name_en AS name_en, n.class AS class, n.category AS category
ORDER BY instrument, id
