"""The Python client against a running server: every page, errors, frames, both kinds."""

import asyncio
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import web_fixture as web

from api.client import AmbiguousName, ApiError, AsyncPolicyGraph, NothingFound, PolicyGraph
from api.client.answers import Conditions, ThingConditions
from api.client.rows import FramesMissing, flat_row
from api.http.filters import MeasureList, NoticeList, ThingList
from api.http.measures import MeasureModel
from api.http.notices import NoticeSummary
from api.http.things import RESOURCES
from kg.store import Store

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def address(make_store: Callable[[], Store]) -> Iterator[str]:
    with web.evil_store(make_store) as store, web.serving(store) as base:
        yield base


@pytest.fixture(scope="module")
def graph(address: str) -> Iterator[PolicyGraph]:
    with PolicyGraph(address) as made:
        yield made


class TestRows:
    def test_every_page_is_read(self, graph: PolicyGraph) -> None:
        whole = graph.measures().all()
        assert len(whole) == graph.measures().total() == 7
        assert graph.measures(page_size=2).all() == whole
        assert [row["title"] for row in graph.measures(page_size=3)] == [r["title"] for r in whole]

    def test_conditions_compose(self, graph: PolicyGraph) -> None:
        both = graph.measures(place=["盘锦市", "大连市"], role="LEADS", involves="省知识产权局")
        assert [row["title"] for row in both] == ["加强地理标志保护"]
        assert graph.measures(class_="environment").total() == 1
        assert graph.measures(ongoing=True).all()[0]["title"] == "培养知识产权人才"

    def test_only_the_fields_asked_for(self, graph: PolicyGraph) -> None:
        assert [list(row) for row in graph.measures(q="宣传", fields=["title", "id"])] == [
            ["title", "id"]
        ]

    def test_other_lists(self, graph: PolicyGraph) -> None:
        assert [n["kind"] for n in graph.notices(status="loaded", issuer="吉林省知识产权局")] == [
            "计划"
        ]
        agencies = graph.things("agencies", product="盘锦大米", role="SUPPORTS", page_size=1)
        assert [row["name"] for row in agencies] == ["辽宁省农业农村厅", "辽宁省教育厅"]

    def test_an_unknown_list_is_told_with_those_there_are(self, graph: PolicyGraph) -> None:
        with pytest.raises(ValueError, match="'bogus' is no list of things; there are agencies"):
            graph.things("bogus")

    def test_a_query_of_the_catalogue(self, graph: PolicyGraph) -> None:
        rows = graph.query("measures_by_actor", actor="省教育厅").all()
        assert {row["actor"] for row in rows} == {"辽宁省教育厅", "吉林省教育厅"}

    def test_a_question(self, graph: PolicyGraph) -> None:
        answer = graph.ask("哪些措施涉及省教育厅")
        assert answer["understood"]
        assert answer["rows"]

    def test_facets(self, graph: PolicyGraph) -> None:
        facets = graph.facets("class", "leader", jurisdiction="吉林省")
        assert facets == {"class": {"environment": 1, "supply": 1}, "leader": {"吉林省教育厅": 1}}


class TestOne:
    def test_by_name(self, graph: PolicyGraph) -> None:
        assert graph.thing("places", "大连")["name"] == "大连市"
        assert graph.measure("建好信息平台")["text"].startswith("建好信息平台")
        assert graph.notice("吉知发〔2023〕5号")["text"]["total"] > 100

    def test_an_ambiguous_name_has_candidates_to_go_on_with(self, graph: PolicyGraph) -> None:
        with pytest.raises(AmbiguousName) as caught:
            graph.thing("agencies", "省教育厅")
        assert (caught.value.status, caught.value.code) == (300, "ambiguous")
        for candidate in caught.value.candidates:
            assert graph.thing("agencies", candidate["id"])["name"] == candidate["name"]

    def test_nothing_found(self, graph: PolicyGraph) -> None:
        with pytest.raises(NothingFound, match="海盗") as caught:
            graph.thing("agencies", "省海盗厅/../x?y#z")
        assert caught.value.status == 404

    def test_a_refusal_says_what_would_have_been_right(self, graph: PolicyGraph) -> None:
        with pytest.raises(ApiError, match="did you mean involves") as caught:
            graph.get("measures", {"involve": "省教育厅"})
        assert (caught.value.status, caught.value.code) == (422, "bad-parameter")
        with pytest.raises(ApiError) as caught:
            graph.measures(due_to="soon").all()
        assert caught.value.errors[0]["where"] == "due_to"


