"""Cypher from outside, on both engines: what is refused, what is stopped, what others notice."""

import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import graph_fixture as sample
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.adhoc import AdhocReader, Limits, open_adhoc
from kg.adhoc.embedded import EmbeddedReader
from kg.adhoc.growth import check_growth
from kg.adhoc.guard import LONGEST, clean_statement
from kg.adhoc.server import check_operator
from kg.errors import LimitExceeded, QueryError, StoreRejected, StoreUnavailable
from kg.opening import Login
from kg.stores import open_store

LIMITS = Limits(seconds=3, rows=5, size=20_000, memory=96 * 2**20, at_once=2)
SLACK = 8.0  # seconds: the server's clock, and a machine that is busy
NAMES = "MATCH (p:Product) RETURN p.name AS name ORDER BY name"


@pytest.fixture(scope="module")
def reader(kept: tuple[str, Login]) -> Iterator[AdhocReader]:
    with open_adhoc(kept[0], LIMITS, login=kept[1]) as opened:
        yield opened


@pytest.fixture(scope="module")
def state(kept: tuple[str, Login]) -> Callable[[], object]:
    """Return what tells the whole graph."""

    def tell() -> object:
        with open_store(kept[0], mode="read", login=kept[1]) as store:
            return [*store.dump()]

    return tell


class TestReading:
    def test_rows_come_by_column(self, reader: AdhocReader) -> None:
        found = reader.run(
            "MATCH (m:Measure)-[r:SUPPORTS]->(p:Product {name: $name}) "
            "RETURN m.name AS measure, r.quote AS quote ORDER BY measure;",
            {"name": "盘锦大米"},
        )
        assert found.columns == ("measure", "quote")
        assert found.rows
        assert all("盘锦大米" in row["quote"] for row in found.rows)
        assert not found.truncated

    def test_both_engines_give_the_same_shapes(self, reader: AdhocReader) -> None:
        [row] = reader.run(
            "MATCH (m:Measure)-[r:SUPPORTS]->(p:Product {name: '盘锦大米'}) RETURN p, r.notice_id "
            "AS n, {list: [1, 2.5, true, null], day: date('2024-05-06')} AS map LIMIT 1",
            {},
        ).rows
        assert row["p"]["labels"] == ["Product"]
        assert row["p"]["properties"]["name"] == "盘锦大米"
        assert not [key for key in row["p"]["properties"] if key.startswith("_")]
        assert row["map"] == {"list": [1, 2.5, True, None], "day": "2024-05-06"}

    def test_an_edge_has_its_type(self, reader: AdhocReader) -> None:
        [row] = reader.run("MATCH ()-[r:SUPPORTS]->(:Product) RETURN r LIMIT 1", {}).rows
        assert row["r"]["type"] == "SUPPORTS"
        assert row["r"]["properties"]["quote"]

    @pytest.mark.parametrize(
        "cypher",
        [
            "// all\nMATCH (n:Notice) /* of\r\nthem */ RETURN n.title AS title",
            "MATCH (n:Notice) WHERE n.title <> 'CREATE (x); DELETE' RETURN n.id AS id",
            "MATCH (n:Notice) RETURN n.`start` AS `create`, n.`set` AS `load csv`",
            "MATCH (n) RETURN {`delete`: 1} AS map LIMIT 1",
            "RETURN 'x\\' AS x CREATE (:Evil) //' AS all_of_it_a_string",
            'RETURN "x\\" AS x CREATE (:Evil) //" AS all_of_it_a_string',
            "CALL { MATCH (n:Notice) RETURN n.id AS id } RETURN id",
            "CALL db.labels() YIELD label RETURN label",
            "MATCH (n:Notice) RETURN n.id AS id UNION MATCH (n:Product) RETURN n.id AS id",
            "UNWIND range(2020, 2026) AS year RETURN year, toString(year) AS text",
            (
                "MATCH (a:Agency) OPTIONAL MATCH (a)-[r]->(m:Measure) WITH a, count(m) AS n "
                "WHERE n > 1 RETURN a.name AS name, n ORDER BY n DESC, name SKIP 0 LIMIT 3"
            ),
            "MATCH (p:Product) RETURN [x IN p.aliases WHERE x CONTAINS '大'] AS aliases",
            (
                "MATCH (m:Measure) WHERE EXISTS { MATCH (m)-[:SUPPORTS]->(:Product) } "
                "RETURN collect({id: m.id, title: m.title, path: m.path}) AS measures"
            ),
        ],
    )
    def test_reading_is_allowed(self, reader: AdhocReader, cypher: str) -> None:
        assert reader.run(cypher, {}).rows

    def test_rows_beyond_the_limit_are_told(self, reader: AdhocReader) -> None:
        found = reader.run("UNWIND range(1, 1000) AS x RETURN x", {})
        assert [row["x"] for row in found.rows] == [1, 2, 3, 4, 5]
        assert found.truncated
        assert not reader.run("UNWIND range(1, 5) AS x RETURN x", {}).truncated

    def test_bytes_beyond_the_limit_are_told(self, reader: AdhocReader) -> None:
        found = reader.run("UNWIND range(1, 5) AS x RETURN $text AS text", {"text": "字" * 2_500})
        assert len(found.rows) == 2  # 7,500 bytes each
        assert found.truncated

    @pytest.mark.parametrize(
        ("cypher", "reason"),
        [
            ("MATCH (n RETURN n", "xpected|nvalid"),
            ("RETURN nothing AS x", "nothing"),
            ("RETURN $absent AS x", "absent"),
            ("RETURN nosuch(1) AS x", "nosuch"),
        ],
    )
    def test_what_is_wrong_is_told(self, reader: AdhocReader, cypher: str, reason: str) -> None:
        with pytest.raises(QueryError, match=reason) as caught:
            reader.run(cypher, {})
        assert "\n" not in str(caught.value)


