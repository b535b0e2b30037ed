"""axe-core finds no serious fault in any view, in light and in dark, wide and narrow."""

from pathlib import Path
from typing import Any

import graph_fixture as sample
import pytest
import web_fixture as web
from conftest import drawing
from playwright.sync_api import Page, expect
from test_page import go, node_id, view_names

AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
RUN = """async (tags) => {
    const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
    return found.violations.map(({ id, impact, nodes }) => (
        { id, impact, at: nodes.map((node) => `${node.html.slice(0, 160)}: ${node.failureSummary}`) }));
}"""


def faults(page: Page) -> list[dict[str, Any]]:
    """Return what axe calls serious or critical."""
    page.evaluate(AXE)
    found = page.evaluate(RUN, RULES)
    return [fault for fault in found if fault["impact"] in ("serious", "critical")]


def parameters(address: str, view: str) -> dict[str, str]:
    """Return what makes a view show something."""
    rice = node_id(address, "盘锦大米", "Product")
    return {
        "search": {"q": "盘锦"},
        "ask": {"q": "哪些措施涉及省教育厅"},
        "graph": {"node": rice, "sel": rice, "panel": f"n.{rice}"},
        "notice": {"id": node_id(address, sample.LIAONING_TITLE, "Notice")},
        "dossier": {"agency": node_id(address, "辽宁省知识产权局", "Agency")},
        "lineage": {"notice": node_id(address, sample.PANJIN_TITLE, "Notice")},
    }.get(view, {})


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", view_names())
def test_no_view_has_a_serious_fault(page: Page, address: str, view: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    go(page, address, view, **parameters(address, view))
    expect(page.locator("#view .view-body")).to_be_visible()
    expect(page.locator(".state.loading")).to_have_count(0)
    assert faults(page) == []


@pytest.mark.parametrize("width", ["narrow"])
def test_the_panel_has_no_serious_fault(page: Page, address: str) -> None:
    key = node_id(address, "盘锦大米", "Product")
    go(page, address, "graph", node=key, panel=f"n.{key}")
    drawing(page)
    page.locator("#panel [data-eid]", has_text="加强盘锦大米保护").click()
    expect(page.locator("#panel mark")).to_be_visible()
    assert faults(page) == []


def test_menus_dialogs_and_states_have_no_serious_fault(page: Page, address: str) -> None:
    go(page, address, "graph", node=node_id(address, web.EVIL_PRODUCT, "Product"))
    drawing(page)
    page.locator(".export summary").click()
    assert faults(page) == []
    page.get_by_role("button", name="背后的查询").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert faults(page) == []
    go(page, address, "nothing")
    expect(page.locator(".state")).to_be_visible()
    assert faults(page) == []


def test_axe_finds_what_is_wrong(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator(".counts")).to_be_visible()
    page.evaluate("document.querySelector('#q').removeAttribute('aria-label')")
    page.evaluate("document.querySelector('#q').removeAttribute('placeholder')")
    assert [fault["id"] for fault in faults(page)] == ["label"]
