"""A served graph for tests of the HTTP API and the page; one of its notices is made of markup."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import graph_fixture
import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.serving import listen
from api.settings import Settings
from kg.adhoc import AdhocReader
from kg.store import Store
from kg.types import GraphFragment

IMG = "<img src=x onerror=\"window.evil='img'\">"
SCRIPT = "</script><script>window.evil='script'</script>"
EVIL_TITLE = f"关于{IMG}{SCRIPT}的通知"
EVIL_PRODUCT = f"毒苹果{SCRIPT}{IMG}"
EVIL_MEASURE = f"推广毒苹果{IMG}"
EVIL_TEXT = f"""{EVIL_TITLE}
前文𠮷字与表情😀在先。
一、{EVIL_MEASURE}。打造{EVIL_PRODUCT}品牌。(省知识产权局牵头)
"""
BASE_HOST = "127.0.0.1"


def evil_fragment() -> GraphFragment:
    """Return a notice whose title, measure, product and text hold markup and astral characters."""
    made = graph_fixture.loaded(
        EVIL_TITLE, EVIL_TEXT, issued_on="2024-05-06", kind=IMG, issuers=[SCRIPT]
    )
    measure = made.item("Measure", "一", EVIL_MEASURE, f"{EVIL_MEASURE}。打造{EVIL_PRODUCT}品牌。")
    product = made.add("Product", EVIL_PRODUCT, aliases=[IMG], kind="geographical_indication")
    made.read("PART_OF", measure, made.notice, "一")
    made.read("SUPPORTS", measure, product, EVIL_PRODUCT)
    made.read("LEADS", made.agency("辽宁省知识产权局"), measure, "省知识产权局")
    return made.fragment()


@contextmanager
def evil_store(
    make_store: Callable[[], Store] = graph_fixture.in_memory,
) -> Iterator[Store]:
    """Open a store with the sample notices and the one made of markup."""
    with graph_fixture.sample_store(make_store) as store:
        store.load(evil_fragment())
        yield store


@contextmanager
def serving(
    store: Store, settings: Settings | None = None, adhoc: AdhocReader | None = None
) -> Iterator[str]:
    """Serve the graph on a free port of this machine; yields the base address.

    Tests ask faster than people may: without settings of their own, at any rate.
    """
    app = create_app(store, settings or Settings(rate_anonymous=""), adhoc)
    with serving_app(app) as base:
        yield base


@contextmanager
def serving_app(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port of this machine; yields the base address."""
    with listen(BASE_HOST, 0) as listener:
        config = uvicorn.Config(app, log_level="critical", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        deadline = time.monotonic() + 20
        while not server.started and thread.is_alive() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert server.started, "the server did not start"
        try:
            yield f"http://{BASE_HOST}:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=10)
