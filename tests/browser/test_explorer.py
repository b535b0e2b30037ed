"""The views that draw graphs and texts: what they show, their states, their addresses."""

import csv
import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import quote

import graph_fixture as sample
import httpx
import pytest
import web_fixture as web
from conftest import Watch, click_edge, click_node, drawing, wait_until
from playwright.sync_api import Download, Page, expect
from test_page import MARK, go, node_id

BOTH = pytest.mark.parametrize("width", ["wide", "narrow"])
RICE = "盘锦大米"


def open_graph(page: Page, address: str, name: str = RICE, label: str = "Product") -> str:
    key = node_id(address, name, label)
    go(page, address, "graph", node=key)
    drawing(page)
    return key


def shown(page: Page) -> tuple[int, int]:
    """Return how many nodes and edges the drawing shows."""
    return tuple(
        page.evaluate(
            """() => {
                const { cy } = document.querySelector(".network").network;
                return [cy.nodes(":visible").length, cy.edges(":visible").length];
            }"""
        )
    )


def wait_shown(page: Page, nodes: int, edges: int) -> None:
    """Wait until the drawing shows so many nodes and edges."""
    text = f"{nodes} 个节点,{edges} 条关系"
    expect(page.locator(".graph-note")).to_have_text(text)
    assert shown(page) == (nodes, edges)


@BOTH
def test_a_click_on_a_line_shows_its_words(page: Page, address: str, watch: Watch) -> None:
    key = open_graph(page, address)
    relations = httpx.get(f"{address}/api/v1/entities/{key}").json()["relations"]
    edge = next(r for r in relations if r["start"]["name"] == "加强地理标志保护")
    click_edge(page, edge["eid"])
    expect(page.locator(MARK)).to_have_text(edge["evidence"]["quote"])
    expect(page.locator(".panel-notice")).to_contain_text(sample.LIAONING_TITLE)
    assert edge["eid"] in page.url
    watch.check(page)


def around(address: str, *more: str) -> tuple[int, int]:
    """Return how many nodes and edges there are around 盘锦大米, with further nodes by id."""
    path = f"{address}/api/v1/explore/graph"
    graph = httpx.get(path, params={"centre": RICE}).json()
    ids = ",".join([*(node["id"] for node in graph["nodes"]), *more])
    graph = httpx.get(path, params={"centre": RICE, "ids": ids}).json()
    return len(graph["nodes"]), len(graph["relations"])


def test_counts_come_before_expanding_and_collapsing_undoes_it(
    page: Page, address: str, watch: Watch
) -> None:
    open_graph(page, address)
    before = around(address)
    after = around(address, node_id(address, "辽宁省知识产权局", "Agency"))
    assert after[0] == before[0] + 1
    wait_shown(page, *before)
    measure = node_id(address, "加强地理标志保护", "Measure")
    click_node(page, measure)
    expect(page.locator("#panel h2")).to_have_text("加强地理标志保护")
    actions = page.locator(".graph-actions")
    expect(actions).to_contain_text("加强地理标志保护")
    actions.locator("summary").click()
    leads = actions.get_by_role("button", name=re.compile("牵头 · 机关"))
    expect(leads).to_contain_text("0 / 1")
    leads.click()
    wait_shown(page, *after)
    actions.get_by_role("button", name="收起").click()
    wait_shown(page, *before)
    page.get_by_role("button", name="撤销").click()
    wait_shown(page, *after)
    page.get_by_role("button", name="撤销").click()
    wait_shown(page, *before)
    page.get_by_role("button", name="重做").click()
    wait_shown(page, *after)
    shared = page.url
    page.goto("about:blank")
    page.goto(shared)
    drawing(page)
    wait_shown(page, *after)
    watch.check(page)


def test_the_legend_filters_kinds_and_dates(page: Page, address: str, watch: Watch) -> None:
    key = open_graph(page, address)
    wait_shown(page, *around(address))
    legend = page.locator(".graph-legend")
    legend.get_by_label(re.compile("^ *地区")).uncheck()
    graph = httpx.get(f"{address}/api/v1/explore/graph", params={"centre": key}).json()
    kept = [
        r for r in graph["relations"] if "Place" not in (r["start"]["label"], r["end"]["label"])
    ]
    wait_shown(page, len([n for n in graph["nodes"] if n["label"] != "Place"]), len(kept))
    legend.get_by_label("公文日期 从").fill("2024")
    legend.get_by_label("公文日期 从").press("Enter")
    late = [r for r in kept if r["evidence"]["issued_on"] >= "2024"]
    assert 0 < len(late) < len(kept)
    wait_shown(
        page, len({key} | {r[end]["id"] for r in late for end in ("start", "end")}), len(late)
    )
    assert "off=Place" in page.url
    assert "from=2024" in page.url
    watch.check(page)


