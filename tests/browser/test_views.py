"""The views that count and compare: what they show, their states, their addresses, their exports."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import graph_fixture as sample
import httpx
import pytest
import web_fixture as web
from conftest import Watch
from playwright.sync_api import Page, Route, expect
from test_page import MARK, go, node_id

AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
EDUCATION = "辽宁省教育厅"


def addresses(address: str) -> dict[str, dict[str, str]]:
    """Return, for each view, parameters with which all of its parts show."""
    education = node_id(address, EDUCATION, "Agency")
    office = node_id(address, "辽宁省知识产权局", "Agency")
    [reuse] = httpx.get(f"{address}/api/v1/queries/reused_measures").json()["rows"]
    return {
        "dossier": {"agency": education},
        "lineage": {"notice": reuse["notice_id"], "reuse": reuse["eid"]},
        "timeline": {},
        "map": {"within": "辽宁省", "place": "辽宁省"},
        "matrix": {"cell": "funding.210000"},
        "cooperation": {"agency": education, "with": office},
    }


VIEWS = ("dossier", "lineage", "timeline", "map", "matrix", "cooperation")
HEADINGS = {
    "dossier": "合作者",
    "lineage": "沿用的文字",
    "timeline": "这段时间到期的措施",
    "map": "辽宁省的公文",
    "matrix": "财政资金与资助 · 辽宁省",
    "cooperation": "辽宁省教育厅的合作者",
}


def open_view(page: Page, address: str, view: str) -> None:
    """Open a view with all of its parts, and wait for them."""
    go(page, address, view, **addresses(address)[view])
    settle(page, HEADINGS[view])


def settle(page: Page, heading: str) -> None:
    expect(page.locator("#view h2", has_text=heading).first).to_be_visible(timeout=20_000)
    expect(page.locator("#view .state.loading")).to_have_count(0)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_nothing_serious_hinders_access(page: Page, address: str, watch: Watch, view: str) -> None:
    open_view(page, address, view)
    page.evaluate(AXE)
    found = page.evaluate("() => axe.run('#view', { resultTypes: ['violations'] })")
    serious = [
        (fault["id"], fault["nodes"][0]["html"][:200])
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
    ]
    assert serious == []
    wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, "the page scrolls sideways"
    watch.check(page)


@pytest.mark.parametrize("view", VIEWS)
def test_an_address_restores_what_is_seen(page: Page, address: str, view: str) -> None:
    open_view(page, address, view)
    seen, shared = page.locator("#view").inner_text(), page.url
    page.goto("about:blank")
    page.goto(shared)
    settle(page, HEADINGS[view])
    assert page.locator("#view").inner_text() == seen


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_shown_can_be_taken_away(
    page: Page, address: str, watch: Watch, view: str, tmp_path: Path
) -> None:
    open_view(page, address, view)
    menu = page.locator("#view-tools")
    made = {}
    for name in ("图片 PNG", "矢量图 SVG", "表格 CSV"):
        menu.locator("summary").click()
        with page.expect_download() as download:
            menu.get_by_role("button", name=name).click()
        made[name] = tmp_path / download.value.suggested_filename
        download.value.save_as(made[name])
    picture = made["图片 PNG"].read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) > 400  # pixels wide
    drawing = ET.fromstring(made["矢量图 SVG"].read_text(encoding="utf-8"))
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert any(part.tag.endswith("}text") for part in drawing.iter())
    table = made["表格 CSV"].read_text(encoding="utf-8")
    assert table.startswith("\ufeff")
    assert len(list(csv.reader(io.StringIO(table)))) > 1
    menu.locator("summary").click()
    menu.get_by_role("button", name="背后的查询").click()
    asked = page.locator("dialog pre")
    expect(asked.first).to_contain_text("policykg query ")
    expect(asked.filter(has_text="RETURN").first).to_be_visible()
    watch.check(page)


@pytest.mark.parametrize("view", VIEWS)
def test_a_failure_is_told_and_can_be_tried_again(page: Page, address: str, view: str) -> None:
    given = addresses(address)[view]
    broken = "**/api/v1/queries/**" if view != "cooperation" else "**/api/v1/views/**"
    page.route(broken, _fail)
    go(page, address, view, **given)
    fault = page.locator("#view .state.fault").first
    expect(fault).to_contain_text("图数据库暂不可用")
    page.unroute(broken)
    fault.get_by_role("button", name="再试一次").click()
    settle(page, HEADINGS[view])


def _fail(route: Route) -> None:
    body = {"title": "图数据库暂不可用", "status": 503}
    route.fulfill(status=503, content_type="application/problem+json", body=json.dumps(body))


UNTOLD = """() => {
    const walk = document.createTreeWalker(document.querySelector("#main"), NodeFilter.SHOW_TEXT);
    const found = [];
    while (walk.nextNode()) {
        const text = walk.currentNode.data.trim();
        const element = walk.currentNode.parentElement;
        const told = element.closest("[lang]").getAttribute("lang") === "zh-CN" || element.closest("style, title");
        if (!told && /^[\\p{Script=Han}\\p{P}\\s]+$/u.test(text) && /\\p{Script=Han}/u.test(text)) found.push(text);
    }
    return found;
}"""


@pytest.mark.parametrize("view", VIEWS)
def test_in_english_and_in_the_dark(page: Page, address: str, watch: Watch, view: str) -> None:
    """What is still Chinese there says that it is."""
    page.emulate_media(color_scheme="dark")
    page.goto(address)
    page.evaluate("() => localStorage.setItem('policykg-language', 'en')")
    go(page, address, view, **addresses(address)[view])
    page.reload()
    expect(page.locator("#view h2").first).to_be_visible()
    expect(page.locator("#view .state.loading")).to_have_count(0)
    assert page.evaluate(UNTOLD) == []
    page.evaluate(AXE)
    found = page.evaluate("() => axe.run('#view', { runOnly: ['color-contrast'] })")
    assert [fault["nodes"][0]["html"][:200] for fault in found["violations"]] == []
    watch.check(page)


@pytest.fixture(scope="module")
def empty_address() -> Iterator[str]:
    with sample.in_memory() as store, web.serving(store) as base:
        yield base


@pytest.mark.parametrize("view", VIEWS)
def test_a_graph_without_notices(page: Page, empty_address: str, view: str) -> None:
    go(page, empty_address, view)
    expect(page.locator("#view .state.empty, #view .tile.zero").first).to_be_visible(timeout=20_000)
    expect(page.locator("#view .state.loading")).to_have_count(0)


class TestDossier:
    def test_from_the_list_to_the_words(self, page: Page, address: str, watch: Watch) -> None:
        go(page, address, "dossier")
        page.locator(".bar", has_text=EDUCATION).click()
        settle(page, "措施与原文")
        expect(page.locator(".dossier-head h2")).to_have_text(EDUCATION)
        expect(page.locator(".figures dd")).to_have_text(["0", "1", "2", "3", "1", "0"])
        page.locator(".chip", has_text="配合").click()
        rows = page.locator("#view [data-eid]")
        expect(rows).to_have_count(2)
        assert "role=SUPPORTS" in page.url
        rows.filter(has_text="加强地理标志保护").click()
        expect(page.locator(MARK)).to_have_text("省教育厅")
        expect(page.locator(".panel-notice")).to_contain_text(sample.LIAONING_TITLE)
        page.locator(".panel-notice a").click()
        page.locator("#panel").get_by_role("link", name="看政策谱系").click()
        expect(page.locator(".lineage-notice.root")).to_contain_text("辽宁省地理标志运用促进")
        watch.check(page)

    def test_a_partner_shows_the_shared_measures(
        self, page: Page, address: str, watch: Watch
    ) -> None:
        open_view(page, address, "dossier")
        partner = page.locator(".bar", has_text="盘锦市市场监督管理局")
        partner.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#view [data-eid]")).to_have_count(1)
        expect(page.locator("#view [data-eid]")).to_contain_text("加强盘锦大米保护")
        expect(page.locator(".bar[aria-pressed=true]")).to_contain_text("盘锦市市场监督管理局")
        watch.check(page)

    def test_markup_in_a_measure_stays_text(self, page: Page, address: str, watch: Watch) -> None:
        go(page, address, "dossier", agency=node_id(address, "辽宁省知识产权局", "Agency"))
        expect(page.locator("#view [data-eid]", has_text="毒苹果")).to_contain_text(
            web.EVIL_MEASURE
        )
        watch.check(page)

    def test_an_agency_that_is_not(self, page: Page, address: str) -> None:
        go(page, address, "dossier", agency="0123456789abcdef0123")
        expect(page.locator(".state.fault")).to_contain_text("图中没有")


class TestLineage:
    def test_levels_relations_and_their_words(self, page: Page, address: str, watch: Watch) -> None:
        go(page, address, "lineage", notice=node_id(address, sample.LIAONING_TITLE, "Notice"))
        settle(page, "沿用的文字")
        levels = page.locator(".lineage-level")
        expect(levels).to_have_text(["省级 2", "地市级 1", "层级不明 1"])
        expect(page.locator(".lineage-notice")).to_have_count(4)
        edge = page.locator(".lineage-edge[aria-label^='盘锦市']")
        edge.focus()
        page.keyboard.press("Enter")
        expect(page.locator(MARK)).to_have_text(sample.LIAONING_TITLE)
        watch.check(page)

    def test_another_notice_becomes_the_centre(
        self, page: Page, address: str, watch: Watch
    ) -> None:
        go(page, address, "lineage", notice=node_id(address, sample.LIAONING_TITLE, "Notice"))
        page.get_by_label(f"以它为中心: {sample.PANJIN_TITLE}").click()
        expect(page.locator(".lineage-notice.root")).to_contain_text("盘锦市落实地理标志")
        watch.check(page)

    def test_reused_wording_side_by_side(self, page: Page, address: str, watch: Watch) -> None:
        go(page, address, "lineage")
        page.locator(".bar", has_text="加强盘锦大米保护").click()
        sides = page.locator(".side-text")
        expect(sides).to_have_count(2)
        expect(sides.nth(0).locator(".same", has_text="支持盘锦大米等地理标志产品")).to_be_visible()
        expect(sides.nth(1).locator("em.changed, ins.added").first).to_be_visible()
        expect(page.locator(".side-head h2")).to_have_text("沿用 42%")
        page.locator(".side", has_text="较晚").get_by_role("link", name="在公文中看").click()
        expect(page.locator(MARK).first).to_be_visible()
        assert "".join(page.locator(MARK).all_inner_texts()).startswith("加强盘锦大米保护")
        watch.check(page)


class TestTimeline:
    def test_a_span_of_time(self, page: Page, address: str, watch: Watch) -> None:
        go(page, address, "timeline")
        settle(page, "这段时间印发的公文")
        lists = page.locator(".timeline-lists .rows")
        expect(lists.nth(0).locator("li")).to_have_count(4)
        expect(lists.nth(0)).to_contain_text(web.EVIL_TITLE)
        page.get_by_label("自").fill("2025-01")
        page.get_by_label("自").press("Enter")
        expect(lists.nth(1).locator("li")).to_have_count(2)
        expect(page.locator(".timeline-lists")).to_contain_text("没有公文。")
        page.wait_for_timeout(500)  # the slider, which moves along, leaves the date alone
        expect(page.get_by_label("自")).to_have_value("2025-01")
        lists.nth(1).locator("a", has_text="设立知识产权学院").click()
        expect(page.locator(MARK).first).to_have_text("2025年6月底前")
        watch.check(page)

    def test_of_one_actor_and_of_one_kind(self, page: Page, address: str, watch: Watch) -> None:
        go(page, address, "timeline")
        lists = page.locator(".timeline-lists .rows")
        page.get_by_role("combobox", name="只看某机关参与的措施").press_sequentially("农业农村厅")
        page.locator(".suggestion:visible", has_text="辽宁省农业农村厅").click()
        expect(lists.nth(0).locator("li")).to_have_count(1)
        expect(lists.nth(1).locator("li")).to_contain_text(["加强地理标志保护"])
        shared = page.url
        page.goto("about:blank")
        page.goto(shared)
        expect(page.locator(".timeline-lists")).to_contain_text(sample.LIAONING_TITLE)
        expect(lists.nth(0).locator("li")).to_have_count(1)
        page.get_by_role("button", name="不限机关: 只看某机关参与的措施").click()
        expect(lists.nth(0).locator("li")).to_have_count(4)
        page.get_by_label("文种").select_option("方案")
        expect(lists.nth(0).locator("li")).to_have_count(1)
        assert "kind=" in page.url
        watch.check(page)

    def test_where_nothing_is(self, page: Page, address: str, watch: Watch) -> None:
        go(page, address, "timeline", jurisdiction="没有的地方")
        expect(page.locator(".state.empty")).to_contain_text("没有符合条件的公文或期限")
        expect(page.locator(".state.empty")).to_contain_text("没有找到「没有的地方」")
        watch.check(page)


class TestMap:
    def test_down_to_the_cities(self, page: Page, address: str, watch: Watch) -> None:
        go(page, address, "map")
        tiles = page.locator(".tile")
        expect(tiles).to_have_count(34)
        liaoning = page.locator(".tile[data-code='210000']")
        expect(liaoning).to_have_attribute(
            "aria-label", "辽宁省: 措施 4, 公文 2, 被提及 1, 受支持 0"
        )
        liaoning.focus()
        page.keyboard.press("Enter")
        settle(page, "辽宁省的公文")
        expect(page.locator(".map-side .bar")).to_have_count(2)
        page.locator(".map-side .bar", has_text="盘锦市").click()
        settle(page, "盘锦市的公文")
        page.locator("#view [data-eid]", has_text="加强地理标志保护").click()
        expect(page.locator(MARK)).to_have_text("盘锦市")
        page.get_by_role("button", name="返回全国").click()
        expect(page.locator(".tile.chosen")).to_have_count(0)
        watch.check(page)

    def test_where_an_instrument_is_used(self, page: Page, address: str, watch: Watch) -> None:
        go(page, address, "map")
        page.get_by_label("政策工具").select_option("publicity")
        expect(page.locator(".tile:not(.zero)")).to_have_count(1)
        expect(page.locator(".tile:not(.zero)")).to_have_attribute("data-code", "220000")
        watch.check(page)


class TestMatrix:
    def test_a_cell_opens_on_its_words(self, page: Page, address: str, watch: Watch) -> None:
        go(page, address, "matrix")
        cells = page.locator(".matrix td button")
        expect(cells).to_have_count(4)
        cells.filter(has_text="1").first.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#view [data-eid]")).to_have_count(1)
        expect(page.locator(".matrix button[aria-pressed=true]")).to_be_focused()
        page.locator("#view [data-eid]").click()
        expect(page.locator(MARK)).to_be_visible()
        watch.check(page)

    def test_other_columns_and_values(self, page: Page, address: str, watch: Watch) -> None:
        go(page, address, "matrix")
        page.get_by_role("button", name="年份").click()
        expect(page.locator(".matrix thead th")).to_have_text(["政策工具", "2022", "2023", "合计"])
        page.get_by_label("数值").select_option("share")
        expect(page.locator(".matrix td button").first).to_contain_text("%")
        page.get_by_label("类别").select_option("demand")
        expect(page.locator(".state.empty")).to_contain_text("没有识别出政策工具")
        watch.check(page)


class TestCooperation:
    def test_from_an_agency_to_shared_measures(
        self, page: Page, address: str, watch: Watch
    ) -> None:
        go(page, address, "cooperation")
        expect(page.locator(".cooperation-drawing canvas")).to_be_visible()
        page.locator(".bar", has_text=EDUCATION).click()
        settle(page, "辽宁省教育厅的合作者")
        page.locator(".bar", has_text="辽宁省知识产权局").click()
        expect(page.locator("#view [data-eid]")).to_have_count(1)
        expect(page.locator("#view [data-eid]")).to_contain_text("辽宁省知识产权局 牵头")
        page.locator("#view [data-eid]").click()
        expect(page.locator(MARK)).to_have_text("省教育厅")
        watch.check(page)

    def test_a_cut_is_told(self, page: Page, address: str) -> None:
        def cut(route: Route) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, json={**answer.json(), "truncated": True})

        page.route("**/api/v1/views/cooperation**", cut)
        go(page, address, "cooperation")
        expect(page.locator(".cut")).to_have_text("只画出共同措施最多的 6 对机关。")

    def test_where_nobody_cooperates(self, page: Page, address: str, watch: Watch) -> None:
        go(page, address, "cooperation", least="10")
        expect(page.locator(".state.empty")).to_contain_text("没有共同参与措施的机关")
        page.get_by_label("至少共同").select_option("1")
        expect(page.locator(".cooperation-drawing canvas")).to_be_visible()
        watch.check(page)
