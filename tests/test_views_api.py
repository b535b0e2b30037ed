"""What the page's views ask the server for."""

from collections.abc import Callable, Iterator
from typing import Any

import graph_fixture as sample
import pytest
import web_fixture as web
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.app import create_app
from kg.datafiles import read_table
from kg.divisions import load_divisions
from kg.store import Store
from viz.alignment import LONGEST, align
from viz.circles import keep_within, place_members

API = "/api/v1/views"


@pytest.fixture(scope="module")
def client(make_store: Callable[[], Store]) -> Iterator[TestClient]:
    with web.evil_store(make_store) as store, TestClient(create_app(store)) as client:
        client.headers["host"] = "127.0.0.1"
        yield client


def get(client: TestClient, path: str, **parameters: Any) -> dict[str, Any]:
    response = client.get(f"{API}/{path}", params=parameters)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def notice_id(client: TestClient, title: str) -> str:
    hits = client.get("/api/v1/search", params={"q": title, "label": "Notice"}).json()["hits"]
    return next(str(hit["id"]) for hit in hits if hit["name"] == title)


class TestTiles:
    def test_every_province_has_a_place_of_its_own(self, client: TestClient) -> None:
        tiles = get(client, "tiles")["tiles"]
        provinces = {d.code for d in load_divisions().all() if d.level == "province"}
        assert {tile["code"] for tile in tiles} == provinces - {"660000"}
        assert len({(tile["column"], tile["row"]) for tile in tiles}) == len(tiles) == 34
        assert all(0 <= tile["column"] < 8 and 0 <= tile["row"] < 8 for tile in tiles)
        assert {"内蒙古", "黑龙江"} <= {tile["short"] for tile in tiles}

    def test_neighbours_stand_as_they_lie(self) -> None:
        at = {code: (int(x), int(y)) for code, x, y in read_table("province_tiles.tsv")}
        west, north = 0, 1
        assert at["650000"][west] < at["620000"][west] < at["210000"][west]
        assert at["230000"][north] < at["220000"][north] < at["210000"][north]
        assert at["440000"][north] < at["460000"][north]


class TestLineage:
    def test_from_the_middle_both_ways(self, client: TestClient) -> None:
        root = notice_id(client, sample.LIAONING_TITLE)
        found = get(client, "lineage", notice=root)
        steps = {n["title"]: (n["steps"], n["level"], n["level_basis"]) for n in found["notices"]}
        assert steps == {
            sample.LIAONING_TITLE: (0, "province", "jurisdiction"),
            sample.PANJIN_TITLE: (1, "prefecture", "jurisdiction"),
            sample.OUTLINE_TITLE: (-1, None, None),
            "辽宁省知识产权保护条例": (-1, "province", "title"),
        }
        assert not found["truncated"]
        below = [d for d in found["derivations"] if d["earlier"] == root]
        assert [d["relation"] for d in below] == ["implements"]
        said = below[0]["evidence"]
        assert sample.PANJIN[said["start"] : said["end"]] == said["quote"]

    def test_a_limit_is_told(self, client: TestClient) -> None:
        root = notice_id(client, sample.LIAONING_TITLE)
        found = get(client, "lineage", notice=root, limit=1)
        assert found["truncated"]
        assert len(found["derivations"]) == 2  # one above and one below

    def test_what_is_no_notice(self, client: TestClient) -> None:
        for unknown in ("x", _measure(client)):
            response = client.get(f"{API}/lineage", params={"notice": unknown})
            assert response.status_code == 404
            assert response.headers["content-type"] == "application/problem+json"


def _measure(client: TestClient) -> str:
    rows = client.get("/api/v1/queries/reused_measures").json()["rows"]
    return str(rows[0]["measure_id"])


class TestReuse:
    def test_side_by_side(self, client: TestClient) -> None:
        row = client.get("/api/v1/queries/reused_measures").json()["rows"][0]
        found = get(client, f"reuse/{row['eid']}", measure=row["measure_id"])
        assert (found["earlier"]["title"], found["later"]["title"]) == (
            "加强地理标志保护",
            "加强盘锦大米保护",
        )
        assert found["share"] == pytest.approx(0.42)
        pieces = found["pieces"]
        later = "".join(piece["later"] for piece in pieces)
        start, end = found["later"]["start"], found["later"]["end"]
        assert sample.PANJIN[start:end].startswith(later[:20])
        assert any(p["kind"] == "same" and "支持盘锦大米" in p["earlier"] for p in pieces)
        # the same from the other end
        assert get(client, f"reuse/{row['eid']}", measure=row["origin_id"]) == found

    def test_another_relation_is_none(self, client: TestClient) -> None:
        measure = _measure(client)
        relations = client.get(f"/api/v1/entities/{measure}").json()["relations"]
        eid = next(r["eid"] for r in relations if r["type"] == "PART_OF")
        for key in (eid, "x"):
            response = client.get(f"{API}/reuse/{key}", params={"measure": measure})
            assert response.status_code == 404


