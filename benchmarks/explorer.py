"""Time the explorer: the whole graph of 20,000 nodes from click to drawing, and what moving costs.

    python benchmarks/explorer.py [--nodes 20000]

The graph is made up: notices with their measures, actors, places and instruments. It needs
chromium on the PATH.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import graph_fixture as sample
import httpx
import web_fixture as web
from playwright.sync_api import Page, sync_playwright

from api.settings import Settings
from kg.store import Store
from kg.types import GraphFragment

MEASURES = 33  # of a notice
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"]
FRAMES = """async (moves) => {
    const { sigma } = document.querySelector(".whole-canvas").whole;
    const camera = sigma.getCamera();
    const frame = () => new Promise(requestAnimationFrame);
    const start = performance.now();
    for (let at = 0; at < moves; at += 1) {
        camera.setState({ x: 0.5 + 0.1 * Math.sin(at / 3), ratio: 0.6 });
        await frame();
    }
    return (performance.now() - start) / moves;
}"""


def main() -> None:
    """Make the graph, serve it, open it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=20_000)
    wanted = parser.parse_args().nodes
    with sample.in_memory() as store, tempfile.TemporaryDirectory() as cache:
        started = time.perf_counter()
        for fragment in _fragments(wanted):
            store.load(fragment)
        status = store.status()
        nodes, edges = sum(status.nodes.values()), sum(status.edges.values())
        print(f"{nodes:,} nodes, {edges:,} edges, made in {time.perf_counter() - started:.1f} s")
        _measure(store, Path(cache))


def _measure(store: Store, cache: Path) -> None:
    for what in ("places computed", "places read from disk"):
        with web.serving(store, Settings(cache_folder=cache)) as base:
            for attempt in (what, "answer kept in memory"):
                started = time.perf_counter()
                answer = httpx.get(f"{base}/api/v1/explore/whole", timeout=120)
                seconds = time.perf_counter() - started
                print(f"server, {attempt}: {seconds:.2f} s, {len(answer.content) / 1e6:.1f} MB")
            if what != "places computed":
                _open(base)


def _open(base: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto(base)
        page.locator(".counts").wait_for()
        started = time.perf_counter()
        page.goto(f"{base}/#/whole")
        page.locator(".whole-canvas canvas").first.wait_for(timeout=60_000)
        _settle(page)
        print(f"browser, from click to drawing: {time.perf_counter() - started:.2f} s")
        print(f"browser, one frame while moving: {page.evaluate(FRAMES, 20):.0f} ms (no GPU)")
        browser.close()


def _settle(page: Page) -> None:
    frame = "() => new Promise(done => requestAnimationFrame(done))"
    for _ in range(2):
        page.evaluate(frame)


def _fragments(wanted: int) -> Iterator[GraphFragment]:
    chance = random.Random(1)
    agencies = [(province, at) for province in range(30) for at in range(12)]
    for number in range(max(1, (wanted - 500) // (MEASURES + 1))):
        province = number % 30
        names = [f"{place}省第{at}局" for place, at in agencies if place == province]
        titles = [f"第{at}项工作措施{number}" for at in range(MEASURES)]
        text = "\n".join([f"第{number}号通知", *(f"{t}由某局负责,运用工具" for t in titles)])
        made = sample.loaded(
            f"第{number}号通知", text, issued_on="2024-01-01", jurisdiction="辽宁省"
        )
        for at, title in enumerate(titles):
            measure = made.item("Measure", str(at), title, title)
            made.read("PART_OF", measure, made.notice, title)
            for kind, name in zip(("LEADS", "SUPPORTS"), chance.sample(names, 2), strict=True):
                made.read(kind, made.add("Agency", name), measure, "某局")
            place = made.add("Place", f"地方{chance.randrange(100)}")
            made.read("MENTIONS", measure, place, "运用")
        yield made.fragment()


if __name__ == "__main__":
    main()
