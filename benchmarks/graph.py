"""Print how fast the embedded store takes the samples and answers the catalogue's examples.

`python benchmarks/graph.py`; every query runs on the samples with its own example.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from kg.store import Store
from kg.stores import open_store
from loaders.pipeline import extract_bytes
from loaders.samples import read_samples
from queries.catalogue import load_catalogue, run_query

ROUNDS = 5


def main() -> None:
    """Load the samples into a new database, then ask it every query."""
    fragments = [
        extract_bytes(sample.path.read_bytes(), sample.path.name).fragment
        for sample in read_samples()
    ]
    rows = sum(len(fragment.nodes) + len(fragment.edges) for fragment in fragments)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "graph.grafeo"))
        begin = time.perf_counter()
        with open_store(path, mode="write") as store:
            for fragment in fragments:
                store.load(fragment)
        seconds = time.perf_counter() - begin
        print(f"load: {rows:,} nodes and edges of {len(fragments)} notices in {seconds:.2f} s,")
        print(f"      {rows / seconds:,.0f} a second, opening and publishing included")
        begin = time.perf_counter()
        with open_store(path, mode="read") as store:
            print(f"open for reading: {_milliseconds(time.perf_counter() - begin)}")
            for name, query in load_catalogue().items():
                print(f"{name:26} {_latency(_question(store, name, query.example))}")


def _question(store: Store, name: str, example: Mapping[str, object]) -> Callable[[], object]:

    return lambda: run_query(store, name, example)


def _latency(run: Callable[[], object]) -> str:
    seconds = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - begin)
    return f"{_milliseconds(statistics.median(seconds))} (median of {ROUNDS})"


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


if __name__ == "__main__":
    main()
