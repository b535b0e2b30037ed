"""The page, as a person uses it, in a real browser."""

import re
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlencode

import graph_fixture as sample
import httpx
import pytest
import web_fixture as web
from conftest import Watch, drawing
from playwright.sync_api import Browser, Locator, Page, expect

from api.single_file import explorer_data
from kg.store import Store
from viz.bundle import explorer_html
from viz.chosen import Choice, choose_nodes
from viz.fetch import add_context, fetch_view
from viz.graph import neighbourhood_html

MARK = "#panel mark"
BOTH = pytest.mark.parametrize("width", ["wide", "narrow"])


def go(page: Page, address: str, view: str, **parameters: str) -> None:
    """Open a view by its address."""
    page.goto(f"{address}/#/{view}?{urlencode(parameters)}")


def view_names() -> list[str]:
    """Return the names of all views."""
    registry = (files("viz") / "static" / "registry.js").read_text(encoding="utf-8")
    [listed] = re.findall(r"VIEWS = \[(.*?)\]", registry, re.DOTALL)
    return re.findall(r'"(\w+)"', listed)


def search(page: Page, address: str, text: str) -> None:
    page.goto(address)
    page.get_by_role("combobox").fill(text)
    page.get_by_role("combobox").press("Enter")


def node_id(address: str, name: str, label: str) -> str:
    hits = httpx.get(f"{address}/api/v1/search", params={"q": name, "label": label}).json()["hits"]
    return next(str(hit["id"]) for hit in hits if hit["name"] == name)


@BOTH
def test_from_a_search_to_the_words_in_the_notice(page: Page, address: str, watch: Watch) -> None:
    search(page, address, "盘锦大米")
    page.locator(".row-main", has_text="盘锦大米").first.click()
    panel = page.locator("#panel")
    expect(panel.get_by_role("heading", level=2)).to_have_text("盘锦大米")
    measures = panel.locator("[data-eid]", has_text="加强")
    expect(measures).to_have_count(2)
    measures.filter(has_text="加强盘锦大米保护").click()
    mark = page.locator(MARK)
    expect(mark).to_have_text("盘锦大米")
    expect(mark).to_be_in_viewport()
    expect(panel.locator(".panel-notice")).to_contain_text(sample.PANJIN_TITLE)
    expect(panel.locator("h2")).to_have_text("加强盘锦大米保护 支持 盘锦大米")
    expect(panel.locator(".evidence-text")).to_contain_text("支持盘锦大米等地理标志产品")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    watch.check(page)


def test_a_relation_of_reference_data_says_so(page: Page, address: str, watch: Watch) -> None:
    key = node_id(address, "盘锦大米", "Product")
    go(page, address, "home", panel=f"n.{key}")
    page.locator("[data-eid]", has_text="参考数据").click()
    expect(page.locator("#panel")).to_contain_text("来自参考数据:fixture")
    watch.check(page)


def test_a_shared_address_shows_the_same(page: Page, address: str, watch: Watch) -> None:
    key = node_id(address, "盘锦大米", "Product")
    go(page, address, "search", q="盘锦大米", panel=f"n.{key}")
    page.locator("[data-eid]", has_text="加强盘锦大米保护").click()
    expect(page.locator(MARK)).to_have_text("盘锦大米")
    shared = page.url
    page.goto("about:blank")
    page.goto(shared)
    expect(page.locator(MARK)).to_have_text("盘锦大米")
    expect(page.locator("#view .row-main").first).to_contain_text("盘锦大米")
    watch.check(page)


def test_words_of_another_relation_can_be_clicked(page: Page, address: str, watch: Watch) -> None:
    go(page, address, "home", panel=f"n.{node_id(address, '盘锦大米', 'Product')}")
    page.locator("[data-eid]", has_text="加强盘锦大米保护").click()
    expect(page.locator(MARK)).to_have_text("盘锦大米")
    page.locator("#panel .said", has_text="市市场监管局").first.click()
    expect(page.locator(MARK)).to_contain_text("市市场监管局")
    watch.check(page)


