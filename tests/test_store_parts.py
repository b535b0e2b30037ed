"""The small parts of the stores: guard, keys of notices, joined claims."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import StoreRejected
from kg.stores.citations import carried_title, normalise_number, normalise_title
from kg.stores.claims import canonical, join_properties
from kg.stores.elements import name_of
from kg.stores.guard import LONGEST, check_read_only
from kg.types import Properties

READS = [
    "MATCH (n:Notice) RETURN n.id AS id",
    "MATCH (n) WHERE n.name = 'CREATE (x)' RETURN n.id AS id;",
    "MATCH (n) RETURN n.name AS name // and DELETE nothing",
    "MATCH (n) /* SET */ RETURN n.set AS s",
    "MATCH (n:`DELETE`) RETURN n.id AS id",
    "MATCH (a)-[r:MERGE]->(b) RETURN r.start AS start, r.end AS end",
    "MATCH (a) RETURN {create: a.id, set: $delete} AS map",
    "CALL { MATCH (n) RETURN n.id AS id } RETURN id",
    "MATCH (n) CALL (n) { RETURN n.id AS id } RETURN id",
    "WITH 1 AS start RETURN start",
    "MATCH (a)-[*1..3]-(b) RETURN count(b) AS n",
    "RETURN 'not closed SET",  # all a string: the engine refuses it
    r"RETURN 'it\'s; SET' AS text",
]
WRITES = [
    ("CREATE (n)", "CREATE"),
    ("match (n) set n.x = 1", "SET"),
    ("MATCH (n)SET n:Agency", "SET"),
    ("MATCH (n) DETACH/**/DELETE n", "DETACH"),
    ("MATCH (n) WHERE n.x > 1. CREATE (m) RETURN m", "CREATE"),
    ("MATCH (n) WITH n.a AS b MERGE (m)", "MERGE"),
    ("RETURN 'a' DELETE b", "DELETE"),
    ("FOREACH (x IN [1] | CREATE (n))", "FOREACH"),
    ("LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row", "LOAD"),
    ("CALL db.labels() YIELD label RETURN label", "procedures"),
    ("EXPLAIN DROP INDEX x", "DROP"),
    ("USE other MATCH (n) RETURN n", "USE"),
    ("RETURN 1; RETURN 2", "one statement"),
    ("// nothing", "empty"),
    ("  ; ", "empty"),
]


@pytest.mark.parametrize("cypher", READS)
def test_reading_is_allowed(cypher: str) -> None:
    check_read_only(cypher)


@pytest.mark.parametrize(("cypher", "word"), WRITES)
def test_writing_is_refused(cypher: str, word: str) -> None:
    with pytest.raises(StoreRejected, match=word):
        check_read_only(cypher)


@pytest.mark.parametrize("piece", ["'", "/*", "\\'", "1.", "`", "(", "//\n", "a.", '"/*'])
def test_the_guard_reads_hostile_text(piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]
    with contextlib.suppress(StoreRejected):
        check_read_only(text)
    with pytest.raises(StoreRejected, match="characters"):
        check_read_only(text + "x")


NUMBERS = [
    ("国发〔2021〕20号", "国发〔2021〕20号"),
    ("国发[2021]20号", "国发〔2021〕20号"),
    ("国发（2021）020号", "国发〔2021〕20号"),
    (" 国 发【2021】第 20 ", "国发〔2021〕20号"),
    ("晋市监发（知）〔2021〕3号", "晋市监发〔知〕〔2021〕3号"),
    ("第6号", None),  # an order's number is borne by many
    ("2022年第6号", None),
    ("2021-3", None),
    ("", None),
]


@pytest.mark.parametrize(("written", "normalised"), NUMBERS)
def test_document_numbers(written: str, normalised: str | None) -> None:
    assert normalise_number(written) == normalised


def test_titles() -> None:
    assert normalise_title("《关于（甲）〈乙〉的\u3000通知》 ") == "关于(甲)乙的通知"


TITLES = [
    ("省政府关于印发某省行动方案(2024年)的通知", "某省行动方案(2024年)"),
    ("关于发布某某名录的公告", "某某名录"),
    ("关于印发某省办法的通知(修订)", "某省办法"),
    ("关于转发某省行动方案的通知", "关于转发某省行动方案的通知"),  # another body's text
    ("关于印发通知的管理办法", "关于印发通知的管理办法"),
    ("关于做好某项工作的通知", "关于做好某项工作的通知"),
]


@pytest.mark.parametrize(("title", "carried"), TITLES)
def test_titles_of_what_is_put_out(title: str, carried: str) -> None:
    assert carried_title(title) == carried


# As in the ontology, a property is a list for everyone or for no one.
CLAIMS = st.fixed_dictionaries(
    {},
    optional={
        "aliases": st.lists(st.sampled_from(["x", "y", "z"]), max_size=3),
        "kind": st.sampled_from([0, 1, 1.0, True, -0.0, "1", ""]),
    },
)


@given(first=CLAIMS, second=CLAIMS, third=CLAIMS)
def test_joining_claims_knows_no_order(
    first: Properties, second: Properties, third: Properties
) -> None:
    join = join_properties
    assert canonical(join(first, second)) == canonical(join(second, first))
    assert canonical(join(first, first)) == canonical(first)
    assert canonical(join(join(first, second), third)) == canonical(
        join(first, join(second, third))
    )


def test_names_come_from_the_ontology() -> None:
    assert name_of("Notice") == "Notice"
    with pytest.raises(StoreRejected, match="unknown"):
        name_of("Notice) DETACH DELETE (n")
