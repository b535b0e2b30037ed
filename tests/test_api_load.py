"""Readers of the API while somebody loads notices: whole notices, one state in each answer."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import web_fixture as web
from builders import series

from api.settings import Settings
from kg.opening import open_store

API = "/api/v1"
EACH = 8  # measures of one notice of the series
LOADS = 6


def load(path: Path, *numbers: int) -> None:
    with open_store(path, mode="write") as store:
        for number in numbers:
            store.load(series(number))


def test_every_answer_is_about_one_state(tmp_path: Path) -> None:
    path = tmp_path / "graph.grafeo"
    load(path, 0, 1)
    done = threading.Event()
    states: set[int] = set()

    def read(base: str) -> list[str]:
        faults = []
        with httpx.Client(base_url=base, timeout=60) as client:
            while not done.is_set():
                given = {"facets": "issued_year", "fields": "id", "limit": "1"}
                answer = client.get(f"{API}/measures", params=given).json()
                counted = sum(value["measures"] for value in answer["facets"]["issued_year"])
                states.add(answer["total"])
                if answer["total"] % EACH or counted != answer["total"]:
                    faults.append(f"{answer['total']} measures, {counted} by year")
        return faults

    def page(base: str) -> list[str]:
        faults = []
        with httpx.Client(base_url=base, timeout=60) as client:
            first = pages(client)
            while not done.is_set():
                seen = pages(client)
                if len(set(seen)) < len(seen) or not set(first) <= set(seen):
                    faults.append(f"{len(seen)} rows, {len(set(seen))} of them once")
        return faults

    with (
        open_store(path, mode="read") as store,
        web.serving(store, Settings(rate_anonymous="")) as base,
        ThreadPoolExecutor(4) as pool,
    ):
        readers = [pool.submit(task, base) for task in (read, read, read, page)]
        try:
            for number in range(2, 2 + LOADS):
                load(path, number)
                while (number + 1) * EACH not in states and not any(r.done() for r in readers):
                    time.sleep(0.01)
        finally:
            done.set()
        assert [reader.result() for reader in readers] == [[], [], [], []]
        total = httpx.get(f"{base}{API}/measures?limit=1").json()["total"]
    assert total == (2 + LOADS) * EACH
    assert len(states) >= LOADS


def pages(client: httpx.Client) -> list[str]:
    """Return the ids of every measure, page by page."""
    seen: list[str] = []
    given = {"fields": "id", "limit": "5", "sort": "issued_on"}
    while True:
        page = client.get(f"{API}/measures", params=given).json()
        seen += [row["id"] for row in page["measures"]]
        if not page["next_cursor"]:
            return seen
        given["cursor"] = page["next_cursor"]