def test_a_path_between_two_nodes(page: Page, address: str, watch: Watch) -> None:
    key = open_graph(page, address)
    click_node(page, key)
    page.locator(".graph-actions").get_by_role("button", name="找路径").click()
    box = page.get_by_role("combobox", name="到哪个节点")
    box.press_sequentially("吉林省教育厅")
    page.locator(".suggestion:visible").first.click()
    expect(page.locator(".cut")).to_contain_text(re.compile(r"路径共 \d+ 步"))
    steps = int(re.findall(r"\d+", page.locator(".cut").inner_text())[0])
    lit = "n => document.querySelector('.network').network.cy.edges('.path').length === n"
    wait_until(page, lit, steps)
    assert steps > 2
    watch.check(page)


def test_a_pin_stays_where_it_is_put(page: Page, address: str, watch: Watch) -> None:
    key = open_graph(page, address)
    place = node_id(address, "盘锦市", "Place")
    click_node(page, place)
    page.locator(".graph-actions").get_by_role("button", name="固定", exact=True).click()
    expect(page.locator(".graph-actions").get_by_role("button", name="取消固定")).to_be_visible()
    spot = "id => document.querySelector('.network').network.cy.getElementById(id).position()"
    before = page.evaluate(spot, place)
    page.get_by_label("布局").select_option("force")
    moved = """id => {
        const { x, y } = document.querySelector(".network").network.cy.getElementById(id).position();
        return Math.hypot(x, y) > 1;
    }"""
    wait_until(page, moved, key)
    after = page.evaluate(spot, place)
    assert after == {axis: round(value) for axis, value in before.items()}
    watch.check(page)


def test_the_keyboard_walks_the_graph(page: Page, address: str, watch: Watch) -> None:
    open_graph(page, address)
    page.locator(".graph-canvas").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("盘锦大米")
    watch.check(page)


def test_nodes_are_listed_as_a_table(page: Page, address: str, watch: Watch) -> None:
    open_graph(page, address)
    page.get_by_role("button", name="列成表格").click()
    rows = page.get_by_role("dialog").locator("tbody tr")
    expect(rows).to_have_count(4)
    rows.filter(has_text="盘锦市").get_by_role("link").first.click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#panel h2")).to_be_visible()
    watch.check(page)


def export(page: Page, name: str) -> Download:
    page.locator(".export summary").click()
    with page.expect_download() as download:
        page.locator(".export").get_by_role("button", name=name).click()
    return download.value


def test_a_graph_is_exported(page: Page, address: str, watch: Watch, tmp_path: Path) -> None:
    open_graph(page, address, web.EVIL_PRODUCT)
    for name, begins in (("PNG", b"\x89PNG"), ("SVG", b"<svg "), ("CSV", b"\xef\xbb\xbf")):
        file = tmp_path / name
        export(page, name).save_as(file)
        assert file.read_bytes().startswith(begins)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "CSV").read_text("utf-8-sig"))))
    assert web.EVIL_PRODUCT in {row["end"] for row in rows}
    picture = (tmp_path / "SVG").read_text("utf-8")
    assert "<script" not in picture
    assert "<img" not in picture
    page.locator(".export summary").click()
    page.get_by_role("button", name="背后的查询").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("policykg query neighbourhood")
    expect(dialog).to_contain_text("MATCH (n)")
    watch.check(page)


@BOTH
def test_a_notice_is_read(page: Page, address: str, watch: Watch) -> None:
    go(page, address, "notice")
    page.locator(".row-main", has_text=sample.LIAONING_TITLE).first.click()
    outline = page.locator(".reader-outline")
    expect(outline).to_contain_text("3 项措施")
    outline.get_by_role("link", name=re.compile("培养知识产权人才")).click()
    mark = page.locator(".reader-text mark")
    expect(mark).to_have_text("培养知识产权人才")
    expect(mark).to_be_in_viewport()
    said = page.locator(".reader-text .said", has_text="省农业农村厅")
    said.focus()
    expect(page.locator(".hover-note:visible")).to_contain_text("配合")
    said.click()
    expect(page.locator(MARK)).to_have_text("省农业农村厅")
    watch.check(page)


def test_kinds_of_mentions_can_be_switched_off(page: Page, address: str, watch: Watch) -> None:
    go(page, address, "notice", id=node_id(address, sample.LIAONING_TITLE, "Notice"))
    place = page.locator(".reader-text .said", has_text="大连市")
    expect(place).to_have_count(1)
    page.locator(".reader-marks").get_by_role("button", name=re.compile("地区")).click()
    expect(place).to_have_count(0)
    watch.check(page)


def test_a_cited_notice_says_that_it_was_not_loaded(page: Page, address: str, watch: Watch) -> None:
    go(page, address, "notice", id=node_id(address, sample.OUTLINE_TITLE, "Notice"))
    expect(page.locator("#view")).to_contain_text("没有装入")
    watch.check(page)