WRITES = [
    "CREATE (n:Evil)",
    "MATCH (n) SET n.name = 'x' RETURN n",
    "MATCH (n) DETACH DELETE n",
    "MERGE (n:Evil {id: 1}) RETURN n",
    "MATCH (n) REMOVE n.name",
    "MATCH (n) WITH n LIMIT 1 CREATE (n)-[:EVIL]->(n)",
    "CALL { CREATE (n:Evil) RETURN n } RETURN n",
    "MATCH (n) CALL (n) { SET n.x = 1 } RETURN n",
    "CALL { MATCH (n) DELETE n } IN TRANSACTIONS OF 1 ROWS",
    "FOREACH (x IN [1] | CREATE (:Evil))",
    "UNWIND [1] AS x CREATE (:Evil)",
    "MATCH (n) WHERE n.x = 1. CREATE (m:Evil) RETURN m",
    "RETURN 1 AS x UNION CREATE (n:Evil) RETURN 1 AS x",
    "INSERT (:Evil)",
]
ADMIN = [
    "CREATE INDEX evil FOR (n:Evil) ON (n.x)",
    "DROP CONSTRAINT x IF EXISTS",
    "CREATE USER evil SET PASSWORD 'evilevil'",
    "ALTER USER neo4j SET PASSWORD 'evilevil'",
    "SHOW USERS",
    "SHOW SETTINGS YIELD name, value RETURN name, value",
    "SHOW TRANSACTIONS",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "SHOW DATABASES YIELD name RETURN name",
    "CREATE DATABASE evil",
    "STOP DATABASE neo4j",
    "START DATABASE neo4j",
    "USE system MATCH (n) RETURN n",
    "CALL { USE system MATCH (n) RETURN n } RETURN n",
    "GRANT ROLE admin TO evil",
    "ENABLE SERVER 'x'",
    "EXPLAIN MATCH (n) RETURN n",
    "PROFILE MATCH (n) RETURN n",
    "CYPHER runtime=slotted MATCH (n) RETURN n",
    "CYPHER 25 MATCH (n) RETURN n",
    ":use system",
]
FILES = [
    "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
    "load\tcsv from 'file:///etc/passwd' as row return row",
    "MATCH (n) LOAD CSV FROM 'http://127.0.0.1/' AS row RETURN row",
    "CALL { LOAD CSV FROM '/etc/passwd' AS row RETURN row } RETURN row",
    "UNWIND [1] AS x LOAD/**/CSV FROM 'file:///etc/passwd' AS row RETURN row",
    "RETURN apoc.load.json('file:///etc/passwd') AS x",
]
PROCEDURES = [
    "CALL dbms.listConfig() YIELD name, value RETURN name, value",
    "CALL dbms.killConnections(['x'])",
    "CALL db.clearQueryCaches()",
    "CALL db.createLabel('Evil')",
    "CALL dbms.listConfig",
    "CALL `dbms`.listConfig()",
    "CALL `dbms.listConfig`()",
    "CALL dbms . /* x */ listConfig ( )",
    "CALL db.labels.evil()",
    "CALL db.labels() YIELD label CALL dbms.listConfig() YIELD name RETURN name",
    "MATCH (n) OPTIONAL CALL dbms.listConfig() YIELD name RETURN name",
    "CALL grafeo.pagerank()",
    "CALL apoc.cypher.doIt('CREATE (:Evil)', {})",
    "RETURN apoc.cypher.runFirstColumnSingle('CREATE (:Evil)') AS x",
    "RETURN `apoc`.`cypher`.`runFirstColumnSingle`('CREATE (:Evil)') AS x",
    "RETURN `apoc.version`() AS x",
    "CALL",
    "CALL `",
]
CHAINS = [
    "RETURN 1 AS x; CREATE (:Evil)",
    "RETURN 1 AS x;; CREATE (:Evil)",
    "RETURN 1 AS x;\nMATCH (n) DETACH DELETE n;",
    "; CREATE (:Evil)",
    ";",
    "",
    "// only words",
]
TRICKS = [
    "RETURN 1 AS x // \r CREATE (:Evil)",
    "RETURN 1 AS x // \r ' \n CREATE (:Evil) // '",
    "/* /* */ CREATE (:Evil) /* */ */ RETURN 1 AS x",
    "/* ' */ CREATE (:Evil) /* ' */ RETURN 1 AS x",
    "RETURN 1 AS x /* CREATE (:Evil)",
    "RETURN '*/' AS x /* ' */ CREATE (:Evil)",
    "CR/**/EATE (:Evil)",
    "\\u0043REATE (:Evil)",
    "RETURN '\\u0027 AS x CREATE (:Evil) //' AS y",
    "RETURN 1 AS x //\\u000aCREATE (:Evil)",
    "RETURN `\\u0060 AS x CREATE (:Evil) //`",
    "\uff23\uff32\uff25\uff21\uff34\uff25 (:Evil)",
    "\u200bCREATE (:Evil)",
    "CREATE\u200b (:Evil)",
    "MATCH (n)\u00a0SET n.x = 1",
    "MATCH (n)\u3000SET n.x = 1",
    "MATCH (n)\u2028SET n.x = 1",
    "MATCH (n) \u017fET n.x = 1",  # the long s, which is S in capitals
    "LOAD\u180eCSV FROM 'file:///etc/passwd' AS row RETURN row",
    "\ufeffCREATE (:Evil)",
    "RETURN `x\\` AS x CREATE (:Evil) //`",
    "MATCH (n) RETURN n.x\x00CREATE (:Evil)",
    "RETURN 1 AS x \x1b[2J",
    "\u202eRETURN 1 AS x",
]
ATTACKS = WRITES + ADMIN + FILES + PROCEDURES + CHAINS + TRICKS


