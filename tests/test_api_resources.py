"""The lists and single things of the API: conditions, names, order, pages, facets, refusals."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import graph_fixture as sample
import httpx
import pytest
import web_fixture as web
from builders import NoticeBuilder

from api.http.things import RESOURCES
from api.settings import Settings
from kg.ontology import load_ontology
from kg.store import Store

API = "/api/v1"
LISTS = ("measures", "notices", *(resource.name for resource in RESOURCES))


@contextmanager
def reading(store: Store) -> Iterator[httpx.Client]:
    """Serve a store, and give a client of it."""
    # A server that has just started plans each statement first, which takes a while on a busy machine.
    patient = Settings(request_seconds=120)
    with web.serving(store, patient) as base, httpx.Client(base_url=base, timeout=150) as client:
        yield client


@pytest.fixture(scope="module")
def client(make_store: Callable[[], Store]) -> Iterator[httpx.Client]:
    with web.evil_store(make_store) as store, reading(store) as made:
        yield made


def ask(client: httpx.Client, path: str, /, **parameters: object) -> Any:
    answer = client.get(f"{API}/{path}", params=parameters)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    return answer.json()


def names(client: httpx.Client, resource: str, /, **parameters: object) -> list[str]:
    shown = "title" if resource in ("measures", "notices") else "name"
    return [row[shown] for row in ask(client, resource, **parameters)[resource]]


def refusal(client: httpx.Client, path: str, status: int, /, **parameters: object) -> Any:
    answer = client.get(f"{API}/{path}", params=parameters)  # type: ignore[arg-type]
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.json()


class TestConditions:
    @pytest.mark.parametrize(
        ("conditions", "titles"),
        [
            ({"involves": ["盘锦市", "大连市"]}, ["加强地理标志保护"]),
            ({"involves": "吉林省教育厅", "role": "LEADS"}, ["设立知识产权学院"]),
            ({"involves": "吉林省教育厅", "role": "SUPPORTS"}, []),
            ({"role": "RESPONSIBLE_FOR", "jurisdiction": "吉林省"}, ["开展宣传周活动"]),
            ({"place": "大连"}, ["加强地理标志保护"]),
            ({"product": "盘锦大米"}, ["加强盘锦大米保护", "加强地理标志保护"]),
            ({"product": "盘锦大米", "jurisdiction": "盘锦"}, ["加强盘锦大米保护"]),
            ({"program": "兴辽英才计划"}, ["培养知识产权人才"]),
            ({"institution": "大工"}, ["培养知识产权人才"]),
            ({"platform": "辽宁省知识产权信息平台"}, ["建好信息平台"]),
            ({"about": "盘锦大米", "not_involves": "辽宁省知识产权局"}, ["加强盘锦大米保护"]),
            ({"instrument": "funding", "issuer": "吉林省知识产权局"}, ["设立知识产权学院"]),
            ({"class": "environment"}, ["开展宣传周活动"]),
            ({"class": "supply", "instrument": "talent"}, ["培养知识产权人才"]),
            (
                {"jurisdiction": "辽宁", "lacks": "leader", "has": "instrument"},
                ["培养知识产权人才"],
            ),
            ({"due_from": "2025-01", "due_to": "2025-06"}, ["设立知识产权学院"]),
            ({"ongoing": True}, ["培养知识产权人才"]),
            ({"issued_from": "2023", "issued_to": "2023-05", "q": "经费"}, ["设立知识产权学院"]),
            ({"q": "宣传周"}, ["开展宣传周活动"]),
            ({"notice": "吉知发〔2023〕5号", "q": "经费"}, ["设立知识产权学院"]),
            ({"involves": "没有的东西"}, []),
        ],
    )
    def test_measures(
        self, client: httpx.Client, conditions: dict[str, object], titles: list[str]
    ) -> None:
        answer = ask(client, "measures", **conditions)
        assert [row["title"] for row in answer["measures"]] == titles
        assert answer["total"] == len(titles)

    @pytest.mark.parametrize(
        ("resource", "conditions", "expected"),
        [
            (
                "agencies",
                {"product": "盘锦大米", "role": "SUPPORTS"},
                ["辽宁省农业农村厅", "辽宁省教育厅"],
            ),
            ("agencies", {"role": "LEADS", "jurisdiction": "吉林省"}, ["吉林省教育厅"]),
            ("agencies", {"q": "教育", "kind": "unit"}, ["吉林省教育厅高等教育处"]),
            ("places", {"involves": "辽宁省农业农村厅"}, ["大连市", "盘锦市"]),
            ("places", {"code": "210000"}, ["辽宁省"]),
            ("products", {"kind": "geographical_indication", "q": "大米"}, ["盘锦大米"]),
            ("programs", {"class": "supply"}, ["兴辽英才计划"]),
            ("institutions", {"q": "大工"}, ["大连理工大学"]),
            (
                "platforms",
                {"role": "LEADS", "involves": "辽宁省各市人民政府"},
                ["辽宁省知识产权信息平台"],
            ),
            ("instruments", {"class": "supply"}, ["人才培养与引进", "财政资金与资助"]),
            ("instruments", {"jurisdiction": "吉林"}, ["宣传与文化建设", "财政资金与资助"]),
            ("targets", {"program": "兴辽英才计划"}, ["人员"]),
            ("targets", {"jurisdiction": "吉林"}, []),
            ("notices", {"product": "盘锦大米"}, [sample.PANJIN_TITLE, sample.LIAONING_TITLE]),
            ("notices", {"issuer": "吉林省知识产权局", "kind": "计划"}, [sample.JILIN_TITLE]),
            ("notices", {"jurisdiction": "辽宁", "ongoing": True}, [sample.LIAONING_TITLE]),
            ("notices", {"q": "吉知发"}, [sample.JILIN_TITLE]),
        ],
    )
    def test_other_lists(
        self,
        client: httpx.Client,
        resource: str,
        conditions: dict[str, object],
        expected: list[str],
    ) -> None:
        assert names(client, resource, **conditions) == expected

    def test_counts_are_of_the_measures_chosen(self, client: httpx.Client) -> None:
        def count(**conditions: object) -> int:
            [row] = ask(client, "agencies", q="辽宁省教育厅", **conditions)["agencies"]
            return int(row["measures"])

        assert count() == 3
        assert count(product="盘锦大米") == 2
        assert count(product="盘锦大米", jurisdiction="盘锦") == 1
        [notice] = ask(client, "notices", program="兴辽英才计划")["notices"]
        assert notice["measures"] == 1

    def test_what_no_measure_names_is_listed_and_counted_so(self, client: httpx.Client) -> None:
        [row] = ask(client, "places", q="辽宁省")["places"]
        assert (row["measures"], row["measure_id"], row["facts"]) == (0, None, [])


class TestEvidence:
    @pytest.mark.parametrize("resource", LISTS)
    def test_every_quote_stands_in_its_notice(self, client: httpx.Client, resource: str) -> None:
        rows = ask(client, resource)[resource]
        facts = [fact for row in rows for fact in row.get("facts", row.get("issued_by"))]
        found = [fact["evidence"] for fact in facts]
        found += [row["evidence"] for row in rows if row.get("evidence")]
        assert found
        for evidence in found:
            notice = ask(client, f"notices/{evidence['notice_id']}")
            assert notice["title"] == evidence["notice_title"]
            text = notice["text"]["content"]
            assert text[evidence["start"] : evidence["end"]] == evidence["quote"]

    def test_a_measure_names_who_and_what(self, client: httpx.Client) -> None:
        [row] = ask(client, "measures", q="资助盘锦市")["measures"]
        assert row["leaders"] == ["辽宁省知识产权局"]
        assert row["responsible"] == []
        assert sorted(row["supporters"]) == ["辽宁省农业农村厅", "辽宁省教育厅"]
        assert row["about"] == ["盘锦大米", "盘锦市", "大连市"]
        assert row["instruments"] == ["财政资金与资助"]
        assert row["evidence"]["quote"] == row["title"]


class TestNames:
    def test_a_relative_name_counts_for_all_and_says_how_to_choose(
        self, client: httpx.Client
    ) -> None:
        answer = ask(client, "measures", involves="省知识产权局")
        [name] = answer["names"]
        assert (name["parameter"], name["given"]) == ("involves", "省知识产权局")
        assert {c["name"] for c in name["candidates"]} == {"辽宁省知识产权局", "吉林省知识产权局"}
        assert {c["how"] for c in name["candidates"]} == {"relative"}
        for asked in ({"involves": "省知识产权局", "role": "LEADS"}, {"class": "supply"}):
            told = ask(client, "measures", **asked)["names"]
            assert [name["parameter"] for name in told] == [next(iter(asked))]
        assert "id" in name["advice"]
        [one] = [c for c in name["candidates"] if c["name"] == "吉林省知识产权局"]
        assert names(client, "measures", involves=one["id"]) == ["设立知识产权学院"]

    def test_an_unknown_name_is_told_with_its_like(self, client: httpx.Client) -> None:
        answer = ask(client, "measures", product="盘锦大米酒")
        assert answer["measures"] == []
        assert answer["names"][0]["candidates"] == []
        assert "盘锦大米" in answer["names"][0]["did_you_mean"]

    @pytest.mark.parametrize(
        ("resource", "name", "expected"),
        [
            ("agencies", "辽宁省科技厅", "辽宁省科学技术厅"),  # an alias
            ("agencies", "市市场监管局", "盘锦市市场监督管理局"),  # relative, and there is one
            ("places", "大连", "大连市"),
            ("products", "盘锦大米", "盘锦大米"),
            ("institutions", "大工", "大连理工大学"),
            ("programs", "兴辽英才计划", "兴辽英才计划"),
            ("platforms", "辽宁省知识产权信息平台", "辽宁省知识产权信息平台"),
            ("instruments", "funding", "财政资金与资助"),
            ("measures", "建好信息平台", "建好信息平台"),
            ("notices", "辽知发[2022]8号", sample.LIAONING_TITLE),
        ],
    )
    def test_one_thing_by_its_name_or_id(
        self, client: httpx.Client, resource: str, name: str, expected: str
    ) -> None:
        found = ask(client, f"{resource}/{name}")
        assert found.get("name", found.get("title")) == expected
        assert found["relations"]
        assert ask(client, f"{resource}/{found['id']}") == found

    def test_a_target_by_its_id(self, client: httpx.Client) -> None:
        [row] = ask(client, "targets")["targets"]
        found = ask(client, f"targets/{row['id']}")
        assert (found["metric"], found["value"], found["comparator"]) == ("人员", 500, "=")

    def test_an_ambiguous_name_answers_with_the_candidates(self, client: httpx.Client) -> None:
        told = refusal(client, "agencies/省教育厅", 300)
        assert {c["name"] for c in told["candidates"]} == {"辽宁省教育厅", "吉林省教育厅"}
        assert "candidates" in told["detail"]
        for candidate in told["candidates"]:
            assert client.get(candidate["url"]).json()["name"] == candidate["name"]

    def test_a_part_of_a_name_is_no_name(self, client: httpx.Client) -> None:
        told = refusal(client, "products/大米", 404)
        assert [c["name"] for c in told["candidates"]] == ["盘锦大米"]

    def test_a_name_of_another_kind_is_not_found_here(self, client: httpx.Client) -> None:
        refusal(client, "agencies/盘锦大米", 404)

    def test_the_fields_are_those_of_the_ontology(self, client: httpx.Client) -> None:
        for resource in RESOURCES:
            [row, *_] = ask(client, resource.name)[resource.name]
            assert load_ontology().labels[resource.label].properties.keys() <= row.keys()


class TestOrderAndPages:
    @pytest.mark.parametrize("sort", ["-issued_on", "issued_on"])
    def test_measures_by_date_those_of_a_notice_in_its_order(
        self, client: httpx.Client, sort: str
    ) -> None:
        by_notice = [
            ["加强地理标志保护", "培养知识产权人才", "建好信息平台"],
            ["设立知识产权学院", "开展宣传周活动"],
            ["加强盘锦大米保护"],
        ]
        if sort.startswith("-"):
            by_notice.reverse()
        expected = [title for titles in by_notice for title in titles]
        assert names(client, "measures", sort=sort, issued_to="2024-02") == expected

    @pytest.mark.parametrize("sign", ["", "-"])
    def test_measures_without_a_deadline_come_last(self, client: httpx.Client, sign: str) -> None:
        days = [row["due_on"] for row in ask(client, "measures", sort=f"{sign}due_on")["measures"]]
        dated = ["2024-12-31", "2025-06-30", "2025"]  # 2025 is due by its last day
        assert days[:3] == (dated[::-1] if sign else dated)
        assert not any(days[3:])

    @pytest.mark.parametrize("resource", LISTS)
    @pytest.mark.parametrize("format", ["json", "jsonl"])
    def test_pages_join_to_the_whole(
        self, client: httpx.Client, resource: str, format: str
    ) -> None:
        whole = ask(client, resource)
        url: str | None = f"{API}/{resource}?limit=2&format={format}"
        rows: list[Any] = []
        for _ in range(30):
            answer = client.get(str(url))
            assert answer.headers["x-total-count"] == str(whole["total"])
            if format == "json":
                rows += answer.json()[resource]
            else:
                rows += [json.loads(line) for line in answer.text.splitlines()]
            url = answer.links.get("next", {}).get("url")
            if url is None:
                break
        assert rows == whole[resource]
        assert len(rows) == whole["total"]

    @pytest.mark.parametrize("sort", ["name", "-name", "-measures"])
    def test_things_in_every_order(self, client: httpx.Client, sort: str) -> None:
        rows = ask(client, "agencies", sort=sort)["agencies"]
        values = [row[sort.removeprefix("-")] for row in rows]
        assert values == sorted(values, reverse=sort.startswith("-"))
        page = ask(client, "agencies", sort=sort, limit=3)
        paged = page["agencies"]
        while page["next_cursor"]:
            page = ask(client, "agencies", sort=sort, limit=3, cursor=page["next_cursor"])
            paged += page["agencies"]
        assert paged == rows

    @pytest.mark.parametrize("cursor", ["", "x", "WzEs", "e30", "W1tdLCIiXQ", "W251bGwsIngiXQ"])
    @pytest.mark.parametrize("resource", ["measures", "agencies", "notices"])
    def test_what_is_no_cursor_is_refused(
        self, client: httpx.Client, resource: str, cursor: str
    ) -> None:
        assert "cursor" in refusal(client, resource, 422, cursor=cursor)["detail"]

    def test_a_cursor_of_another_question_is_refused(self, client: httpx.Client) -> None:
        cursor = ask(client, "measures", limit=1)["next_cursor"]
        for resource, more in (("measures", {"ongoing": True}), ("agencies", {})):
            told = refusal(client, resource, 422, cursor=cursor, **more)
            assert "另一个查询" in told["detail"]

    def test_a_cursor_stays_right_while_others_write(self) -> None:
        """Rows that come or go on pages already read shift nothing."""
        with sample.sample_store() as store, reading(store) as client:
            whole = names(client, "measures")
            first = ask(client, "measures", limit=3)
            newer = NoticeBuilder("最新的通知", issued_on="2030-01-01")
            newer.measure("一", "最新的措施")
            store.load(newer.build())
            store.remove(first["measures"][0]["notice_id"])
            rest = ask(client, "measures", limit=100, cursor=first["next_cursor"])
        assert [row["title"] for row in (*first["measures"], *rest["measures"])] == whole


class TestFacets:
    def test_they_count_what_meets_the_conditions(self, client: httpx.Client) -> None:
        asked = "class,category,leader,actor,product,instrument,jurisdiction,issued_year,due_year"
        answer = ask(client, "measures", jurisdiction="辽宁", limit=1, facets=asked)
        facets = answer["facets"]
        assert list(facets) == asked.split(",")
        assert answer["total"] == 4

        def counts(name: str) -> dict[str, int]:
            return {value["name"]: value["measures"] for value in facets[name]}

        assert counts("class") == {"supply": 2}
        assert counts("leader") == {"辽宁省知识产权局": 1, "辽宁省各市人民政府": 1}
        assert counts("actor")["辽宁省教育厅"] == 3
        assert counts("product") == {"盘锦大米": 2}
        assert counts("jurisdiction") == {"辽宁省": 3, "盘锦市": 1}
        assert counts("issued_year") == {"2022": 3, "2024": 1}
        assert counts("due_year") == {"2024": 1, "2025": 1}

    def test_a_value_chooses_as_many_as_it_counts(self, client: httpx.Client) -> None:
        facets = ask(client, "measures", facets="leader,instrument,place")["facets"]
        assert all(facets.values())
        for value in facets["leader"]:
            found = ask(client, "measures", involves=value["value"], role="LEADS")
            assert found["total"] == value["measures"]
        for name in ("instrument", "place"):
            for value in facets[name]:
                found = ask(client, "measures", **{name: value["value"]})
                assert found["total"] == value["measures"]

    def test_an_unknown_facet_is_told(self, client: httpx.Client) -> None:
        assert "leader" in refusal(client, "measures", 422, facets="leaders")["detail"]


class TestRefusals:
    @pytest.mark.parametrize("resource", LISTS)
    def test_an_unknown_parameter_is_told_with_its_like(
        self, client: httpx.Client, resource: str
    ) -> None:
        told = refusal(client, resource, 422, involve="省教育厅")
        assert "did you mean involves" in told["detail"]

    def test_a_date_is_told_in_words(self, client: httpx.Client) -> None:
        detail = refusal(client, "measures", 422, issued_from="2024-13")["detail"]
        assert detail.endswith("YYYY, YYYY-MM or YYYY-MM-DD")
        assert "^" not in detail

    def test_an_unknown_path_is_told_with_its_like(self, client: httpx.Client) -> None:
        told = refusal(client, "measure", 404)
        assert f"{API}/measures" in told["detail"]
        assert "/docs" in told["detail"]
        assert told["title"] == "未找到 not found"

    def test_an_unknown_field_is_told_with_its_like(self, client: httpx.Client) -> None:
        assert "did you mean title" in refusal(client, "measures", 422, fields="titel")["detail"]

    @pytest.mark.parametrize(
        "query",
        [
            "limit=0",
            "limit=1001",
            "limit=1&limit=2",
            "role=COOKS",
            "class=other",
            "issued_from=2024-13",
            "issued_from=24",
            "due_to=soon",
            "ongoing=maybe",
            "format=xml",
            "sort=colour",
            "place=",
            "place=" + "x" * 201,
            "&".join(["place=x"] * 11),
            "ongoing=true&due_to=2025",
        ],
    )
    def test_bad_values_are_told(self, client: httpx.Client, query: str) -> None:
        answer = client.get(f"{API}/measures?{query}")
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]