@BOTH
def test_measures_are_narrowed_down(page: Page, address: str, watch: Watch) -> None:
    go(page, address, "measures")
    facets = page.locator(".measures-facets")
    year = facets.get_by_role("button", name=re.compile("^2022"))
    count = year.locator(".count").inner_text()
    year.click()
    expect(page.locator(".measures .note").first).to_have_text(f"{count} 项措施")
    page.get_by_role("combobox", name="涉及的主体、事物或工具").press_sequentially("大连")
    page.locator(".suggestion:visible", has_text="大连市").click()
    expect(page.locator(".measures .chips")).to_contain_text("涉及:大连市")
    expect(page.locator(".measures .row-name")).to_have_text(["加强地理标志保护期限 2024-12-31"])
    shared = page.url
    page.goto("about:blank")
    page.goto(shared)
    expect(page.locator(".measures .row-name")).to_have_count(1)
    page.locator(".measures .row-main").click()
    expect(page.locator("#panel h2")).to_have_text("加强地理标志保护")
    watch.check(page)


@BOTH
def test_a_question_is_answered(page: Page, address: str, watch: Watch) -> None:
    go(page, address, "ask")
    page.get_by_role("textbox", name="提问").fill("哪些措施涉及省教育厅")
    page.get_by_role("textbox", name="提问").press("Enter")
    expect(page.locator("#view")).to_contain_text("吉林省教育厅")
    drawing(page)
    page.locator("td .quote").first.click()
    expect(page.locator(MARK)).to_contain_text("教育厅")
    watch.check(page)


def test_a_question_not_understood_offers_others(page: Page, address: str, watch: Watch) -> None:
    go(page, address, "ask", q="今天天气怎么样呢请问")
    expect(page.locator("#view")).to_contain_text("没有看懂")
    page.locator("#view .chip").first.click()
    expect(page.locator(".ask-read")).to_be_visible()
    watch.check(page)


def test_the_whole_graph_opens(page: Page, address: str, watch: Watch, tmp_path: Path) -> None:
    go(page, address, "whole")
    total = sum(n["count"] for n in httpx.get(f"{address}/api/v1/status").json()["nodes"])
    expect(page.locator("#view .note").first).to_contain_text(f"{total} 个节点")
    page.get_by_role("combobox", name="在图中找一个节点").press_sequentially("盘锦大米")
    page.locator(".suggestion:visible").first.click()
    expect(page.locator(".whole-chosen")).to_contain_text("盘锦大米")
    page.locator(".whole-kinds").get_by_role("button", name=re.compile("措施")).click()
    assert "off=Measure" in page.url
    export(page, "SVG").save_as(tmp_path / "whole.svg")
    export(page, "PNG").save_as(tmp_path / "whole.png")
    picture = ET.parse(tmp_path / "whole.svg").getroot()
    assert len(picture.findall("{*}circle")) > 3
    assert "盘锦大米" in [text.text for text in picture.findall("{*}text")]
    page.locator(".export summary").click()
    page.get_by_role("button", name="背后的查询").click()
    expect(page.get_by_role("dialog")).to_contain_text("policykg cypher 'MATCH (n)-[r]->(o)")
    page.keyboard.press("Escape")
    page.locator(".whole-chosen").get_by_role("link").click()
    drawing(page)
    watch.check(page)


def test_markup_stays_text_in_every_view(page: Page, address: str, watch: Watch) -> None:
    notice = node_id(address, web.EVIL_TITLE, "Notice")
    open_graph(page, address, web.EVIL_PRODUCT)
    page.locator(".graph-canvas").hover()
    go(page, address, "notice", id=notice)
    expect(page.locator(".reader-title")).to_have_text(web.EVIL_TITLE)
    page.locator(".reader-text .said").first.focus()
    expect(page.locator(".hover-note:visible")).to_be_visible()
    go(page, address, "ask", q=f"哪些措施涉及{web.EVIL_PRODUCT}")
    expect(page.locator("#view")).to_contain_text(web.SCRIPT)
    page.goto(f"{address}/#/ask?q={quote(web.IMG)}")
    expect(page.locator(".ask-box input")).to_have_value(web.IMG)
    go(page, address, "whole", sel=notice)
    expect(page.locator(".whole-chosen")).to_contain_text(web.IMG)
    watch.check(page)


def test_an_empty_graph_says_how_to_begin(page: Page) -> None:
    with sample.in_memory() as store, web.serving(store) as base:
        watch = Watch(page.context, page, base)
        for view, words in (
            ("home", "policykg load"),
            ("notice", "还没有公文"),
            ("whole", "图是空的"),
            ("search?q=大米", "没有找到"),
        ):
            page.goto(f"{base}/#/{view}")
            expect(page.locator(".state.empty")).to_contain_text(words)
        watch.check(page)
