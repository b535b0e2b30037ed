// Who acts for an agency: collectives that include it, units that belong to it.
UNWIND $ids AS member_id
MATCH (a:Agency {id: member_id})<-[:INCLUDES]-(c:Agency)
RETURN member_id, a.name AS member, c.id AS id, 'collective' AS how
UNION ALL
UNWIND $ids AS member_id
MATCH (a:Agency {id: member_id})<-[:PART_OF*1..3]-(u:Agency)
RETURN member_id, a.name AS member, u.id AS id, 'unit' AS how
