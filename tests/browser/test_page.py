"""The page, as a person uses it, in a real browser."""

import re
from pathlib import Path
from urllib.parse import quote

import graph_fixture as sample
import httpx
import pytest
import web_fixture as web
from conftest import Watch
from playwright.sync_api import FrameLocator, Page, expect

from kg.store import Store
from viz.fetch import add_context, fetch_neighbourhood
from viz.graph import neighbourhood_html

MARK = "#source-text mark"
BOTH = pytest.mark.parametrize("width", ["wide", "narrow"])


def search(page: Page, address: str, text: str) -> None:
    page.goto(address)
    page.get_by_role("searchbox").fill(text)
    page.get_by_role("searchbox").press("Enter")


def node_id(address: str, name: str, label: str) -> str:
    hits = httpx.get(f"{address}/api/v1/search", params={"q": name, "label": label}).json()["hits"]
    return next(str(hit["id"]) for hit in hits if hit["name"] == name)


def drawing(page: Page) -> FrameLocator:
    """Wait for the drawing and return its frame."""
    frame = page.frame_locator("#frame iframe")
    frame.locator("canvas").wait_for()
    expect(page.locator("#frame")).not_to_have_class(re.compile("busy"))
    return frame


def click_edge(page: Page, eid: str) -> None:
    """Click the middle of an edge where the drawing shows it, once that place keeps still."""
    page.locator("#frame").scroll_into_view_if_needed()
    at = _middle(page, eid)
    while (later := _middle(page, eid)) != at:
        at = later
    page.mouse.click(*at)


def _middle(page: Page, eid: str) -> tuple[float, float]:
    """Return where an edge's middle stands on the page after its next three frames."""
    inner = next(frame for frame in page.frames if "/graph/" in frame.url)
    at = inner.evaluate(
        """async id => {
            for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
            return PolicyGraph.middleOf(id);
        }""",
        eid,
    )
    box = page.locator("#frame iframe").bounding_box()
    assert box is not None
    assert at is not None
    return box["x"] + at["x"], box["y"] + at["y"]


@BOTH
def test_from_a_search_to_the_words_in_the_notice(
    page: Page, address: str, watch: Watch, tmp_path: Path
) -> None:
    search(page, address, "盘锦大米")
    results = page.locator("#list")
    results.locator("> .rows .row-main", has_text="盘锦大米").first.click()
    expect(results.get_by_role("heading", level=1)).to_have_text("盘锦大米")
    measures = results.locator("[data-eid]", has_text="加强")
    expect(measures).to_have_count(2)
    measures.filter(has_text="加强盘锦大米保护").click()
    mark = page.locator(MARK)
    expect(mark).to_have_text("盘锦大米")
    expect(mark).to_be_in_viewport()
    expect(page.locator("#source-notice")).to_contain_text(sample.PANJIN_TITLE)
    expect(page.locator("#source-fact")).to_have_text("加强盘锦大米保护支持盘锦大米")
    text = page.locator("#source-text").inner_text()
    assert "支持盘锦大米等地理标志产品" in text
    drawing(page)
    page.screenshot(path=tmp_path / "words.png")
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()
    watch.check(page)


@BOTH
def test_a_click_on_an_edge_shows_its_words(page: Page, address: str, watch: Watch) -> None:
    key = node_id(address, "盘锦大米", "Product")
    relations = httpx.get(f"{address}/api/v1/entities/{key}").json()["relations"]
    edge = next(r for r in relations if r["start"]["name"] == "加强地理标志保护")
    page.goto(f"{address}/#/entity/{key}")
    drawing(page)
    click_edge(page, edge["eid"])
    expect(page.locator(MARK)).to_have_text(edge["evidence"]["quote"])
    expect(page.locator("#source-notice")).to_contain_text(sample.LIAONING_TITLE)
    assert edge["eid"] in page.url
    watch.check(page)


def test_an_edge_of_reference_data_says_so(page: Page, address: str, watch: Watch) -> None:
    page.goto(f"{address}/#/entity/{node_id(address, '盘锦大米', 'Product')}")
    page.locator("[data-eid]", has_text="参考数据").click()
    expect(page.locator("#source-notice")).to_contain_text("参考数据")
    watch.check(page)


def test_a_shared_address_shows_the_same(page: Page, address: str, watch: Watch) -> None:
    page.goto(f"{address}/#/entity/{node_id(address, '盘锦大米', 'Product')}")
    page.locator("[data-eid]", has_text="加强盘锦大米保护").click()
    expect(page.locator(MARK)).to_have_text("盘锦大米")
    shared = page.url
    page.goto("about:blank")
    page.goto(shared)
    expect(page.locator(MARK)).to_have_text("盘锦大米")
    expect(page.locator("#list h1")).to_have_text("盘锦大米")
    page.go_back()
    watch.check(page)


def test_a_question_is_answered(page: Page, address: str, watch: Watch) -> None:
    search(page, address, "哪些措施涉及省教育厅")
    answer = page.locator(".answer")
    expect(answer).to_contain_text("吉林省教育厅")
    answer.locator("a", has_text="吉林省教育厅").first.click()
    expect(page.locator(MARK)).to_contain_text("教育厅")
    watch.check(page)


