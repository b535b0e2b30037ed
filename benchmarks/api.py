"""Print how many requests a second the API answers, and how long one takes, with many clients.

`python benchmarks/api.py [--measures 20000] [--seconds 5]`. The server is `policykg serve` in
a process of its own, on a graph of made-up notices; every request has other parameters than the
last. Then notices are loaded while clients read: each answer must be about one state of the graph,
and pages read across loads must hold every row there was, once.

The exit status is 1 if a request failed or an answer was inconsistent.
"""

import argparse
import asyncio
import itertools
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
from served import serving
from store import DEPARTMENTS, ITEMS, list_provinces, notices

from kg.stores import open_store

CLIENTS = (1, 16, 64)
LOADS = 5  # times that a writer publishes while clients read
PRODUCTS = ("盘锦大米", "五常大米")
CLASSES = ("supply", "environment", "demand")
WORDS = ("质押融资", "培训班", "专利导航", "“铁拳”", "公共服务", "风险补偿")
YEARS = range(2015, 2024)

type Asks = Iterator[tuple[str, dict[str, str]]]
type Outcome = tuple[float, bool]


def main() -> None:
    """Serve, ask, load; print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measures", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each measurement")
    chosen = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "graph.grafeo")
        made = notices(chosen.measures + LOADS * ITEMS)
        with open_store(file, mode="write") as store:
            for fragment in itertools.islice(made, -(-chosen.measures // ITEMS)):
                store.load(fragment)
        print(f"{chosen.measures:,} measures in notices of {ITEMS}")
        with serving(file) as address:
            failed = sum(
                measure(address, name, asks, clients, chosen.seconds)
                for name, asks in ENDPOINTS.items()
                for clients in CLIENTS
            )
            faults = asyncio.run(read_while_loading(address, file, list(made)))
    print(f"{failed} requests failed; while loading, {len(faults)} answers were inconsistent")
    for fault in faults[:10]:
        print(f"  {fault}")
    sys.exit(1 if failed or faults else 0)


def measure(address: str, name: str, asks: Callable[[], Asks], clients: int, seconds: float) -> int:
    """Ask for some seconds with some clients at once; print the figures, return the failures."""
    outcomes, taken = asyncio.run(ask_together(address, asks(), clients, seconds))
    times = sorted(outcome[0] for outcome in outcomes)
    failed = sum(not outcome[1] for outcome in outcomes)
    worst = times[min(len(times) - 1, round(len(times) * 0.99))]
    print(
        f"  {name:22} {clients:3} clients {len(times) / taken:8,.0f} requests/s"
        f"   median {times[len(times) // 2] * 1000:7.1f} ms   p99 {worst * 1000:7.1f} ms"
        f"   {failed} failed"
    )
    return failed


async def ask_together(
    address: str, asks: Asks, clients: int, seconds: float
) -> tuple[list[Outcome], float]:
    """Return how long each request took and whether it was answered, and how long all took."""
    outcomes: list[Outcome] = []
    begin = end = 0.0

    async def ask_on(client: httpx.AsyncClient) -> None:
        while time.perf_counter() < end:
            path, parameters = next(asks)
            asked_at = time.perf_counter()
            try:
                answer = await client.get(path, params=parameters)
                is_good = answer.status_code == httpx.codes.OK
            except httpx.HTTPError:
                is_good = False
            outcomes.append((time.perf_counter() - asked_at, is_good))

    async with open_client(address) as client:
        # Connections, and what the server makes once for a state of the graph, come before.
        for _ in range(clients):
            path, parameters = next(asks)
            await client.get(path, params=parameters)
        begin = time.perf_counter()
        end = begin + seconds
        await asyncio.gather(*(ask_on(client) for _ in range(clients)))
    return outcomes, time.perf_counter() - begin


def open_client(address: str) -> httpx.AsyncClient:
    """Return a client that keeps as many connections as there are clients."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    return httpx.AsyncClient(base_url=address, limits=limits, timeout=60)


def measures_asked() -> Asks:
    """Yield conditions on measures that compose."""
    for year in itertools.cycle(YEARS):
        for province, department in itertools.product(list_provinces(), DEPARTMENTS):
            yield (
                "measures",
                {
                    "involves": f"{province}{department}",
                    "role": "LEADS",
                    "class": CLASSES[year % 3],
                    "issued_from": str(year),
                },
            )


def agencies_asked() -> Asks:
    """Yield conditions under which agencies are counted."""
    for year in itertools.cycle(YEARS):
        for product, province in itertools.product(PRODUCTS, list_provinces()):
            given = {"product": product, "jurisdiction": province, "issued_to": str(year)}
            yield "agencies", given | {"sort": "-measures"}


def agency_asked() -> Asks:
    """Yield one agency after the other, each by its name."""
    for department, province in itertools.cycle(
        itertools.product(DEPARTMENTS[:2], list_provinces())
    ):
        yield f"agencies/{province}{department}", {}


def notices_asked() -> Asks:
    """Yield conditions on notices."""
    for year in itertools.cycle(YEARS):
        for province in list_provinces():
            yield "notices", {"issuer": f"{province}人民政府", "issued_from": str(year)}


def search_asked() -> Asks:
    """Yield words of measures."""
    for number in itertools.count():
        for word in WORDS:
            yield "search", {"q": word, "where": "text", "limit": str(number % 50 + 1)}


ENDPOINTS: dict[str, Callable[[], Asks]] = {
    "/measures": measures_asked,
    "/agencies": agencies_asked,
    "/agencies/{name}": agency_asked,
    "/notices": notices_asked,
    "/search": search_asked,
}


async def read_while_loading(address: str, file: Path, more: list[object]) -> list[str]:
    """Return what was wrong with answers given while notices were loaded."""
    faults: list[str] = []
    done = asyncio.Event()
    totals: set[int] = set()

    async def read_on(client: httpx.AsyncClient) -> None:
        while not done.is_set():
            given = {"facets": "jurisdiction", "fields": "id", "limit": "1"}
            answer = (await client.get("measures", params=given)).json()
            counted = sum(value["measures"] for value in answer["facets"]["jurisdiction"])
            totals.add(answer["total"])
            if answer["total"] % ITEMS or counted != answer["total"]:
                faults.append(f"{answer['total']} measures, {counted} by place")

    async def page_on(client: httpx.AsyncClient) -> None:
        before = await read_pages(client)
        while not done.is_set():
            seen = await read_pages(client)
            if len(set(seen)) < len(seen) or not set(before) <= set(seen):
                faults.append(f"{len(seen)} rows in pages, {len(set(seen))} of them once")

    async with open_client(address) as client:
        readers = [asyncio.create_task(read_on(client)) for _ in range(7)]
        readers.append(asyncio.create_task(page_on(client)))
        for fragment in more:
            await asyncio.to_thread(load_one, file, fragment)
            await asyncio.sleep(1)
        done.set()
        await asyncio.gather(*readers)
    print(f"  states of the graph that readers saw: {len(totals)}, of {len(more) + 1}")
    return faults


async def read_pages(client: httpx.AsyncClient) -> list[str]:
    """Return the ids of every measure, read page by page."""
    seen: list[str] = []
    given = {"fields": "id", "limit": "1000"}
    while True:
        page = (await client.get("measures", params=given)).json()
        seen += [row["id"] for row in page["measures"]]
        if not page["next_cursor"]:
            return seen
        given["cursor"] = page["next_cursor"]


def load_one(file: Path, fragment: object) -> None:
    """Load a notice and publish it."""
    with open_store(file, mode="write") as store:
        store.load(fragment)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