class TestFrames:
    @pytest.mark.parametrize("library", ["pandas", "polars"])
    def test_rows_become_a_frame(self, graph: PolicyGraph, library: Any) -> None:
        frame = graph.measures(page_size=2).frame(library)
        assert frame.shape[0] == 7
        assert {"title", "leaders", "evidence_quote", "facts"} <= set(frame.columns)
        assert list(frame["title"]) == [row["title"] for row in graph.measures()]
        assert graph.things("agencies", fields=["name", "measures"]).frame(library).shape[1] == 2

    def test_objects_are_spread_over_columns(self) -> None:
        row = {"id": "1", "evidence": {"start": 2, "quote": "文"}, "facts": [{"id": 3}], "x": None}
        assert flat_row(row) == {
            "id": "1", "evidence_start": 2, "evidence_quote": "文", "facts": [{"id": 3}], "x": None,
        }  # fmt: skip

    def test_a_missing_library_is_told(
        self, graph: PolicyGraph, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "polars", None)
        with pytest.raises(FramesMissing, match=r"policykg\[frames\]"):
            graph.measures().frame("polars")


def test_the_one_for_asyncio_says_the_same(address: str, graph: PolicyGraph) -> None:
    async def ask() -> None:
        async with AsyncPolicyGraph(address) as other:
            measures, agencies = await asyncio.gather(
                other.measures(page_size=2).all(),
                other.things("agencies", role="LEADS").all(),
            )
            assert measures == graph.measures().all()
            assert agencies == graph.things("agencies", role="LEADS").all()
            assert await other.measures().total() == 7
            assert (await other.notices().frame("polars")).shape[0] == graph.notices().total()
            assert await other.facets("class") == graph.facets("class")
            assert await other.thing("places", "大连") == graph.thing("places", "大连")
            assert await other.measure("建好信息平台") == graph.measure("建好信息平台")
            assert await other.notice("吉知发〔2023〕5号") == graph.notice("吉知发〔2023〕5号")
            assert await other.ask("谁和省教育厅合作") == graph.ask("谁和省教育厅合作")
            query = other.query("measures_by_actor", actor="省教育厅")
            assert await query.all() == graph.query("measures_by_actor", actor="省教育厅").all()
            with pytest.raises(AmbiguousName):
                await other.thing("agencies", "省教育厅")

    asyncio.run(ask())


class TestTroubles:
    def answering(self, *responses: httpx.Response) -> tuple[PolicyGraph, list[httpx.Request]]:
        """Return a client whose server gives these answers, and what it was asked."""
        left, asked = list(responses), []

        def answer(request: httpx.Request) -> httpx.Response:
            asked.append(request)
            return left.pop(0)

        client = httpx.Client(transport=httpx.MockTransport(answer))
        return PolicyGraph("http://graph.example/", key="secret", client=client), asked

    def test_it_comes_again_when_told_so(self) -> None:
        graph, asked = self.answering(
            httpx.Response(429, headers={"Retry-After": "0"}),
            httpx.Response(503, headers={"Retry-After": "0"}),
            httpx.Response(200, json={"measures": [], "next_cursor": None, "total": 0}),
        )
        assert graph.measures().all() == []
        assert len(asked) == 3

    def test_it_does_not_wait_for_ever(self) -> None:
        graph, asked = self.answering(httpx.Response(429, headers={"Retry-After": "3600"}))
        with pytest.raises(ApiError) as caught:
            graph.measures().all()
        assert (caught.value.status, len(asked)) == (429, 1)

    def test_the_key_goes_with_every_request(self) -> None:
        graph, asked = self.answering(httpx.Response(200, json={"total": 3}))
        assert graph.measures().total() == 3
        assert asked[0].headers["x-api-key"] == "secret"
        assert "secret" not in str(asked[0].url)

    def test_a_page_of_a_proxy_is_an_error_too(self) -> None:
        graph, _ = self.answering(httpx.Response(502, text="<html>Bad gateway</html>"))
        with pytest.raises(ApiError, match="HTTP 502"):
            graph.measures().all()


class TestTypes:
    def test_conditions_are_those_of_the_server(self) -> None:
        def known(*models: Any) -> set[str]:
            fields = [field for model in models for field in model.model_fields.items()]
            return {field.alias or name for name, field in fields}

        renamed = {"class_": "class", "page_size": "limit"}
        ours = {renamed.get(name, name) for name in Conditions.__annotations__}
        theirs = known(MeasureList) - {"cursor", "format", "bom", "facets"}
        assert ours == theirs
        assert ours <= known(ThingList) | known(NoticeList) | {"q", "sort"}
        own = {name for resource in RESOURCES for name in resource.own}
        assert set(ThingConditions.__annotations__) - set(Conditions.__annotations__) == own

    def test_rows_have_the_fields_of_the_server(self) -> None:
        from api.client import Measure, Notice

        single = {"text", "relations"}
        assert set(Measure.__annotations__) == {*MeasureModel.model_fields, *single}
        assert set(Notice.__annotations__) == {*NoticeSummary.model_fields, *single}


def test_the_example_of_the_readme_runs(address: str, tmp_path: Path) -> None:
    [code] = re.findall(r"```python\n(from api\.client.*?)```", README, re.DOTALL)
    told: list[object] = []
    exec(
        code.replace("http://127.0.0.1:8000", address), {"print": lambda *words: told.append(words)}
    )
    assert told