class TestRefusals:
    @pytest.mark.parametrize("cypher", ATTACKS)
    def test_it_is_refused_by_its_words(self, cypher: str) -> None:
        with pytest.raises(QueryError):
            clean_statement(cypher)

    def test_the_graph_is_as_it_was(self, reader: AdhocReader, state: Callable[[], object]) -> None:
        before = state()
        for cypher in ATTACKS:
            with pytest.raises(QueryError):
                reader.run(cypher, {"evil": "CREATE (:Evil)"})
        assert state() == before

    def test_what_the_words_let_pass_the_engine_refuses(
        self,
        reader: AdhocReader,
        state: Callable[[], object],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Each barrier holds alone: here the first one is gone."""
        for module in ("embedded", "server"):
            monkeypatch.setattr(f"kg.adhoc.{module}.clean_statement", lambda text: text)
        before = state()
        # EXPLAIN has no effect, and Grafeo has no users and no settings to show
        barred = [*WRITES, *FILES, "CALL dbms.listConfig()", "SHOW USERS", "DROP INDEX x"]
        for cypher in barred:
            with pytest.raises(QueryError):
                reader.run(cypher, {})
        assert state() == before

    def test_values_are_not_statements(self, reader: AdhocReader) -> None:
        evil = "' CREATE (:Evil) //"
        assert reader.run("RETURN $x AS x", {"x": evil}).rows == ({"x": evil},)

    @pytest.mark.parametrize("piece", ["(", "[", "{", "'", "/*", "`", "RETURN ", "\\'", "1.", "a."])
    def test_long_and_deep_statements_are_refused_at_once(self, piece: str) -> None:
        began = time.monotonic()
        for length in (LONGEST, LONGEST * 100):
            statement = "RETURN " + piece * (length // len(piece))
            with pytest.raises(QueryError):
                clean_statement(statement)
            with suppress(QueryError):
                check_growth(statement[:LONGEST])
        assert time.monotonic() - began < 5

    @given(st.lists(st.sampled_from([*"'\"`/*\\\n ;(){}[].:$x", " CREATE ", "//", "*/"])))
    def test_neither_comments_nor_words_of_writing_are_left(self, pieces: list[str]) -> None:
        try:
            cleaned = clean_statement(f"RETURN {''.join(pieces)}")
        except QueryError:
            return
        assert "//" not in unquoted(cleaned)
        assert "/*" not in unquoted(cleaned)
        assert ";" not in unquoted(cleaned)
        assert re.findall(r"[^.:$\s]\s*CREATE(?!\s*:)", unquoted(cleaned)) == []


def unquoted(text: str) -> str:
    """Return what stands outside quotes, character by character as a lexer sees it."""
    kept, quote, is_escaped = "", "", False
    for character in text:
        if quote:
            if is_escaped:
                is_escaped = False
            elif character == "\\" and quote != "`":
                is_escaped = True
            elif character == quote:
                kept, quote = f"{kept}'", ""
        elif character in "'\"`":
            quote = character
        else:
            kept += character
    assert not quote
    return kept


ENDLESS = [
    (
        "UNWIND range(1, 10000) AS a UNWIND range(1, 10000) AS b UNWIND range(1, 10000) AS c "
        "UNWIND range(1, 10000) AS d RETURN sum(a + b + c + d) AS n"
    ),
    (
        "MATCH (a), (b), (c), (d), (e), (f), (g) WHERE a.x = b.x OR f.name <> g.id "
        "RETURN count(DISTINCT a.name + g.id) AS n"
    ),
    "MATCH (a)-[*1..40]-(b) RETURN count(*) AS n",
]
HUNGRY = [
    "UNWIND range(1, 10000) AS a UNWIND range(1, 10000) AS b RETURN collect(a * b) AS list",
    "MATCH (a), (b), (c), (d), (e), (f) RETURN collect([a.name, b.name, c.id, f.id]) AS list",
]
GROWING = [
    "RETURN range(1, 1000000000) AS x",
    "RETURN size([x IN range(1, 1000000000) WHERE x % 7 = 0]) AS n",
    "RETURN [x IN range(1, 10000) | [y IN range(1, 10000) | [z IN range(1, 10000) | z]]] AS x",
    "RETURN reduce(s = 'x', i IN range(1, 60) | s + s) AS x",
    "RETURN reduce(l = [1], i IN range(1, 60) | l + l) AS x",
    "WITH [1] AS l " + "WITH l + l AS l " * 60 + "RETURN l",
    "WITH [1] AS l " + "WITH [l, l] AS l " * 60 + "RETURN l",
    "WITH [1] AS l " + "WITH l AS a, l AS b WITH [a, b] AS l " * 60 + "RETURN l",
    "WITH {a: 1} AS m " + "WITH {a: m, b: m.a, c: m} AS m " * 60 + "RETURN m",
    "WITH [1] AS l " + "UNWIND [[l, l]] AS l1 UNWIND [[l1, l1]] AS l " * 30 + "RETURN l",
    "WITH $l AS l RETURN [" + ", ".join(["l"] * 2000) + "] AS l",
    "RETURN [" + ", ".join(["$l"] * 2000) + "] AS l",
    "MATCH (n) WITH collect(n.id) AS l RETURN [x IN l | l] AS x",
    "MATCH (n) WITH collect(n.id) AS l WHERE all(x IN l WHERE x IN l) RETURN size(l) AS n",
    "MATCH (n) WITH {all: collect(n.id)} AS m RETURN [x IN m.all | m.all] AS x",
    "UNWIND range(1, 1000) AS i WITH collect(range(1, 10000)) AS l RETURN l",
    "MATCH (n) WITH collect(n.id) AS l RETURN [x IN l | {a: l}] AS x",
    "RETURN replace('aaaaaaaaaaaaaaaaaaaa', 'a', $long) AS x",
    "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' =~ '(a+)+b' AS x",
]


class TestLimits:
    @pytest.mark.parametrize("cypher", ENDLESS)
    def test_an_endless_statement_is_stopped_and_others_are_served(
        self, reader: AdhocReader, kept: tuple[str, Login], cypher: str
    ) -> None:
        began = time.monotonic()
        with (
            open_store(kept[0], mode="read", login=kept[1]) as store,
            ThreadPoolExecutor(1) as pool,
        ):
            running = pool.submit(reader.run, cypher, {})
            served = 0
            while not running.done():
                assert reader.run("RETURN 1 AS one", {}).rows == ({"one": 1},)
                assert store.run("MATCH (n:Notice) RETURN count(n) AS n")[0]["n"] > 0
                served += 1
            with pytest.raises(LimitExceeded):
                running.result()
        assert served > 0
        assert time.monotonic() - began < LIMITS.seconds + SLACK
        assert reader.run(NAMES, {}).rows

    @pytest.mark.parametrize("cypher", HUNGRY)
    def test_a_hungry_statement_is_stopped(self, reader: AdhocReader, cypher: str) -> None:
        began = time.monotonic()
        with pytest.raises(LimitExceeded):
            reader.run(cypher, {})
        assert time.monotonic() - began < LIMITS.seconds + SLACK
        assert reader.run(NAMES, {}).rows

    @pytest.mark.parametrize("cypher", GROWING)
    def test_what_grows_within_one_row_is_refused_or_stopped(
        self, reader: AdhocReader, cypher: str
    ) -> None:
        began = time.monotonic()
        parameters = {"l": [1] * 1000, "long": "a" * 10_000}
        if isinstance(reader, EmbeddedReader):
            # some are small enough in this graph; what counts is that the limits hold
            with suppress(QueryError):
                reader.run(cypher, parameters)
        else:
            with pytest.raises(QueryError, match="server"):
                reader.run(cypher, parameters)
        assert time.monotonic() - began < LIMITS.seconds + SLACK
        assert reader.run(NAMES, {}).rows

    def test_more_than_can_be_served_are_told_to_come_again(self, reader: AdhocReader) -> None:
        with ThreadPoolExecutor(12) as pool:
            running = [pool.submit(reader.run, ENDLESS[0], {}) for _ in range(12)]
            kinds = [type(future.exception()) for future in running]
        assert set(kinds) == {LimitExceeded, StoreUnavailable}
        assert reader.run(NAMES, {}).rows

    def test_the_store_knows_nothing_of_it(self, kept: tuple[str, Login]) -> None:
        before = threading.active_count()
        with open_adhoc(kept[0], LIMITS, login=kept[1]) as reader:
            reader.run(NAMES, {})
        time.sleep(0.1)
        assert threading.active_count() <= before
        reader.close()  # twice is fine


class TestPlans:
    @pytest.mark.parametrize(
        ("kind", "details"),
        [
            ("Expand(All)@neo4j", "(a)-[r]->(b)"),
            ("VarLengthExpand(Pruning,BFS,All)@neo4j", ""),
            ("ProduceResults@neo4j", "x"),
            ("ProcedureCall@neo4j", "db.labels() :: (label :: STRING)"),
        ],
    )
    def test_steps_that_read_are_known(self, kind: str, details: str) -> None:
        check_operator(kind, {"Details": details})

    @pytest.mark.parametrize(
        ("kind", "details"),
        [
            ("LoadCSV@neo4j", "row"),
            ("Create@neo4j", "(n:Evil)"),
            ("SetProperty@neo4j", ""),
            ("TransactionForeach@neo4j", ""),
            ("ShowSettings@neo4j", ""),
            ("ProcedureCall@neo4j", "dbms.listConfig() :: (name :: STRING)"),
            ("ProcedureCall@neo4j", "db.labels.evil() :: ()"),
            ("ProcedureCall@neo4j", ""),
            ("SomethingOfNextYear@neo4j", ""),
        ],
    )
    def test_others_are_refused(self, kind: str, details: str) -> None:
        with pytest.raises(QueryError):
            check_operator(kind, {"Details": details})


class TestOpening:
    def test_memory_cannot_be_read_by_another_process(self) -> None:
        with pytest.raises(StoreRejected, match="file or on a server"):
            open_adhoc("memory:", LIMITS)

    def test_no_database_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(StoreRejected, match="no database"):
            open_adhoc(tmp_path / "none.grafeo", LIMITS)

    def test_a_system_that_cannot_limit_processes_is_told(
        self, kept_file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.platform", "win32")
        with pytest.raises(StoreRejected, match="Linux"):
            open_adhoc(kept_file, LIMITS)


class TestWorkers:
    def test_a_new_state_of_the_file_is_seen(self, tmp_path: Path) -> None:
        path = tmp_path / "graph.grafeo"
        first, *others = sample.fragments()
        with open_store(path, mode="write") as store:
            store.load(first)
        count = "MATCH (n:Notice) WHERE n.status = 'loaded' RETURN count(n) AS n"
        with open_adhoc(path, LIMITS) as reader:
            assert reader.run(count, {}).rows == ({"n": 1},)
            with open_store(path, mode="write") as store:
                for fragment in others:
                    store.load(fragment)
            assert reader.run(count, {}).rows == ({"n": 1 + len(others)},)

    def test_a_worker_opens_no_file_and_knows_no_secret(
        self, kept_file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("POLICYKG_NEO4J_PASSWORD", "hush-hush")
        monkeypatch.setattr("kg.adhoc.embedded.clean_statement", lambda text: text)
        with EmbeddedReader(kept_file, LIMITS) as reader:
            with pytest.raises(QueryError, match="Too many open files"):
                reader.run("LOAD CSV FROM '/etc/hostname' AS row RETURN row", {})
            [worker] = reader._idle
            process = Path(f"/proc/{worker._process.pid}")
            assert b"hush-hush" not in (process / "environ").read_bytes()
            limits = (process / "limits").read_text()
        assert re.search(r"Max open files +3 +3 ", limits)
        assert re.search(r"Max file size +0 +0 ", limits)
        assert not process.exists()

    def test_a_worker_ends_with_its_parent(self, kept_file: Path) -> None:
        code = (
            "import os, sys; from kg.adhoc import Limits, open_adhoc\n"
            f"reader = open_adhoc({str(kept_file)!r}, Limits())\n"
            "reader.run('RETURN 1 AS x', {})\n"
            "print(reader._idle[0]._process.pid, flush=True); os._exit(0)"
        )
        pid = int(subprocess.check_output([sys.executable, "-c", code], text=True))
        deadline = time.monotonic() + 20
        while Path(f"/proc/{pid}/cmdline").exists() and time.monotonic() < deadline:
            if not Path(f"/proc/{pid}/cmdline").read_bytes():  # ended, and not yet reaped
                break
            time.sleep(0.1)
        else:
            assert not Path(f"/proc/{pid}").exists()
