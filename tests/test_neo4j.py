"""What only a server does: who may, what it says when it goes away, copies to and from it."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import graph_fixture as sample
import neo4j
import pytest
from builders import NoticeBuilder, small_notice
from neo4j_server import Server, imported_server

from kg.errors import StoreRejected, StoreUnavailable
from kg.opening import Login, copy_store, init_store, open_store
from kg.store import Store
from kg.stores.neo4j_schema import update_schema
from kg.types import Edge, Node


@pytest.fixture
def login(neo4j_server: Server) -> Login:
    return Login(neo4j_server.user, neo4j_server.password)


@pytest.fixture
def store(make_on_neo4j: Callable[[], Store]) -> Iterator[Store]:
    with sample.sample_store(make_on_neo4j) as store:
        yield store


def dumped(store: Store) -> list[Node | Edge]:
    return [*store.dump()]


def without_empty_lists(item: Node | Edge) -> Node | Edge:
    return replace(item, properties={k: v for k, v in item.properties.items() if v != []})


def policykg(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", "from api.cli import main; main()", *words],
        env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_wrong_password_is_told_and_not_shown(neo4j_server: Server) -> None:
    with pytest.raises(StoreRejected, match="refuses this user or password") as caught:
        open_store(neo4j_server.uri, mode="read", login=Login("neo4j", "wrong-secret"))
    assert "wrong-secret" not in str(caught.value)
    assert "wrong-secret" not in repr(Login("neo4j", "wrong-secret"))


def test_an_address_with_a_password_is_refused() -> None:
    with pytest.raises(StoreRejected, match="without user or password") as caught:
        open_store("bolt://neo4j:hunter2@127.0.0.1:1", mode="read")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_server_that_is_not_there_is_told(scheme: str) -> None:
    with pytest.raises(StoreUnavailable, match="does not answer"):
        open_store(f"{scheme}://127.0.0.1:1", mode="read")


def test_readers_cannot_write(store: Store, neo4j_server: Server, login: Login) -> None:
    before = dumped(store)
    with open_store(neo4j_server.uri, mode="read", login=login) as reader:
        with pytest.raises(StoreRejected, match="for reading only"):
            reader.load(small_notice().build())
        with reader._engine.reading() as tx, pytest.raises(StoreRejected):  # type: ignore[attr-defined]
            tx.write("CREATE (n:Place {id: 'x'})")
    assert dumped(store) == before


class Proxy:
    """Passes bytes on to a server, until it is cut."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._sockets: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """End all connections and take no more."""
        for one in (self._listener, *self._sockets):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._target))
                self._sockets += [near, far]
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    @staticmethod
    def _pass_on(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while block := source.recv(65_536):
                target.sendall(block)
        target.close()


def test_a_server_that_goes_away_while_loading(
    make_on_neo4j: Callable[[], Store], neo4j_server: Server, login: Login
) -> None:
    first, second = sample.fragments()[:2]
    with make_on_neo4j() as store:
        proxy = Proxy(int(neo4j_server.uri.rpartition(":")[2]))
        with open_store(f"bolt://127.0.0.1:{proxy.port}", mode="write", login=login) as far:
            far.load(first)
            proxy.cut()
            with pytest.raises(StoreUnavailable, match="can be run again"):
                far.load(second)
        assert store.status().notices_loaded == 1
        assert [store.load(f).outcome for f in (first, second)] == ["unchanged", "added"]


def test_writers_take_turns(store: Store, neo4j_server: Server, login: Login) -> None:
    builders = [NoticeBuilder(f"{n}号通知") for n in range(12)]
    for builder in builders:
        builder.role("LEADS", "甲省教育厅", builder.measure("一", "措施"))
        builder.cites(f"{(int(builder.title[:-3]) + 1) % 12}号通知")
    fragments = [builder.build() for builder in builders]

    def load(part: int) -> None:
        with open_store(neo4j_server.uri, mode="write", login=login) as writer:
            for fragment in fragments[part::3]:
                writer.load(fragment)

    threads = [threading.Thread(target=load, args=[part]) for part in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    together = dumped(store)
    with sample.sample_store() as alone:
        for fragment in fragments:
            alone.load(fragment)
        assert together == dumped(alone)


def test_what_another_writer_loaded_is_known(
    store: Store, neo4j_server: Server, login: Login
) -> None:
    cited, citing = NoticeBuilder("关于甲的通知"), NoticeBuilder("关于乙的通知")
    citing.cites("关于甲的通知")
    with open_store(neo4j_server.uri, mode="write", login=login) as other:
        store.load(small_notice().build())
        other.load(cited.build())
        store.load(citing.build())
    ends = [e.end.id for e in dumped(store) if isinstance(e, Edge) and e.start.id == citing.id]
    assert ends == [cited.id]


def test_the_schema_is_made_once_and_old_parts_go(neo4j_server: Server, login: Login) -> None:
    init_store(neo4j_server.uri, login=login)
    auth = (neo4j_server.user, neo4j_server.password)
    with neo4j.GraphDatabase.driver(neo4j_server.uri, auth=auth) as driver:
        with driver.session() as session:
            session.run("CREATE INDEX policykg_colour FOR (n:Colour) ON (n.id)").consume()
            session.run("CREATE INDEX theirs IF NOT EXISTS FOR (n:Colour) ON (n.x)").consume()
            session.run("DROP INDEX policykg_place_name").consume()
        assert init_store(neo4j_server.uri, login=login) == [
            "policykg_colour",
            "policykg_place_name",
        ]
        assert init_store(neo4j_server.uri, login=login) == []
        with driver.session() as session:
            names = {row["name"] for row in session.run("SHOW INDEXES YIELD name RETURN name")}
            assert "theirs" in names
            session.run("DROP INDEX theirs").consume()


def test_the_schema_needs_no_writing_where_all_is_there() -> None:
    said = []

    def run(cypher: str) -> list[dict[str, object]]:
        said.append(cypher)
        return []

    made = update_schema(run)
    assert all(name.startswith("policykg_") for name in made)
    assert sum("FULLTEXT" in cypher and "'cjk'" in cypher for cypher in said) >= 11


def test_copies_lose_nothing(
    store: Store, neo4j_server: Server, login: Login, tmp_path: Path
) -> None:
    before = dumped(store)
    file = tmp_path / "copy.grafeo"
    copy_store(neo4j_server.uri, file, login=login, tell=lambda _kind, _total: None)
    with open_store(file, mode="read") as copied:
        assert dumped(copied) == before
    with pytest.raises(StoreRejected, match="not empty"):
        copy_store(file, neo4j_server.uri, login=login, tell=lambda _kind, _total: None)
    neo4j_server.empty()
    copy_store(file, neo4j_server.uri, login=login, tell=lambda _kind, _total: None)
    assert dumped(store) == before
    # Who said what came along: a notice taken out leaves what the others say.
    gone = sample.fragments()[0].notice_id
    with open_store(file, mode="write") as copied:
        assert store.remove(gone)
        assert copied.remove(gone)
        assert dumped(store) == dumped(copied) != before


def test_what_is_exported_can_be_imported(tmp_path: Path) -> None:
    file, folder = tmp_path / "graph.grafeo", tmp_path / "files"
    odd = small_notice()
    odd.node("Product", '名,"称"\n二', aliases=["", "甲;乙", "丙\\"])
    with open_store(file, mode="write") as embedded:
        for fragment in [*sample.fragments(), odd.build()]:
            embedded.load(fragment)
        before = dumped(embedded)
    told = policykg("export", "--format", "neo4j-admin", "-o", str(folder), "--db", str(file))
    assert told.returncode == 0, told.stderr
    again = policykg("export", "-o", str(folder), "--db", str(file))
    assert "is not empty" in again.stderr
    assert "overwrite" not in (folder / "import.args").read_text(encoding="utf-8")
    moved = folder.rename(tmp_path / "moved")
    with imported_server(tmp_path / "home", moved / "import.args") as server:
        login = Login(server.user, server.password)
        with open_store(server.uri, mode="write", login=login) as store:
            assert dumped(store) == [without_empty_lists(item) for item in before]
            assert store.load(odd.build()).outcome == "unchanged"
            assert store.search("盘锦大米")[0].name == "盘锦大米"


def test_commands_run_on_a_server(neo4j_server: Server, tmp_path: Path) -> None:
    neo4j_server.empty()
    secret = tmp_path / "password"
    secret.write_text(neo4j_server.password + "\n")
    notice = tmp_path / "notice.txt"
    notice.write_text(sample.LIAONING, encoding="utf-8")
    words = ["--password-file", str(secret)]
    loaded = policykg(*words, "load", str(notice), "--db", neo4j_server.uri)
    assert loaded.returncode == 0, loaded.stderr
    asked = policykg(
        "ask", "哪些措施涉及省教育厅", "--format", "csv", "--db", neo4j_server.uri,
        POLICYKG_NEO4J_PASSWORD=neo4j_server.password,
    )  # fmt: skip
    assert "辽宁省教育厅" in asked.stdout
    shown = policykg("status", "--db", neo4j_server.uri, POLICYKG_NEO4J_PASSWORD_FILE=str(secret))
    assert f"{neo4j_server.uri} (Neo4j 5" in shown.stdout
    assert neo4j_server.password not in loaded.stderr + asked.stderr + shown.stdout
    refused = policykg("status", "--db", neo4j_server.uri, POLICYKG_NEO4J_PASSWORD="no")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "refuses" in refused.stderr
    assert "Traceback" not in refused.stderr
