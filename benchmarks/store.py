"""Print how fast the engines take notices and answer queries, both in one run.

`python benchmarks/store.py [--measures 20000] [--neo4j bolt://127.0.0.1:7687]`; user and password
of the server come from POLICYKG_NEO4J_USER and POLICYKG_NEO4J_PASSWORD. The server's database must
be empty; what is loaded stays in it. The notices are made up, alike from run to run.
"""

import argparse
import os
import platform
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from kg.divisions import load_divisions
from kg.store import Store
from kg.stores import Login, open_store
from kg.types import GraphFragment
from loaders.pipeline import extract_bytes
from queries.catalogue import run_query

ASKED = 100  # times each query is asked
ITEMS = 100  # measures of one notice
DEPARTMENTS = ("教育厅", "科技厅", "财政厅", "商务厅", "公安厅", "农业农村厅", "文化和旅游厅")
TASKS = (
    "加强地理标志保护，支持盘锦大米、五常大米等产品",
    "开展知识产权质押融资，设立风险补偿资金",
    "建设知识产权公共服务平台，开放专利数据",
    "培养知识产权人才，举办培训班20期",
    "打击侵权假冒，开展“铁拳”专项行动",
    "推广专利导航，培育高价值专利",
)
QUERIES: Mapping[str, Sequence[Mapping[str, str | int]]] = {
    "measures_by_actor": [{"actor": "辽宁省教育厅"}, {"actor": "省商务厅", "role": "LEADS"}],
    "measures_about": [{"subject": "盘锦大米"}, {"subject": "五常大米"}],
    "measures_by_deadline": [{"from": "2025-01", "to": "2025-06"}, {"to": "2024-12"}],
    "measures_by_instrument": [{"instrument": "talent"}, {"instrument": "pledge_financing"}],
    "notices_by_issuer": [{"issuer": "辽宁省人民政府"}, {"issuer": "四川省人民政府"}],
    "cooperation": [{"actor": "辽宁省教育厅"}, {"actor": "四川省财政厅"}],
    "neighbourhood": [{"id": "盘锦大米"}, {"id": "辽宁省教育厅"}],
    "search": [{"text": "盘锦大米"}, {"text": "质押融资"}],
}


def main() -> None:
    """Load the same notices into each engine, then ask each the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measures", type=int, default=20_000)
    parser.add_argument("--neo4j", metavar="URL", help="a Neo4j server with an empty database")
    chosen = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    print(f"{chosen.measures:,} measures in notices of {ITEMS}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "graph.grafeo")
        _time("embedded", lambda mode: open_store(file, mode=mode), chosen.measures)
    if chosen.neo4j:
        user = os.environ.get("POLICYKG_NEO4J_USER", "neo4j")
        login = Login(user, os.environ.get("POLICYKG_NEO4J_PASSWORD", ""))
        _time(
            "neo4j", lambda mode: open_store(chosen.neo4j, mode=mode, login=login), chosen.measures
        )


def _time(name: str, open_it: Callable[..., Store], measures: int) -> None:
    rows = 0
    seconds = 0.0
    with open_it("write") as store:
        for fragment in notices(measures):
            begin = time.perf_counter()
            store.load(fragment)
            seconds += time.perf_counter() - begin
            rows += len(fragment.nodes) + len(fragment.edges)
        begin = time.perf_counter()
    seconds += time.perf_counter() - begin  # closing publishes the file
    print(f"{name}: {rows:,} nodes and edges loaded in {seconds:,.1f} s, {rows / seconds:,.0f}/s")
    with open_it("read") as store:
        for query, sets in QUERIES.items():
            taken = sorted(_ask(store, query, sets))
            worst = taken[min(len(taken) - 1, round(len(taken) * 0.99))]
            print(
                f"  {query:24} median {statistics.median(taken) * 1000:8.1f} ms"
                f"   p99 {worst * 1000:8.1f} ms"
            )


def _ask(store: Store, query: str, sets: Sequence[Mapping[str, str | int]]) -> Iterator[float]:
    run_query(store, query, sets[0])  # once, for the plan
    for turn in range(ASKED):
        begin = time.perf_counter()
        run_query(store, query, sets[turn % len(sets)])
        yield time.perf_counter() - begin


def notices(measures: int) -> Iterator[GraphFragment]:
    """Yield made-up notices of ITEMS measures each, alike from run to run."""
    chance = random.Random(1)
    provinces = list_provinces()
    for number in range(1, -(-measures // ITEMS) + 1):
        province = provinces[number % len(provinces)]
        text = "\n".join(_lines(province, number, chance))
        yield extract_bytes(text.encode(), f"{number}.txt").fragment


def list_provinces() -> list[str]:
    """Return the provinces that the notices are of."""
    return [row.name for row in load_divisions().children("100000") if row.name.endswith("省")]


def _lines(province: str, number: int, chance: random.Random) -> Iterator[str]:
    yield f"{province}人民政府关于第{number}批知识产权工作任务的通知"
    yield f"各市人民政府：\n根据《{province}知识产权促进条例》，现就有关工作通知如下。"
    for item in range(1, ITEMS + 1):
        lead, *others = chance.sample(DEPARTMENTS, 3)
        yield f"{item}.{chance.choice(TASKS)}，完成第{number}批第{item}项任务。"
        year, month = chance.randint(2024, 2026), chance.randint(1, 12)
        yield f"（省{lead}牵头，省{'、省'.join(others)}配合，{year}年{month}月底前完成）"
    yield f"{province}人民政府\n{2015 + number % 9}年3月{number % 28 + 1}日"


if __name__ == "__main__":
    main()