class TestCooperation:
    def test_pairs_and_where_they_stand(self, client: TestClient) -> None:
        found = get(client, "cooperation")
        agencies = {agency["id"]: agency for agency in found["agencies"]}
        assert len(found["pairs"]) == 6
        assert all({p["first"], p["second"]} <= agencies.keys() for p in found["pairs"])
        office = next(a for a in agencies.values() if a["name"] == "辽宁省教育厅")
        assert (office["level"], office["partners"], office["strength"]) == (None, 3, 3)
        assert found == get(client, "cooperation")  # drawn alike every time

    def test_restrictions_and_limits(self, client: TestClient) -> None:
        assert len(get(client, "cooperation", jurisdiction="吉林省")["pairs"]) == 1
        assert get(client, "cooperation", least=2)["agencies"] == []
        cut = get(client, "cooperation", limit=2)
        assert (len(cut["pairs"]), cut["truncated"]) == (2, True)
        whole = {agency["id"]: agency for agency in get(client, "cooperation")["agencies"]}
        for agency in cut["agencies"]:  # told of all pairs, drawn or not
            assert agency["strength"] == whole[agency["id"]]["strength"]
            assert agency["partners"] == whole[agency["id"]]["partners"]
        unknown = get(client, "cooperation", jurisdiction="没有的地方")
        assert unknown["notes"]

    @pytest.mark.parametrize(
        "parameters", [{"limit": 601}, {"least": 0}, {"issued_from": "soon"}, {"jurisdiction": ""}]
    )
    def test_what_is_refused(self, client: TestClient, parameters: dict[str, Any]) -> None:
        response = client.get(f"{API}/cooperation", params=parameters)
        assert response.status_code == 422
        assert response.headers["content-type"] == "application/problem+json"


class TestCircles:
    def test_two_groups_that_hardly_meet_are_two_circles(self) -> None:
        pairs = [(a, b, 9) for group in ("abcd", "efgh") for a in group for b in group if a < b]
        found = place_members((*pairs, ("a", "e", 1)))
        assert len({found[name].circle for name in "abcd"}) == 1
        assert found["a"].circle != found["e"].circle
        assert len({(member.x, member.y) for member in found.values()}) == 8

    def test_order_does_not_matter(self) -> None:
        pairs = (("a", "b", 2), ("b", "c", 1), ("d", "e", 5))
        assert place_members(pairs) == place_members(pairs[::-1])
        assert place_members(()) == {}

    def test_a_drawing_holds_only_so_many(self) -> None:
        pairs = tuple((str(i), str(i + 1), 1) for i in range(10))
        assert keep_within(pairs, 4) == pairs[:3]
        assert keep_within(pairs, 400) == pairs


WORDS = st.text(alphabet="建设知识产权强国省的", max_size=40)


class TestAlignment:
    @given(WORDS, WORDS)
    def test_the_pieces_make_up_both_texts(self, earlier: str, later: str) -> None:
        pieces = align(earlier, later)
        assert "".join(piece.earlier for piece in pieces) == earlier
        assert "".join(piece.later for piece in pieces) == later
        for piece in pieces:
            assert (piece.kind == "same") == (piece.earlier == piece.later)
            assert (piece.kind == "added") == (not piece.earlier)

    def test_what_was_changed(self) -> None:
        pieces = align("力争2021年底前建成平台。", "力争2023年底前全面建成平台。")
        assert [(p.kind, p.earlier, p.later) for p in pieces] == [
            ("same", "力争202", "力争202"),
            ("changed", "1", "3"),
            ("same", "年底前", "年底前"),
            ("added", "", "全面"),
            ("same", "建成平台。", "建成平台。"),
        ]

    def test_chance_is_no_wording(self) -> None:
        pieces = align("开展甲乙丙丁知识产权戊己庚辛工作", "开展子丑寅卯知识产权辰巳午未工作")
        assert [p.kind for p in pieces] == ["same", "changed", "same"]
        pieces = align("甲知识产权乙", "子知识产权丑")
        assert [p.kind for p in pieces] == ["changed", "same", "changed"]

    def test_long_texts_are_cut(self) -> None:
        pieces = align("甲" * (LONGEST + 5), "甲" * (LONGEST + 9))
        assert sum(len(p.later) for p in pieces) == LONGEST
