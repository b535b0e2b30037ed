"""Fixtures of the browser tests; the graph they serve is that of the other tests."""

import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))  # for web_fixture, whatever is collected

import web_fixture as web
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Frame,
    Page,
    Route,
    expect,
    sync_playwright,
)
from playwright.sync_api import Error as PlaywrightError

expect.set_options(timeout=20_000)  # a machine under load takes its time

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",  # WebGL without a graphics card
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    """Return the browser's path; POLICYKG_CHROMIUM names one that is not on the PATH."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = [os.environ.get("POLICYKG_CHROMIUM"), *map(shutil.which, names), "/usr/bin/chromium"]
    return next((path for path in found if path and Path(path).exists()), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        reason = "no chromium on the PATH (or in POLICYKG_CHROMIUM)"
        if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with web.evil_store() as store, web.serving(store) as base:
        yield base


LOOK = """() => ({
    evil: window.evil ?? null,
    images: document.querySelectorAll("img[src='x']").length,
})"""


def look_inside(frame: Frame) -> object:
    """Return what hostile markup left in a frame, once the frame is there to be looked at.

    The drawing's frame may be on its way to another page at that moment, and what it
    held is then gone: the question is put again to the page that took its place.
    """
    for _ in range(10):
        try:
            frame.wait_for_load_state("domcontentloaded")
            return frame.evaluate(LOOK)
        except PlaywrightError as error:
            if frame.is_detached():
                return {"evil": None, "images": 0}
            if "context was destroyed" not in str(error):
                raise
    pytest.fail(f"{frame.url} never came to rest")


class Watch:
    """What a page did besides showing itself: requests elsewhere, errors, things that ran."""

    def __init__(self, context: BrowserContext, page: Page, home: str) -> None:
        self.home = home
        self.elsewhere: list[str] = []
        self.asked: list[str] = []
        self.failures: list[str] = []
        context.route("**/*", self._judge)
        page.on("pageerror", lambda error: self.failures.append(str(error)))
        page.on("console", lambda m: self.failures.append(m.text) if m.type == "error" else None)
        page.on("dialog", lambda dialog: self.failures.append(f"dialog {dialog.message}"))

    def _judge(self, route: Route) -> None:
        url = route.request.url
        self.asked.append(url)
        if url.startswith((self.home + "/", "data:", "blob:", "file:")):
            route.continue_()
        else:
            self.elsewhere.append(url)
            route.abort()

    def check(self, page: Page) -> None:
        """Assert that nothing went elsewhere, nothing failed and no markup of a notice ran."""
        assert self.elsewhere == []
        assert self.failures == []
        for frame in page.frames:
            assert look_inside(frame) == {"evil": None, "images": 0}


STILL = """async ([kind, id]) => {
    const { cy } = document.querySelector(".network").network;
    const frame = () => new Promise(requestAnimationFrame);
    const spot = () => {
        const box = cy.container().getBoundingClientRect();
        const one = cy.getElementById(id);
        const at = kind === "edge" ? one.renderedMidpoint() : one.renderedPosition();
        return { x: box.x + at.x, y: box.y + at.y };
    };
    for (let last = spot(), same = 0; same < 4; ) {
        await frame();
        const now = spot();
        same = now.x === last.x && now.y === last.y ? same + 1 : 0;
        last = now;
    }
    return spot();
}"""


def wait_until(page: Page, script: str, argument: object = None, seconds: float = 20) -> None:
    """Wait until a function says yes; wait_for_function evaluates text, which the page forbids."""
    deadline = time.monotonic() + seconds
    while not page.evaluate(script, argument):
        assert time.monotonic() < deadline, f"never true: {script} {argument}"
        page.wait_for_timeout(50)


def drawing(page: Page) -> None:
    """Wait for a drawing of nodes and edges."""
    wait_until(page, "() => document.querySelector('.network')?.network?.cy.nodes().length > 0")


def click_edge(page: Page, eid: str) -> None:
    """Click the middle of an edge, once it keeps still."""
    _click(page, "edge", eid)


def click_node(page: Page, node: str) -> None:
    """Click a node, once it keeps still."""
    _click(page, "node", node)


def _click(page: Page, kind: str, key: str) -> None:
    page.locator(".network").scroll_into_view_if_needed()
    there = "id => document.querySelector('.network').network.cy.getElementById(id).nonempty()"
    wait_until(page, there, key)
    at = page.evaluate(STILL, [kind, key])
    page.mouse.click(at["x"], at["y"])


@pytest.fixture
def width() -> str:
    """The window's size; a test of both overrides it by parametrize."""
    return "wide"


@pytest.fixture
def page(browser: Browser, width: str) -> Iterator[Page]:
    size = {"wide": (1400, 900), "narrow": (420, 860)}[width]
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="zh-CN", reduced_motion="reduce"
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def watch(page: Page, address: str) -> Watch:
    return Watch(page.context, page, address)
