"""The embedded store's file: one writer, readers beside it, crashes, wrong paths."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import grafeo
import pytest
from builders import series, small_notice
from loading import killed_while_loading, loading

from kg.errors import StoreRejected, StoreUnavailable
from kg.opening import default_location, open_store
from kg.types import Edge, GraphFragment, Node


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "图 谱.grafeo"


def load(path: Path, *fragments: GraphFragment) -> None:
    with open_store(path, mode="write") as store:
        for fragment in fragments:
            store.load(fragment)


def dump(path: Path) -> list[Node | Edge]:
    with open_store(path, mode="read") as store:
        return [*store.dump()]


def files(path: Path) -> set[str]:
    return {item.name.removeprefix(path.name) for item in path.parent.iterdir()}


# What is on disk


def test_what_was_loaded_is_there_later(path: Path) -> None:
    fragment = small_notice().build()
    load(path, fragment)
    assert dump(path) == [*fragment.nodes, *fragment.edges]
    assert files(path) == {"", ".lock"}
    with open_store(path, mode="write") as store:
        assert store.load(fragment).outcome == "unchanged"


def test_citations_are_remembered_between_openings(path: Path) -> None:
    fragments = [series(number) for number in range(3)]
    for fragment in fragments:
        load(path, fragment)
    with open_store("memory:", mode="write") as store:
        for fragment in reversed(fragments):
            store.load(fragment)
        assert dump(path) == [*store.dump()]
    with open_store(path, mode="write") as store:
        assert store.remove(fragments[1].notice_id)
        assert store.remove(fragments[2].notice_id)
    assert dump(path) == [*fragments[0].nodes, *fragments[0].edges]


def test_loading_what_is_there_leaves_the_file_alone(path: Path) -> None:
    load(path, series(1))
    before = path.stat()
    load(path, series(1))
    after = path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_an_indexed_store_finds_again(path: Path) -> None:
    load(path, small_notice().build())
    with open_store(path, mode="read") as store:
        assert store.search("盘锦大米")[0].label == "Product"
        assert store.search("甲省教厅")[0].name == "甲省教育厅"


# Readers and writers


def test_readers_see_the_last_published_state(path: Path) -> None:
    load(path, series(1))
    with open_store(path, mode="write") as writer:
        writer.load(series(2))
        assert writer.status().notices_loaded == 2
        with open_store(path, mode="read") as reader:
            assert reader.status().notices_loaded == 1
            writer.load(series(3))
            assert reader.status().notices_loaded == 1
            writer.close()
            assert reader.status().notices_loaded == 3  # a reader follows what is published


def test_a_snapshot_keeps_to_the_state_it_was_taken_at(path: Path) -> None:
    load(path, series(1))
    with open_store(path, mode="read") as reader:
        before = reader.snapshot()
        assert before.version() == reader.version()
        load(path, series(2))
        after = reader.snapshot()
        assert [s.status().notices_loaded for s in (before, after)] == [1, 2]
        assert after.version() == reader.version() != before.version()
        with open_store(path, mode="read") as another:
            assert another.version() == after.version()


def test_a_reader_does_not_keep_a_writer_out(path: Path) -> None:
    load(path, series(1))
    with open_store(path, mode="read") as reader:
        load(path, series(2))
        assert reader.run("MATCH (n:Notice) WHERE n.status = 'loaded' RETURN count(n) AS n") == [
            {"n": 2}
        ]


def test_a_reader_writes_nothing(path: Path) -> None:
    load(path, series(1))
    with open_store(path, mode="read") as reader:
        for write in (lambda: reader.load(series(2)), lambda: reader.remove(series(1).notice_id)):
            with pytest.raises(StoreRejected, match="reading only"):
                write()
    assert files(path) == {"", ".lock"}


def test_a_second_writer_is_told_who_writes(path: Path) -> None:
    with (
        open_store(path, mode="write"),
        pytest.raises(
            StoreUnavailable, match=rf"图 谱.grafeo is being written by .* {os.getpid()}"
        ),
    ):
        open_store(path, mode="write")
    load(path, series(1))


def test_the_writer_may_be_another_process(path: Path) -> None:
    load(path, series(1))
    with loading(path, 2) as (process, told):
        told.recv()
        with pytest.raises(StoreUnavailable, match=f"process {process.pid}"):
            open_store(path, mode="write")
        assert dump(path) == [*series(1).nodes, *series(1).edges]


def test_threads_share_a_reader(path: Path) -> None:
    load(path, series(0))
    failures: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(30):
                store.run("MATCH (m:Measure) RETURN count(m) AS n")
                store.search("措施")
        except BaseException as error:
            failures.append(error)

    with open_store(path, mode="read") as store:
        threads = [threading.Thread(target=read) for _ in range(4)]
        for thread in threads:
            thread.start()
        for number in range(1, 4):
            load(path, series(number))
        for thread in threads:
            thread.join()
        assert failures == []
        assert store.status().notices_loaded == 4


# Crashes


def test_ten_kills_leave_whole_notices(path: Path) -> None:
    first = 0
    for kill in range(10):
        last = killed_while_loading(path, first, 0.01 * kill)
        how = "write" if kill % 2 else "read"  # whoever comes next brings the graph in order
        with open_store(path, mode=how) as store:
            loaded = store.status().notices_loaded
        # All that was said to be loaded is there, and at most the one then under way.
        assert last + 1 <= loaded <= last + 2
        first = loaded
    with open_store("memory:", mode="write") as store:
        for number in range(first):
            store.load(series(number))
        assert dump(path) == [*store.dump()]


def test_what_a_killed_writer_left_is_dropped_if_the_file_was_replaced(path: Path) -> None:
    killed_while_loading(path, 0, 0)
    other = path.with_name("other")
    load(other, series(500))
    other.replace(path)
    assert dump(path) == [*series(500).nodes, *series(500).edges]
    load(path, series(600))
    with open_store(path, mode="read") as store:
        assert store.status().notices_loaded == 2
    assert files(path) == {"", ".lock", "other.lock"}


def test_a_working_copy_in_use_elsewhere_is_kept(path: Path) -> None:
    killed_while_loading(path, 0, 0)
    working = path.with_name(f"{path.name}.writing")
    other = grafeo.GrafeoDB(str(working))  # as another tool would, which knows no lock of ours
    with pytest.raises(StoreUnavailable, match=r"图 谱\.grafeo is open in another program"):
        open_store(path, mode="write")
    other.close()
    load(path, series(500))
    with open_store(path, mode="read") as store:
        assert store.status().notices_loaded >= 2


def test_a_broken_working_copy_does_not_harm(path: Path) -> None:
    load(path, series(1))
    killed_while_loading(path, 2, 0)
    path.with_name(f"{path.name}.writing").write_bytes(b"broken")
    assert len(dump(path)) == len([*series(1).nodes, *series(1).edges])
    load(path, series(3))
    with open_store(path, mode="read") as store:
        assert store.status().notices_loaded == 2


# Wrong paths


@pytest.fixture
def not_a_database(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "notes.txt"
    path.write_text("三号文件\n", encoding="utf-8")
    yield path
    assert path.read_text(encoding="utf-8") == "三号文件\n"
    assert [item.name for item in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("mode", ["read", "write"])
def test_another_kind_of_file_is_left_alone(not_a_database: Path, mode: str) -> None:
    with pytest.raises(StoreRejected, match=r"notes\.txt is not a database"):
        open_store(not_a_database, mode=mode)


@pytest.mark.parametrize("mode", ["read", "write"])
def test_paths_that_cannot_be(tmp_path: Path, mode: str) -> None:
    (tmp_path / "file").write_text("x")
    wrong = {
        str(tmp_path): "is a folder",
        str(tmp_path / "no" / "graph"): "no (folder|database)",
        str(tmp_path / "file" / "graph"): "no (folder|database)",
        "http://localhost:7687": "cannot open 'http://localhost:7687'",
        "": "is empty",
    }
    for url, reason in wrong.items():
        with pytest.raises(StoreRejected, match=reason):
            open_store(url, mode=mode)
    assert {item.name for item in tmp_path.iterdir()} == {"file"}


def test_nothing_to_read(path: Path) -> None:
    with pytest.raises(StoreRejected, match=r"no database at .*图 谱\.grafeo; load"):
        open_store(path, mode="read")
    with open_store(path, mode="write"), pytest.raises(StoreUnavailable, match="first time"):
        open_store(path, mode="read")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreRejected, match="cannot write in"):
            open_store(tmp_path / "graph", mode="write")
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_that_nobody_can_write() -> None:
    if not Path("/proc/self").is_dir():
        pytest.skip("no /proc here")
    with pytest.raises(StoreRejected, match="cannot write in /proc"):
        open_store("/proc/self/graph", mode="write")


def test_a_damaged_file_is_reported(path: Path) -> None:
    load(path, *(series(number) for number in range(3)))
    raw = bytearray(path.read_bytes())
    for offset in range(0, len(raw), 512):
        raw[offset] ^= 0xFF
    path.write_bytes(raw)
    for mode in ("read", "write"):
        with pytest.raises(StoreRejected, match=r"图 谱\.grafeo"):
            open_store(path, mode=mode)
    assert path.read_bytes() == raw


def test_addresses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    load(Path("graph.db"), series(1))
    with open_store((tmp_path / "graph.db").as_uri(), mode="read") as store:
        assert store.status().location == str(tmp_path / "graph.db")


def test_the_default_is_made_for_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    location = default_location()
    if not location.is_relative_to(tmp_path):
        pytest.skip("this system's folder does not follow the environment")
    with pytest.raises(StoreRejected, match="no database"):
        open_store(location, mode="read")
    load(location, series(1))
    assert dump(location) == [*series(1).nodes, *series(1).edges]
