"""Views look as they did: small pictures of them, compared with a tolerance for other fonts.

A change of design makes the pictures anew: POLICYKG_NEW_LOOKS=1 pytest tests/browser/test_looks.py
"""

import io
import os
from pathlib import Path

import graph_fixture as sample
import numpy as np
import pytest
from conftest import drawing
from PIL import Image
from playwright.sync_api import Page, expect
from test_page import go, node_id
from test_views import VIEWS as COUNTING
from test_views import addresses

LOOKS = Path(__file__).parent / "looks"
SIZE = (140, 90)  # a tenth of the window: type becomes grey, what stands where remains
CELLS = (10, 9)  # blocks that are compared one by one
MEAN = 4.0  # of 255, over the whole picture
BLOCK = 26.0  # in any block


def picture(page: Page) -> np.ndarray:
    """Return the page as a small picture, (height, width, 3)."""
    page.evaluate("() => document.fonts.ready.then(() => true)")
    shot = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide")))
    return np.asarray(shot.convert("RGB").resize(SIZE, Image.Resampling.BOX), dtype=np.float64)


def difference(one: np.ndarray, other: np.ndarray) -> tuple[float, float]:
    """Return the mean difference of two pictures, and that of the blocks that differ most."""
    apart = np.abs(one - other).mean(axis=2)
    rows, columns = CELLS[1], CELLS[0]
    blocks = apart.reshape(rows, SIZE[1] // rows, columns, SIZE[0] // columns).mean(axis=(1, 3))
    return float(apart.mean()), float(blocks.max())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["home", "graph", "notice", "measures", *COUNTING])
def test_it_looks_as_before(page: Page, address: str, view: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    rice = node_id(address, "盘锦大米", "Product")
    notice = node_id(address, sample.LIAONING_TITLE, "Notice")
    given = {"graph": {"node": rice, "panel": f"n.{rice}"}, "notice": {"id": notice}}
    given |= addresses(address)
    go(page, address, view, **given.get(view, {}))
    expect(page.locator("#view .view-body")).to_be_visible()
    expect(page.locator(".state.loading")).to_have_count(0)
    if view == "graph":
        drawing(page)
        expect(page.locator("#panel h2")).to_be_visible()
    page.wait_for_timeout(300)  # the canvas paints after the drawing is there
    file = LOOKS / f"{view}-{scheme}.png"
    now = picture(page)
    if os.environ.get("POLICYKG_NEW_LOOKS"):
        LOOKS.mkdir(exist_ok=True)
        Image.fromarray(now.round().astype(np.uint8)).save(file, optimize=True)
    before = np.asarray(Image.open(file).convert("RGB"), dtype=np.float64)
    mean, block = difference(before, now)
    assert (mean < MEAN, block < BLOCK) == (True, True), f"{file.name}: {mean:.1f}, {block:.1f}"


def test_what_is_missing_or_elsewhere_is_seen() -> None:
    before = np.asarray(Image.open(LOOKS / "graph-light.png").convert("RGB"), dtype=np.float64)
    assert difference(before, before) == (0, 0)
    dark = np.asarray(Image.open(LOOKS / "graph-dark.png").convert("RGB"), dtype=np.float64)
    assert difference(before, dark)[0] > MEAN
    moved = np.roll(before, 30, axis=1)
    assert difference(before, moved)[1] > BLOCK