def test_words_of_another_relation_can_be_clicked(page: Page, address: str, watch: Watch) -> None:
    page.goto(f"{address}/#/entity/{node_id(address, '盘锦大米', 'Product')}")
    page.locator("[data-eid]", has_text="加强盘锦大米保护").click()
    expect(page.locator(MARK)).to_have_text("盘锦大米")
    page.locator("#source-text .other", has_text="市市场监管局").first.click()
    expect(page.locator(MARK)).to_contain_text("市市场监管局")
    watch.check(page)


def test_the_keyboard_is_enough(page: Page, address: str, watch: Watch) -> None:
    page.goto(address)
    expect(page.locator(".counts")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("盘锦大米")
    page.keyboard.press("Enter")
    page.locator("#list > .rows .row-main").first.focus()
    page.keyboard.press("Enter")
    page.locator("[data-eid]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()
    watch.check(page)


@pytest.mark.parametrize("words", ["并不存在的词语", "大", "a/b?c#d%2F&e=<b>", "x" * 200])
def test_odd_searches_are_answered_in_words(
    page: Page, address: str, watch: Watch, words: str
) -> None:
    search(page, address, words)
    expect(page.locator("#list")).to_contain_text(re.compile("没有找到|至少|没有符合"))
    assert not [url for url in watch.elsewhere if url]
    assert page.evaluate("window.evil") is None


@pytest.mark.parametrize("hash_", ["#/entity/nothing", "#/entity/%E0%A4%A", "#/search/", "#/x/y/z"])
def test_a_broken_address_is_told(page: Page, address: str, watch: Watch, hash_: str) -> None:
    page.goto(f"{address}/{hash_}")
    shown = page.locator("#home h1, .fault")
    expect(shown.locator("visible=true").first).to_be_visible()
    assert watch.elsewhere == []


@BOTH
def test_markup_in_a_notice_stays_text(page: Page, address: str, watch: Watch) -> None:
    search(page, address, "毒苹果")
    expect(page.locator("#list")).to_contain_text(web.IMG)
    key = node_id(address, web.EVIL_PRODUCT, "Product")
    page.goto(f"{address}/#/entity/{key}")
    expect(page.locator("#list h1")).to_have_text(web.EVIL_PRODUCT)
    page.locator("[data-eid]").first.click()
    expect(page.locator(MARK)).to_have_text(web.EVIL_PRODUCT)
    page.keyboard.press("Escape")
    drawing(page).locator("canvas").hover()
    page.goto(f"{address}/#/entity/{node_id(address, web.EVIL_TITLE, 'Notice')}")
    expect(page.locator("#list h1")).to_have_text(web.EVIL_TITLE)
    drawing(page)
    page.goto(f"{address}/#/search/{quote(web.SCRIPT, safe='')}")
    expect(page.locator("#list")).to_contain_text(web.SCRIPT)
    drawing(page)
    watch.check(page)


def test_the_documentation_works_offline(page: Page, address: str, watch: Watch) -> None:
    page.goto(f"{address}/docs")
    expect(page.locator(".opblock")).not_to_have_count(0)
    page.locator("#operations-meta-health_healthz_get").click()
    expect(page.locator(".opblock-body").first).to_be_visible()
    watch.check(page)


@BOTH
def test_one_file_works_without_a_server(page: Page, tmp_path: Path, watch: Watch) -> None:
    with web.evil_store() as store:
        html = _export(store, "盘锦大米")
    file = tmp_path / "盘锦大米.html"
    file.write_text(html, encoding="utf-8")
    page.goto(file.as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("盘锦大米")
    page.locator("#edges button", has_text="加强盘锦大米保护").first.click()
    expect(page.locator("#evidence-text mark")).to_be_in_viewport()
    eid = page.evaluate(
        "JSON.parse(document.getElementById('policykg-data').textContent).edges"
        ".find(e => e.evidence && e.evidence.quote === '盘锦大米').id"
    )
    page.locator("#evidence-close").click()
    page.locator("#mynetwork").scroll_into_view_if_needed()
    page.get_by_role("button", name="全图").click()
    at = page.evaluate("id => PolicyGraph.middleOf(id)", eid)
    page.mouse.click(at["x"], at["y"])
    expect(page.locator("#evidence-text mark")).to_have_text("盘锦大米")
    assert watch.asked == [file.as_uri()]
    watch.check(page)


def test_markup_stays_text_in_one_file(page: Page, tmp_path: Path, watch: Watch) -> None:
    with web.evil_store() as store:
        html = _export(store, web.EVIL_PRODUCT)
    file = tmp_path / "evil.html"
    file.write_text(html, encoding="utf-8")
    page.goto(file.as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text(web.EVIL_PRODUCT)
    page.locator("#edges button").first.click()
    expect(page.locator("#evidence-text mark")).not_to_have_count(0)
    watch.check(page)


def _export(store: Store, name: str) -> str:
    hit = next(hit for hit in store.search(name, ["Product"], 5) if hit.name == name)
    return neighbourhood_html(add_context(store, fetch_neighbourhood(store, hit.id, 2, 80)))
