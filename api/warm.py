"""What a server does before anybody asks, and again after the graph has changed."""

import importlib
import threading
from contextlib import suppress

from api.http.whole import WholeCache
from kg.errors import StoreError
from kg.store import Store
from queries.catalogue import run_query

PAUSE = 10.0  # seconds between looks at whether the graph has changed
_QUESTIONS = (
    ("search", {"text": "辽宁"}),
    ("measures", {"jurisdiction": "辽宁省", "involves": "省教育厅"}),
)


def keep_warm(
    store: Store, whole: WholeCache, ended: threading.Event, pause: float = PAUSE
) -> None:
    """Prepare what the first to ask would wait for, until told that the server has ended.

    Tables that are read on first use (divisions, agencies, the catalogue) are read once; the
    drawing of the whole graph is made for each of its states. A graph that cannot be read is
    passed over: whoever asks is told.
    """
    with suppress(StoreError):
        read_tables(store)
    while not ended.is_set():
        with suppress(StoreError):
            whole.answer(store)
        ended.wait(pause)


def read_tables(store: Store) -> None:
    """Ask what makes every table be read, whatever the graph holds."""
    importlib.import_module("networkx")  # slow, and wanted for drawings alone
    for name, parameters in _QUESTIONS:
        run_query(store, name, {**parameters, "limit": 1})