def test_the_keyboard_is_enough(page: Page, address: str, watch: Watch) -> None:
    page.goto(address)
    expect(page.locator(".counts")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("盘锦大米")
    page.keyboard.press("Enter")
    page.locator("#view .row-main").first.focus()
    page.keyboard.press("Enter")
    page.locator("#panel [data-eid]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2 b")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    watch.check(page)


def test_names_are_suggested_by_type(page: Page, address: str, watch: Watch) -> None:
    page.goto(address)
    box = page.get_by_role("combobox")
    box.press_sequentially("盘锦")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    groups = page.locator("#suggestions [role=group]").evaluate_all(
        "groups => groups.map(group => group.getAttribute('aria-label'))"
    )
    assert groups == ["机关", "产品", "地区", "公文", "措施"]
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    watch.check(page)


def test_a_search_that_is_a_question_leads_to_its_answer(
    page: Page, address: str, watch: Watch
) -> None:
    search(page, address, "哪些措施涉及省教育厅")
    page.get_by_role("link", name=re.compile("看回答")).click()
    expect(page.locator(".ask-answer")).to_contain_text("吉林省教育厅")
    search(page, address, "盘锦市大洼区")
    expect(page.locator("#view .row-main").first).to_be_visible()
    watch.check(page)


def test_the_language_is_remembered(page: Page, address: str, watch: Watch) -> None:
    page.goto(address)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Who does what"))
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Who does what"))
    assert page.locator("html").get_attribute("lang") == "en"
    watch.check(page)


def test_light_and_dark_are_remembered(page: Page, address: str, watch: Watch) -> None:
    paper = "() => getComputedStyle(document.body).backgroundColor"
    page.goto(address)
    expect(page.locator(".counts")).to_be_visible()
    before = page.evaluate(paper)
    page.locator("#theme").click()
    assert page.evaluate(paper) == before  # light, as the system
    page.locator("#theme").click()
    dark = page.evaluate(paper)
    assert dark != before
    page.reload()
    expect(page.locator(".counts")).to_be_visible()
    assert page.evaluate(paper) == dark
    watch.check(page)


@pytest.mark.parametrize("words", ["并不存在的词语", "大", "a/b?c#d%2F&e=<b>", "x" * 200])
def test_odd_searches_are_answered_in_words(
    page: Page, address: str, watch: Watch, words: str
) -> None:
    search(page, address, words)
    expect(page.locator("#view")).to_contain_text(re.compile("没有找到|至少"))
    watch.check(page)


@pytest.mark.parametrize("hash_", ["#/nothing", "#/%E0%A4%A", "#/search", "#/x/y/z", "#/?panel=q"])
def test_a_broken_address_is_told(page: Page, address: str, watch: Watch, hash_: str) -> None:
    page.goto(f"{address}/{hash_}")
    expect(page.locator(".state, .counts").first).to_be_visible()
    watch.check(page)


def test_a_failed_request_is_told_and_tried_again(page: Page, address: str, watch: Watch) -> None:
    page.context.route("**/api/v1/search*", lambda route: route.fulfill(status=503, body="{}"))
    search(page, address, "盘锦大米")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("503")
    page.context.unroute("**/api/v1/search*")
    alert.get_by_role("button").click()
    expect(page.locator("#view .row-main").first).to_contain_text("盘锦大米")
    assert watch.elsewhere == []


@BOTH
def test_markup_in_a_notice_stays_text(page: Page, address: str, watch: Watch) -> None:
    search(page, address, "毒苹果")
    expect(page.locator("#view")).to_contain_text(web.IMG)
    key = node_id(address, web.EVIL_PRODUCT, "Product")
    go(page, address, "home", panel=f"n.{key}")
    expect(page.locator("#panel h2")).to_have_text(web.EVIL_PRODUCT)
    page.locator("#panel [data-eid]").first.click()
    expect(page.locator(MARK)).to_have_text(web.EVIL_PRODUCT)
    go(page, address, "home", panel=f"n.{node_id(address, web.EVIL_TITLE, 'Notice')}")
    expect(page.locator("#panel h2")).to_have_text(web.EVIL_TITLE)
    go(page, address, "search", q=web.SCRIPT)
    expect(page.locator("#view")).to_contain_text(web.SCRIPT)
    watch.check(page)


def test_the_documentation_works_offline(page: Page, address: str, watch: Watch) -> None:
    page.goto(f"{address}/docs")
    expect(page.locator(".opblock")).not_to_have_count(0)
    page.locator(".opblock", has_text="/api/v1/status").locator(
        ".opblock-summary-control"
    ).first.click()
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


@BOTH
def test_the_explorer_works_from_disk(page: Page, tmp_path: Path, watch: Watch) -> None:
    with web.evil_store() as store:
        ids, _ = choose_nodes(store, Choice("", limit=500))
        html = explorer_html(explorer_data(store, ids), "全部")
    file = tmp_path / "全部.html"
    file.write_text(html, encoding="utf-8")
    page.goto(file.as_uri())
    expect(page.locator(".counts")).to_contain_text("4")
    assert page.locator("#menu a").evaluate_all(
        "links => links.map(link => link.dataset.view)"
    ) == [
        *("graph", "notice", "dossier", "lineage", "timeline", "map", "matrix", "cooperation"),
        "whole",
    ]
    page.get_by_role("combobox").fill(web.EVIL_PRODUCT)
    page.locator(".suggestion:visible").first.click()
    drawing(page)
    expect(page.locator("#panel h2")).to_have_text(web.EVIL_PRODUCT)
    page.locator("#panel [data-eid]").first.click()
    expect(page.locator(MARK)).to_have_text(web.EVIL_PRODUCT)
    page.locator("#panel").get_by_role("link", name="在公文中阅读").click()
    expect(page.locator(".reader-outline")).to_contain_text("1 项措施")
    expect(page.locator(".reader-text mark")).to_have_text(web.EVIL_PRODUCT)
    page.goto(f"{file.as_uri()}#/whole")
    expect(page.locator("#view .note").first).to_contain_text(f"{len(ids)} 个节点")
    page.goto(f"{file.as_uri()}#/ask")
    expect(page.locator(".state")).to_contain_text("policykg serve")
    assert [url for url in watch.asked if not url.startswith("data:")] == [file.as_uri()]
    watch.check(page)


def test_views_that_count_work_from_disk(page: Page, tmp_path: Path, watch: Watch) -> None:
    with web.evil_store() as store:
        ids, _ = choose_nodes(store, Choice("", limit=500))
        html = explorer_html(explorer_data(store, ids), "全部")
    file = tmp_path / "全部.html"
    file.write_text(html, encoding="utf-8")

    def open_view(name: str, heading: str) -> Locator:
        page.goto(f"{file.as_uri()}#/{name}")
        expect(page.locator("#view h2", has_text=heading).first).to_be_visible()
        expect(page.locator("#view-head")).to_contain_text("写入文件时全图")
        return page.locator("#view")

    view = open_view("dossier", "选一个机关")
    view.locator(".bar", has_text="辽宁省教育厅").click()
    view.locator(".chip", has_text="配合").click()
    expect(view.locator("[data-eid]")).to_have_count(2)
    view.locator(".bar", has_text="盘锦市市场监督管理局").click()
    expect(view.locator("[data-eid]")).to_contain_text("加强盘锦大米保护")
    view = open_view("lineage", "沿用文字的措施")
    view.locator(".bar", has_text="加强盘锦大米保护").click()
    expect(view.locator(".side-text")).to_have_count(2)
    view = open_view("timeline", "这段时间印发的公文")
    view.get_by_label("自").fill("2025-01")
    view.get_by_label("自").press("Enter")
    expect(view.locator(".timeline-lists .rows").nth(1).locator("li")).to_have_count(2)
    view = open_view("map", "全国的各组成部分")
    view.locator(".tile[data-code='210000']").click()
    expect(view.locator("h2", has_text="辽宁省的公文")).to_be_visible()
    page.goto(f"{file.as_uri()}#/matrix")
    view.locator(".matrix td button").first.click()
    view.locator("[data-eid]").first.click()
    expect(page.locator(MARK)).to_be_visible()
    view = open_view("cooperation", "合作最多的机关")
    view.locator(".bar", has_text="辽宁省教育厅").click()
    view.locator(".bar", has_text="辽宁省知识产权局").click()
    expect(view.locator("[data-eid]")).to_have_count(1)
    view.get_by_label("只看某地的公文").fill("辽宁省")
    view.get_by_label("只看某地的公文").press("Enter")
    expect(view.locator(".state.fault")).to_contain_text("policykg serve")
    watch.check(page)


PARSE = """async (scripts) => {
    const wrong = [];
    for (const [name, text] of scripts) {
        const link = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
        await import(link).catch((error) => {
            if (error instanceof SyntaxError) wrong.push(`${name}: ${error.message}`);
        });
    }
    return wrong;
}"""


def test_every_script_parses(browser: Browser) -> None:
    """Whether or not a test happens to run it; what a module imports is not looked at."""
    static = Path(str(files("viz"))) / "static"
    scripts = [
        (path.name, re.sub(r"^import .*$", "", path.read_text("utf-8"), flags=re.M))
        for path in sorted(static.rglob("*.js"))
        if "vendor" not in path.parts
    ]
    page = browser.new_page()
    broken = ("broken.js", "const = 1;")
    [told] = page.evaluate(PARSE, [*scripts, broken])
    assert told.startswith("broken.js")
    page.close()


def _export(store: Store, name: str) -> str:
    hit = next(hit for hit in store.search(name, ["Product"], 5) if hit.name == name)
    return neighbourhood_html(
        add_context(store, fetch_view(store, Choice(hit.id, depth=2, limit=80)))
    )
