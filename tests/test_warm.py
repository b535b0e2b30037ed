"""What a server prepares before anybody asks: tables, and the drawing of the whole graph."""

import gzip
import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

import graph_fixture as sample
import httpx
import pytest
import web_fixture as web

from api.app import create_app
from api.http.whole import WholeCache
from api.warm import keep_warm
from kg.errors import StoreUnavailable
from kg.store import Store
from kg.stores import open_store

WHOLE = "/api/v1/explore/whole"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "graph.grafeo"
    with open_store(path, mode="write") as store:
        for fragment in sample.fragments():
            store.load(fragment)
    return path


def count(body: bytes) -> int:
    """Return how many nodes an answer has."""
    return len(json.loads(gzip.decompress(body))["nodes"]["id"])


def wait_for(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.01)


class TestWholeCache:
    def test_an_answer_on_disk_outlives_the_server(self, file: Path, tmp_path: Path) -> None:
        folder = tmp_path / "cache"
        with open_store(file, mode="read") as store:
            made = WholeCache(folder).answer(store)
        [kept] = folder.iterdir()
        assert kept.read_bytes() == made
        kept.write_bytes(gzip.compress(b"from disk"))
        with open_store(file, mode="read") as store:
            assert gzip.decompress(WholeCache(folder).answer(store)) == b"from disk"
            kept.write_bytes(made[:40])
            assert WholeCache(folder).answer(store) == made

    def test_without_a_place_to_write_it_is_made_anew(self, file: Path, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with open_store(file, mode="read") as store:
            made = WholeCache(None).answer(store)
            assert WholeCache(tmp_path / "file" / "cache").answer(store) == made

    def test_another_state_of_the_graph_has_another_answer(self, file: Path) -> None:
        cache = WholeCache(None)
        with open_store(file, mode="read") as store:
            before = cache.answer(store)
            assert cache.answer(store) is before
            with open_store(file, mode="write") as writer:
                writer.load(web.evil_fragment())
            assert count(cache.answer(store)) > count(before)

    def test_the_files_do_not_pile_up(self, file: Path, tmp_path: Path) -> None:
        notice = web.evil_fragment()
        with open_store(file, mode="write") as store:
            for _ in range(3):
                store.load(notice)
                WholeCache(tmp_path / "cache").answer(store)
                store.remove(notice.notice_id)
                WholeCache(tmp_path / "cache").answer(store)
        assert len(list((tmp_path / "cache").iterdir())) == 4

    def test_a_client_need_not_fetch_it_twice(self, file: Path) -> None:
        with open_store(file, mode="read") as store, web.serving(store) as base:
            answer = httpx.get(base + WHOLE)
            again = httpx.get(base + WHOLE, headers={"If-None-Match": answer.headers["ETag"]})
            plain = httpx.get(base + WHOLE, headers={"Accept-Encoding": "identity"})
        assert (answer.headers["Content-Encoding"], again.status_code) == ("gzip", 304)
        assert plain.json() == answer.json()


class TestKeepWarm:
    def test_it_follows_the_graph_until_the_server_ends(self, file: Path) -> None:
        cache, ended = WholeCache(None), threading.Event()
        with open_store(file, mode="read") as store:
            thread = threading.Thread(target=keep_warm, args=(store, cache, ended, 0.01))
            thread.start()
            wait_for(lambda: bool(cache.prepared))
            before = cache.prepared
            with open_store(file, mode="write") as writer:
                writer.load(web.evil_fragment())
            wait_for(lambda: cache.prepared != before)
            assert cache.prepared == store.version()
            ended.set()
            thread.join(30)
        assert not thread.is_alive()

    def test_a_graph_that_cannot_be_read_is_passed_over(self) -> None:
        ended = threading.Event()
        store = sample.in_memory()
        store.close()
        with pytest.raises(StoreUnavailable):
            store.version()
        ended.set()
        keep_warm(store, WholeCache(None), ended)

    def test_nobody_waits_for_it(self, file: Path) -> None:
        """A server whose drawing takes for ever is ready, and answers everything else."""
        freed = threading.Event()

        class Slow(WholeCache):
            def answer(self, store: Store) -> bytes:
                freed.wait(30)
                return super().answer(store)

        with open_store(file, mode="read") as store:
            app = create_app(store)
            app.state.whole = Slow(None)
            ended = threading.Event()
            thread = threading.Thread(target=keep_warm, args=(store, app.state.whole, ended))
            thread.start()
            with web.serving_app(app) as base:
                assert httpx.get(f"{base}/readyz").status_code == 200
                found = httpx.get(f"{base}/api/v1/search", params={"q": "盘锦大米"}, timeout=30)
            assert found.json()["hits"]
            ended.set()
            freed.set()
            thread.join(30)
