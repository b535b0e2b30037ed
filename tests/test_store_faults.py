"""A load that fails at any of its writes leaves the graph, and the store, as they were."""

import contextlib
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from builders import NoticeBuilder, small_notice

from kg.errors import StoreUnavailable
from kg.store import Capabilities, Row
from kg.stores.cypher_store import CypherStore
from kg.stores.engine import Engine, Transaction
from kg.stores.grafeo import open_memory


class FaultyTransaction:
    """A real transaction whose n-th write fails."""

    def __init__(self, tx: Transaction, engine: "FaultyEngine") -> None:
        self.follows_own = True
        self._tx = tx
        self._engine = engine

    def read(self, cypher: str, **parameters: Any) -> list[Row]:
        return self._tx.read(cypher, **parameters)

    def write(self, cypher: str, **parameters: Any) -> list[Row]:
        self._engine.writes_left -= 1
        if self._engine.writes_left < 0:
            raise StoreUnavailable("the power is gone")
        return self._tx.write(cypher, **parameters)


class FaultyEngine:
    """A real engine that allows so many writes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.writes_left = 10**9

    @property
    def capabilities(self) -> Capabilities:
        return self._engine.capabilities

    @property
    def location(self) -> str:
        return self._engine.location

    @contextlib.contextmanager
    def writing(self) -> Iterator[FaultyTransaction]:
        with self._engine.writing() as tx:
            yield FaultyTransaction(tx, self)

    def reading(self) -> contextlib.AbstractContextManager[Transaction]:
        return self._engine.reading()

    def fulltext(self, label: str, prop: str, text: str, limit: int) -> list[tuple[str, float]]:
        return self._engine.fulltext(label, prop, text, limit)

    def close(self) -> None:
        self._engine.close()


@pytest.fixture
def engine() -> Iterator[FaultyEngine]:
    engine = FaultyEngine(open_memory())
    yield engine
    engine.close()


def test_failed_loads_and_removals_change_nothing(engine: FaultyEngine) -> None:
    citing = NoticeBuilder("关于乙的通知")
    citing.cites("关于推进知识产权强省建设的通知")
    citing.role("LEADS", "甲省教育厅", citing.measure("一", "措施"))
    builder = small_notice()
    first = builder.build()
    builder.measure("三", "又一措施")
    builder.title = "关于推进知识产权强省建设的意见"  # it is no longer the one cited
    second = builder.build()
    steps: list[Callable[[CypherStore], object]] = [
        lambda store: store.load(citing.build()),
        lambda store: store.load(first),
        lambda store: store.load(second),
        lambda store: store.remove(first.notice_id),
    ]
    store = CypherStore(engine)
    with CypherStore(open_memory()) as sound:
        for step in steps:
            step(sound)
            assert fail_until_done(store, engine, step) >= 5
            assert [*store.dump()] == [*sound.dump()]


def fail_until_done(
    store: CypherStore, engine: FaultyEngine, step: Callable[[CypherStore], object]
) -> int:
    """Let a step fail at its first write, then at its second …; return how often it failed."""
    before = [*store.dump()]
    for failures in itertools.count():
        engine.writes_left = failures
        try:
            step(store)
        except StoreUnavailable:
            assert [*store.dump()] == before
        else:
            return failures
    raise AssertionError
