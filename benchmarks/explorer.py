"""Time the explorer: from start or click to drawing, and what moving, pointing and clicking cost.

`python benchmarks/explorer.py [--nodes 20000 5000]`. The server is `policykg serve` in a process of
its own, on made-up notices with their measures, actors and places; the browser is chromium from the
PATH, without a graphics card. The load of the machine is printed with the figures.
"""

import argparse
import os
import platform
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "tests"))

import graph_fixture as sample
import httpx
from playwright.sync_api import Page, sync_playwright
from served import serving

from kg.stores import open_store
from kg.types import GraphFragment

MEASURES = 33  # of a notice
MOVES = 20  # frames while moving
POINTED = 75  # ms after which the drawing follows the pointer
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"]
SETTLE = """async () => {
    for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
}"""
DRAG = """async ([moves, x, y]) => {
    const frame = () => new Promise(requestAnimationFrame);
    const target = document.elementFromPoint(x, y);
    const send = (type, at) => target.dispatchEvent(new MouseEvent(type, {
        bubbles: true, buttons: 1, clientX: x + 6 * at, clientY: y + 4 * at,
    }));
    const zoom = (at) => target.dispatchEvent(new WheelEvent("wheel", {
        bubbles: true, clientX: x, clientY: y, deltaY: at % 8 < 4 ? -60 : 60,
    }));
    const times = [];
    for (const step of [(at) => send("mousemove", at), zoom]) {
        send("mousedown", 0);
        const start = performance.now();
        for (let at = 1; at <= moves; at += 1) {
            step(at);
            await frame();
        }
        times.push((performance.now() - start) / moves);
        send("mouseup", moves);
        await new Promise((done) => setTimeout(done, 300));
    }
    return times;
}"""
SPOT_WHOLE = """() => {
    const { sigma, data } = document.querySelector(".whole-canvas").whole;
    const at = data.nodes.degree.indexOf(Math.max(...data.nodes.degree));
    const { x, y } = sigma.framedGraphToViewport(sigma.getNodeDisplayData(data.nodes.id[at]));
    const box = sigma.getContainer().getBoundingClientRect();
    return { x: box.x + x, y: box.y + y };
}"""
SPOT_NEAR = """() => {
    const { cy } = document.querySelector(".network").network;
    const { x, y } = cy.nodes()[0].renderedPosition();
    const box = cy.container().getBoundingClientRect();
    return { x: box.x + x, y: box.y + y };
}"""


def main() -> None:
    """Make graphs, serve them, open them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, nargs="+", default=[20_000, 5_000])
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    for wanted in parser.parse_args().nodes:
        with tempfile.TemporaryDirectory() as folder:
            _measure(wanted, Path(folder))


def _measure(wanted: int, folder: Path) -> None:
    file = folder / "graph.grafeo"
    with open_store(file, mode="write") as store:
        for fragment in _fragments(wanted):
            store.load(fragment)
        status = store.status()
    nodes, edges = sum(status.nodes.values()), sum(status.edges.values())
    print(f"{nodes:,} nodes, {edges:,} edges; load of the machine {os.getloadavg()[0]:.1f}")
    os.environ["POLICYKG_CACHE_FOLDER"] = str(folder / "cache")
    for what in ("for the first time", "again"):
        started = time.perf_counter()
        with serving(file) as api:
            httpx.get(api.replace("/api/v1/", "/readyz"), timeout=120)
            _tell(f"server started {what}, ready", time.perf_counter() - started)
            answer = httpx.get(f"{api}explore/whole", timeout=120)
            _tell("the same, whole graph answered", time.perf_counter() - started)
            started = time.perf_counter()
            httpx.get(f"{api}explore/whole", timeout=120)
            _tell("asked again", time.perf_counter() - started)
            if what == "again":
                _open(api.removesuffix("/api/v1/"))
    print(f"  {len(answer.content) / 1e6:.1f} MB of JSON")


def _open(base: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto(base)
        page.locator(".counts").wait_for()
        started = time.perf_counter()
        page.goto(f"{base}/#/whole")
        page.locator(".whole-canvas canvas").first.wait_for(timeout=60_000)
        page.evaluate(SETTLE)
        _tell("whole graph, from click to drawing", time.perf_counter() - started)
        _handle(page, "whole graph", SPOT_WHOLE)
        key = page.evaluate("() => document.querySelector('.whole-canvas').whole.params.sel")
        ids = _around(base, key)
        started = time.perf_counter()
        page.goto(f"{base}/#/graph?node={key}&nodes={','.join(ids)}")
        page.locator(".network canvas").first.wait_for(timeout=60_000)
        page.evaluate(SETTLE)
        name = f"neighbourhood of {len(ids)} nodes"
        _tell(f"{name}, from click to drawing", time.perf_counter() - started)
        _handle(page, name, SPOT_NEAR)
        browser.close()


def _handle(page: Page, name: str, spot: str) -> None:
    at = page.evaluate(spot)
    page.evaluate(SETTLE)
    panned, zoomed = page.evaluate(DRAG, [MOVES, at["x"] + 60, at["y"] + 60])
    _tell(f"{name}, a frame while panning", panned / 1000)
    _tell(f"{name}, a frame while zooming", zoomed / 1000)
    at = page.evaluate(spot)
    page.mouse.move(at["x"] - 60, at["y"] - 60)
    page.evaluate(SETTLE)
    started = time.perf_counter()
    page.mouse.move(at["x"], at["y"])
    page.wait_for_timeout(POINTED)
    page.evaluate(SETTLE)
    _tell(f"{name}, pointing at a node", time.perf_counter() - started)
    started = time.perf_counter()
    page.mouse.click(at["x"], at["y"])
    page.locator("#panel h2").wait_for()
    page.evaluate(SETTLE)
    _tell(f"{name}, from a click on it to its panel", time.perf_counter() - started)


def _around(base: str, key: str) -> list[str]:
    given = {"centre": key, "depth": 2, "limit": 350}
    drawn = httpx.get(f"{base}/api/v1/explore/graph", params=given, timeout=60).json()
    return [node["id"] for node in drawn["nodes"]]


def _tell(what: str, seconds: float) -> None:
    figure = f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"
    print(f"  {what:60} {figure:>8}   load {os.getloadavg()[0]:.1f}")


def _fragments(wanted: int) -> Iterator[GraphFragment]:
    chance = random.Random(1)
    for number in range(max(1, (wanted - 500) // (MEASURES + 1))):
        names = [f"{number % 30}省第{at}局" for at in range(12)]
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
