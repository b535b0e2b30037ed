"""The HTTP API over the wire: shapes, pages, evidence, bad input, what it refuses."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import graph_fixture as sample
import httpx
import pytest
import web_fixture as web

from api.errors import PROBLEMS, problem_of
from api.settings import Settings
from kg.errors import (
    FragmentError,
    KgError,
    OntologyError,
    QueryError,
    SourceError,
    StoreError,
    StoreRejected,
    StoreUnavailable,
)
from kg.store import Store
from queries.catalogue import load_catalogue
from queries.suggestions import ORDER

CYPHER = "/api/v1/cypher"  # the one thing that is sent


@pytest.fixture(scope="module")
def store(make_store: Callable[[], Store]) -> Iterator[Store]:
    with web.evil_store(make_store) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(store: Store) -> Iterator[httpx.Client]:
    with web.serving(store) as base, httpx.Client(base_url=base, timeout=30) as made:
        yield made


def get(client: httpx.Client, path: str, /, **parameters: object) -> Any:
    answer = client.get(path, params={k: str(v) for k, v in parameters.items()})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def problem(client: httpx.Client, path: str, status: int, /, **parameters: object) -> Any:
    answer = client.get(path, params={k: str(v) for k, v in parameters.items()})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["type"].startswith("urn:policykg:problem:")
    assert told["title"]
    assert told["detail"]
    assert told["instance"] == path.partition("?")[0]
    assert "Traceback" not in answer.text
    return told


def find(client: httpx.Client, name: str, label: str) -> str:
    hits = get(client, "/api/v1/search", q=name, label=label)["hits"]
    [hit] = [hit for hit in hits if hit["name"] == name]
    return str(hit["id"])


def all_pages(client: httpx.Client, path: str, key: str, **parameters: object) -> list[Any]:
    rows: list[Any] = []
    cursor = None
    for _ in range(100):
        more = {"cursor": cursor} if cursor else {}
        page = get(client, path, **parameters, **more)
        rows += page[key]
        cursor = page["next_cursor"]
        assert page["truncated"] == (cursor is not None)
        if cursor is None:
            return rows
    raise AssertionError("pages without end")


class TestSearch:
    def test_finds_by_name_best_first(self, client: httpx.Client) -> None:
        answer = get(client, "/api/v1/search", q="盘锦大米")
        assert answer["hits"][0] == {
            "id": find(client, "盘锦大米", "Product"),
            "label": "Product",
            "label_name": "产品",
            "name": "盘锦大米",
            "score": answer["hits"][0]["score"],
            "notice_id": None,
            "notice_title": None,
            "snippet": None,
        }
        assert answer["truncated"] is False

    def test_finds_measures_by_text(self, client: httpx.Client) -> None:
        hits = get(client, "/api/v1/search", q="盘锦大米", where="text")["hits"]
        assert hits
        assert all(hit["label"] == "Measure" and "盘锦大米" in hit["snippet"] for hit in hits)

    def test_pages_join_to_the_whole(self, client: httpx.Client) -> None:
        whole = get(client, "/api/v1/search", q="知识产权", limit=200)["hits"]
        assert len(whole) > 3
        pages = all_pages(client, "/api/v1/search", "hits", q="知识产权", limit=2)
        assert [hit["id"] for hit in pages] == [hit["id"] for hit in whole]

    def test_nothing_found_is_an_answer(self, client: httpx.Client) -> None:
        assert get(client, "/api/v1/search", q="并不存在的词")["hits"] == []


class TestEntities:
    def test_relations_carry_their_evidence_or_their_source(self, client: httpx.Client) -> None:
        key = find(client, "盘锦大米", "Product")
        entity = get(client, f"/api/v1/entities/{key}")
        assert entity["name"] == "盘锦大米"
        assert entity["properties"]["kind"] == "geographical_indication"
        by_type = {relation["type"]: relation for relation in entity["relations"]}
        assert by_type["LOCATED_IN"]["source"] == "fixture"
        assert by_type["LOCATED_IN"]["evidence"] is None
        supports = by_type["SUPPORTS"]
        assert supports["name"] == "支持"
        assert supports["start"]["label_name"] == "措施"
        assert supports["end"] == {
            "id": key,
            "label": "Product",
            "label_name": "产品",
            "name": "盘锦大米",
        }
        assert supports["source"] is None
        assert set(supports["evidence"]) == {
            "notice_id",
            "notice_title",
            "start",
            "end",
            "quote",
            "confidence",
            "issued_on",
        }

    def test_pages_join_to_the_whole(self, client: httpx.Client) -> None:
        path = "/api/v1/entities/" + find(client, "辽宁省知识产权局", "Agency")
        whole = get(client, path, limit=200)["relations"]
        assert len(whole) > 2
        assert all_pages(client, path, "relations", limit=1) == whole

    def test_one_type_of_relation(self, client: httpx.Client) -> None:
        path = "/api/v1/entities/" + find(client, "辽宁省知识产权局", "Agency")
        assert {r["type"] for r in get(client, path, type="LEADS")["relations"]} == {"LEADS"}

    def test_a_notice_comes_without_its_text(self, client: httpx.Client) -> None:
        key = find(client, sample.LIAONING_TITLE, "Notice")
        assert "text" not in get(client, f"/api/v1/entities/{key}")["properties"]

    @pytest.mark.parametrize("key", ["nothing", "0" * 20, "%2e%2e", "x'}) RETURN 1 //"])
    def test_an_unknown_id_is_404(self, client: httpx.Client, key: str) -> None:
        answer = client.get("/api/v1/entities/" + quote(key, safe="%"))
        assert answer.status_code == 404
        assert answer.json()["type"] == "urn:policykg:problem:not-found"


class TestNotices:
    def test_the_latest_first(self, client: httpx.Client) -> None:
        notices = get(client, "/api/v1/notices", status="loaded")["notices"]
        dates = [notice["issued_on"] or "" for notice in notices]
        assert dates == sorted(dates, reverse=True)
        assert {notice["status"] for notice in notices} == {"loaded"}

    def test_pages_join_to_the_whole(self, client: httpx.Client) -> None:
        whole = get(client, "/api/v1/notices")["notices"]
        assert len(whole) > 3
        assert all_pages(client, "/api/v1/notices", "notices", limit=2) == whole

    def test_spans_of_a_text_with_astral_characters(self, client: httpx.Client) -> None:
        key = find(client, web.EVIL_TITLE, "Notice")
        notice = get(client, f"/api/v1/notices/{key}")
        text = notice["text"]
        assert text["content"] == web.EVIL_TEXT
        assert (text["start"], text["end"], text["total"]) == (0, len(text["content"]), text["end"])
        assert len(notice["relations"]) == 3
        for relation in notice["relations"]:
            found = relation["evidence"]
            assert text["content"][found["start"] : found["end"]] == found["quote"]

    def test_a_stretch_holds_what_is_read_from_it(self, client: httpx.Client) -> None:
        key = find(client, sample.LIAONING_TITLE, "Notice")
        whole = get(client, f"/api/v1/notices/{key}", limit=200)
        start, length = 60, 40
        part = get(
            client, f"/api/v1/notices/{key}", **{"from": start, "length": length, "limit": 200}
        )
        assert part["text"]["content"] == whole["text"]["content"][start : start + length]
        expected = [
            r["eid"]
            for r in whole["relations"]
            if r["evidence"]["start"] < start + length and r["evidence"]["end"] > start
        ]
        assert 0 < len(expected) < len(whole["relations"])
        assert [r["eid"] for r in part["relations"]] == expected

    def test_beyond_the_end_is_empty(self, client: httpx.Client) -> None:
        key = find(client, sample.LIAONING_TITLE, "Notice")
        part = get(client, f"/api/v1/notices/{key}", **{"from": 999999})
        assert part["text"]["content"] == ""
        assert part["relations"] == []

    def test_a_cited_notice_has_no_text(self, client: httpx.Client) -> None:
        key = find(client, sample.OUTLINE_TITLE, "Notice")
        notice = get(client, f"/api/v1/notices/{key}")
        assert notice["status"] == "cited"
        assert notice["text"] == {"start": 0, "end": 0, "total": 0, "content": ""}

    def test_something_else_is_no_notice(self, client: httpx.Client) -> None:
        key = find(client, "盘锦大米", "Product")
        assert key in problem(client, f"/api/v1/notices/{key}", 404)["detail"]

    def test_an_overlong_stretch_is_refused(self, client: httpx.Client) -> None:
        key = find(client, sample.LIAONING_TITLE, "Notice")
        problem(client, f"/api/v1/notices/{key}", 422, length=10**9)


class TestGraph:
    def test_both_ends_of_relations_are_among_the_nodes(self, client: httpx.Client) -> None:
        key = find(client, "辽宁省知识产权局", "Agency")
        graph = get(client, f"/api/v1/graph/{key}", depth=2)
        ids = {node["id"] for node in graph["nodes"]}
        assert graph["centre"] in ids
        assert graph["relations"]
        for relation in graph["relations"]:
            assert {relation["start"]["id"], relation["end"]["id"]} <= ids

    def test_the_limit_is_told(self, client: httpx.Client) -> None:
        key = find(client, "辽宁省知识产权局", "Agency")
        graph = get(client, f"/api/v1/graph/{key}", depth=2, limit=4)
        assert len(graph["nodes"]) == 4
        assert graph["truncated"] is True
        assert get(client, f"/api/v1/graph/{key}", depth=2)["truncated"] is False


class TestAsk:
    def test_an_answer_says_what_was_understood(self, client: httpx.Client) -> None:
        answer = get(client, "/api/v1/ask", q="哪些措施涉及省教育厅?")
        assert answer["understood"] is True
        assert answer["query"] == "measures_by_actor"
        assert answer["parameters"] == {"actor": "省教育厅"}
        assert {row["actor"] for row in answer["rows"]} == {"辽宁省教育厅", "吉林省教育厅"}
        again = get(client, f"/api/v1/queries/{answer['query']}", **answer["parameters"])
        assert again["rows"] == answer["rows"]

    def test_pages_join_to_the_whole(self, client: httpx.Client) -> None:
        question = "哪些措施涉及省教育厅?"
        whole = get(client, "/api/v1/ask", q=question)["rows"]
        assert all_pages(client, "/api/v1/ask", "rows", q=question, limit=1) == whole

    def test_what_is_not_understood_gets_examples_that_are(self, client: httpx.Client) -> None:
        answer = get(client, "/api/v1/ask", q="今天天气怎么样呢,要带伞吗")
        assert answer["understood"] is False
        assert answer["rows"] == []
        for example in answer["examples"]:
            assert get(client, "/api/v1/ask", q=example)["understood"] is True


class TestCatalogue:
    def test_every_query_is_listed_with_its_columns(self, client: httpx.Client) -> None:
        listed = get(client, "/api/v1/queries")["queries"]
        assert [entry["name"] for entry in listed] == list(load_catalogue())

    @pytest.mark.parametrize("name", list(load_catalogue()))
    def test_the_example_runs(self, client: httpx.Client, name: str) -> None:
        entries = get(client, "/api/v1/queries")["queries"]
        [entry] = [entry for entry in entries if entry["name"] == name]
        answer = client.get(entry["example_url"])
        # examples name things of other graphs too; those are told, never a failure
        assert answer.status_code in (200, 422), answer.text
        if answer.status_code == 200:
            for row in answer.json()["rows"]:
                assert list(row) == entry["columns"]

    def test_pages_join_to_the_whole(self, client: httpx.Client) -> None:
        path = "/api/v1/queries/measures_by_actor"
        whole = get(client, path, actor="省教育厅")["rows"]
        assert all_pages(client, path, "rows", actor="省教育厅", limit=1) == whole

    def test_an_unknown_query_lists_the_known(self, client: httpx.Client) -> None:
        told = problem(client, "/api/v1/queries/nothing", 404)
        assert "measures_by_actor" in told["detail"]

    def test_an_unknown_parameter_is_named(self, client: httpx.Client) -> None:
        told = problem(client, "/api/v1/queries/search", 422, text="大米", colour="red")
        assert "colour" in told["detail"]

    def test_a_missing_parameter_is_named(self, client: httpx.Client) -> None:
        assert "text" in problem(client, "/api/v1/queries/search", 422)["detail"]

    def test_a_parameter_given_twice_is_refused(self, client: httpx.Client) -> None:
        answer = client.get("/api/v1/queries/search?text=大米&text=苹果")
        assert answer.status_code == 422
        assert "twice" in answer.json()["detail"]


class TestBadInput:
    @pytest.mark.parametrize(
        ("path", "parameters"),
        [
            ("/api/v1/search", {"q": "大"}),
            ("/api/v1/search", {"q": "大" * 201}),
            ("/api/v1/search", {}),
            ("/api/v1/search", {"q": "大米", "limit": 0}),
            ("/api/v1/search", {"q": "大米", "limit": 201}),
            ("/api/v1/search", {"q": "大米", "limit": "many"}),
            ("/api/v1/search", {"q": "大米", "label": "Planet"}),
            ("/api/v1/search", {"q": "大米", "cursor": "!!"}),
            ("/api/v1/search", {"q": "大米", "cursor": "WzEs"}),
            ("/api/v1/search", {"q": "大米", "cursor": "e30"}),
            ("/api/v1/search", {"q": "大米", "cursor": "x" * 300}),
            ("/api/v1/measures", {"involves": "省教育厅", "role": "COOKS"}),
            ("/api/v1/notices", {"status": "lost"}),
            ("/api/v1/ask", {"q": ""}),
            ("/api/v1/ask", {"q": "谁" * 501}),
        ],
    )
    def test_bad_parameters_are_told(
        self, client: httpx.Client, path: str, parameters: dict[str, object]
    ) -> None:
        problem(client, path, 422, **parameters)

    def test_a_cursor_of_another_question_is_refused(self, client: httpx.Client) -> None:
        page = get(client, "/api/v1/search", q="知识产权", limit=1)
        told = problem(client, "/api/v1/search", 422, q="大米", cursor=page["next_cursor"])
        assert "另一个查询" in told["detail"]

    def test_a_cursor_survives_another_limit(self, client: httpx.Client) -> None:
        page = get(client, "/api/v1/search", q="知识产权", limit=1)
        rest = get(client, "/api/v1/search", q="知识产权", limit=200, cursor=page["next_cursor"])
        whole = get(client, "/api/v1/search", q="知识产权", limit=200)
        assert page["hits"] + rest["hits"] == whole["hits"]

    def test_an_unknown_address_is_told(self, client: httpx.Client) -> None:
        problem(client, "/api/v1/planets", 404)

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
    def test_nothing_can_be_written(self, client: httpx.Client, method: str) -> None:
        answer = client.request(method, "/api/v1/notices")
        assert answer.status_code == 405
        assert answer.headers["content-type"] == "application/problem+json"

    def test_a_long_address_is_refused(self, client: httpx.Client) -> None:
        assert client.get("/api/v1/search?q=" + "x" * 9000).status_code == 414

    def test_a_large_body_is_refused(self, client: httpx.Client) -> None:
        answer = client.post("/api/v1/search", content=b"x" * 70_000)
        assert answer.status_code == 413
        assert answer.headers["content-type"] == "application/problem+json"

    @pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::2]"])
    def test_another_host_is_refused(self, client: httpx.Client, host: str) -> None:
        answer = client.get("/healthz", headers={"Host": host})
        assert answer.status_code in (400, 421)

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "LOCALHOST", "[::1]:80"])
    def test_its_own_names_are_answered(self, client: httpx.Client, host: str) -> None:
        assert client.get("/healthz", headers={"Host": host}).status_code == 200

    @pytest.mark.parametrize(
        "path", ["/static/../../kg/errors.py", "/static/%2e%2e/graph.py", "/static//etc/passwd"]
    )
    def test_no_file_outside_static_is_served(self, client: httpx.Client, path: str) -> None:
        assert client.get(path).status_code == 404


class TestHeaders:
    @pytest.mark.parametrize(
        "path", ["/", "/docs", "/healthz", "/static/app.js", "/nothing", "/api/v1/measures"]
    )
    def test_every_answer_is_guarded(self, client: httpx.Client, path: str) -> None:
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';")
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"

    def test_other_sites_get_no_permission(self, client: httpx.Client) -> None:
        headers = client.get("/api/v1/notices", headers={"Origin": "https://e.example"}).headers
        assert not [name for name in headers if name.startswith("access-control")]


class TestPages:
    def test_the_documentation_loads_nothing_from_elsewhere(self, client: httpx.Client) -> None:
        for path in ("/", "/docs"):
            page = client.get(path).text
            for address in re.findall(r"(?:src|href)=\"([^\"]+)\"", page):
                assert address.startswith(("/", "#")), address
                if address.startswith("/"):
                    assert client.get(address).status_code == 200

    def test_scripts_and_styles_have_their_types(self, client: httpx.Client) -> None:
        assert client.get("/static/app.js").headers["content-type"].startswith("text/javascript")
        assert client.get("/static/app.css").headers["content-type"].startswith("text/css")

    def test_markup_travels_unchanged_as_json(self, client: httpx.Client) -> None:
        key = find(client, web.EVIL_PRODUCT, "Product")
        assert get(client, f"/api/v1/entities/{key}")["name"] == web.EVIL_PRODUCT


class TestExplore:
    def test_suggestions_come_by_kind_and_say_where_a_measure_stands(
        self, client: httpx.Client
    ) -> None:
        hits = get(client, "/api/v1/explore/suggest", q="盘锦")["hits"]
        labels = [hit["label"] for hit in hits]
        assert labels == sorted(labels, key=ORDER.index)
        assert [hit["name"] for hit in hits if hit["label"] == "Product"] == ["盘锦大米"]
        [measure] = [hit for hit in hits if hit["label"] == "Measure"]
        assert measure["notice_title"] == sample.PANJIN_TITLE

    def test_a_name_that_begins_so_comes_first(self, client: httpx.Client) -> None:
        hits = get(client, "/api/v1/explore/suggest", q="吉林省教育厅", label="Agency")["hits"]
        assert [hit["name"] for hit in hits[:2]] == ["吉林省教育厅", "吉林省教育厅高等教育处"]

    def test_a_relation_is_found_from_either_end(self, client: httpx.Client) -> None:
        key = find(client, "盘锦大米", "Product")
        relations = get(client, f"/api/v1/entities/{key}")["relations"]
        for relation in relations:
            for end in (relation["start"]["id"], relation["end"]["id"]):
                found = get(client, f"/api/v1/explore/edges/{relation['eid']}", end=end)
                assert found == {**relation, "method": found["method"]}
                assert found["method"] == ("fixture" if found["evidence"] else None)
        elsewhere = find(client, "吉林省教育厅", "Agency")
        answer = client.get(
            f"/api/v1/explore/edges/{relations[0]['eid']}", params={"end": elsewhere}
        )
        assert answer.status_code == 404

    def test_a_query_shows_its_cypher(self, client: httpx.Client) -> None:
        assert "MATCH" in get(client, "/api/v1/explore/cypher/cooperation")["cypher"]
        assert client.get("/api/v1/explore/cypher/../_nodes").status_code == 404
        assert client.get("/api/v1/explore/cypher/_nodes").status_code == 404


class TestOpenApi:
    def test_every_parameter_of_a_list_is_bounded(self, client: httpx.Client) -> None:
        document = get(client, "/openapi.json")
        for path, methods in document["paths"].items():
            assert list(methods) == [{CYPHER: "post"}.get(path, "get")], path
            [operation] = methods.values()
            assert operation["summary"]
            names = {p["name"]: p for p in operation.get("parameters", [])}
            if "cursor" in names:
                assert names["limit"]["schema"]["maximum"] <= 1000
                assert names["limit"]["schema"]["minimum"] >= 1

    def test_errors_are_described(self, client: httpx.Client) -> None:
        document = get(client, "/openapi.json")
        answers = document["paths"]["/api/v1/entities/{id}"]["get"]["responses"]
        for status in ("404", "422", "503"):
            name = answers[status]["$ref"].removeprefix("#/components/responses/")
            told = document["components"]["responses"][name]
            assert list(told["content"]) == ["application/problem+json"]

    def test_there_are_examples(self, client: httpx.Client) -> None:
        document = get(client, "/openapi.json")
        parameters = document["paths"]["/api/v1/measures"]["get"]["parameters"]
        [involves] = [p for p in parameters if p["name"] == "involves"]
        assert "省教育厅" in str(involves)


class TestMeta:
    def test_health(self, client: httpx.Client) -> None:
        assert get(client, "/healthz")["status"] == "ok"

    def test_status_counts(self, client: httpx.Client, store: Store) -> None:
        answer = get(client, "/api/v1/status")
        status = store.status()
        assert answer["notices_loaded"] == status.notices_loaded
        assert {row["label"]: row["count"] for row in answer["nodes"]} == status.nodes

    def test_the_ontology_is_told(self, client: httpx.Client) -> None:
        labels = {term["label"]: term["name"] for term in get(client, "/api/v1/ontology")["labels"]}
        assert labels["Measure"] == "措施"


class TestErrors:
    @pytest.mark.parametrize(
        ("error", "status"),
        [
            (QueryError("x"), 422),
            (StoreUnavailable("x"), 503),
            (StoreRejected("x"), 500),
            (StoreError("x"), 500),
            (SourceError("a", "b"), 500),
            (FragmentError("a", "b", "c"), 500),
            (OntologyError("x"), 500),
            (KgError("x"), 500),
        ],
    )
    def test_each_error_has_a_status(self, error: KgError, status: int) -> None:
        assert problem_of(error).status == status

    def test_the_table_lists_special_errors_before_general_ones(self) -> None:
        kinds = list(PROBLEMS)
        for at, kind in enumerate(kinds):
            assert not any(issubclass(later, kind) for later in kinds[at + 1 :])

    def test_a_closed_store_is_503_with_advice(self) -> None:
        with web.evil_store() as opened, web.serving(opened) as base:
            opened.close()
            answer = httpx.get(f"{base}/readyz")
        assert answer.status_code == 503
        assert answer.headers["retry-after"]

    def test_an_unexpected_error_is_told_without_details(self) -> None:
        class Broken:
            def status(self) -> None:
                raise RuntimeError("secret")

        with web.serving(Broken()) as base:  # type: ignore[arg-type]
            answer = httpx.get(f"{base}/api/v1/status")
        assert answer.status_code == 500
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "secret" not in answer.text

    def test_any_host_when_told_so(self) -> None:
        settings = Settings(allowed_hosts=("*",))
        with web.evil_store() as opened, web.serving(opened, settings) as base:
            answer = httpx.get(f"{base}/healthz", headers={"Host": "graph.example"})
        assert answer.status_code == 200


class TestFacets:
    PATH = "/api/v1/explore/measures"

    def test_every_count_is_what_its_choice_finds(self, client: httpx.Client) -> None:
        every = get(client, self.PATH)
        assert set(every["facets"]) == {"level", "place", "year", "role", "class"}
        for name, values in every["facets"].items():
            assert values
            for value in values:
                found = get(client, self.PATH, **{name: value["value"]})
                assert found["total"] == value["count"] == len(found["measures"])
                assert found["facets"][name] == values  # its own choice leaves a facet whole

    def test_choices_and_conditions_compose(self, client: httpx.Client) -> None:
        found = get(client, self.PATH, involves="辽宁省教育厅", year="2022", role="LEADS")
        assert [row["measure"] for row in found["measures"]] == ["加强地理标志保护"]
        assert found["measures"][0]["facts"][0]["thing"] == "辽宁省教育厅"
        assert get(client, self.PATH, involves="辽宁省教育厅", year="2023")["total"] == 0

    def test_pages_follow_each_other(self, client: httpx.Client) -> None:
        every = get(client, self.PATH, limit=50)["measures"]
        pages = [get(client, self.PATH, limit=2, skip=at)["measures"] for at in range(0, 50, 2)]
        assert [row for page in pages for row in page] == every

    @pytest.mark.parametrize("bad", [{"year": "22"}, {"role": "x"}, {"text": "a"}, {"skip": -1}])
    def test_a_bad_choice_is_refused(self, client: httpx.Client, bad: dict[str, str]) -> None:
        assert client.get(self.PATH, params=bad).status_code == 422


class TestDrawn:
    def test_what_is_around_a_node_has_places(self, client: httpx.Client) -> None:
        graph = get(client, "/api/v1/explore/graph", centre="盘锦大米")
        spots = {node["id"]: (node["x"], node["y"]) for node in graph["nodes"]}
        assert spots[graph["centre"]] == (0, 0)
        assert len(set(spots.values())) == len(spots) == 4
        for relation in graph["relations"]:
            assert {relation["start"]["id"], relation["end"]["id"]} <= spots.keys()
        by_name = {node["name"]: node["degree"] for node in graph["nodes"]}
        key = find(client, "盘锦大米", "Product")
        assert by_name["盘锦大米"] == len(get(client, f"/api/v1/entities/{key}")["relations"])

    def test_chosen_nodes_and_the_edges_among_them(self, client: httpx.Client) -> None:
        rice, city = find(client, "盘锦大米", "Product"), find(client, "盘锦市", "Place")
        asked = {"centre": rice, "ids": f"{city},nothing,{rice}", "layout": "force"}
        graph = get(client, "/api/v1/explore/graph", **asked)
        assert {node["id"] for node in graph["nodes"]} == {rice, city}
        assert [relation["type"] for relation in graph["relations"]] == ["LOCATED_IN"]
        assert client.get("/api/v1/explore/graph", params={"centre": "无此物"}).status_code == 422

    def test_a_small_limit_cuts(self, client: httpx.Client) -> None:
        graph = get(client, "/api/v1/explore/graph", centre="盘锦大米", limit=2)
        assert len(graph["nodes"]) == 2
        assert graph["truncated"] is True

    def test_counts_agree_with_the_pages_behind_them(self, client: httpx.Client) -> None:
        for name, label in (("加强地理标志保护", "Measure"), ("盘锦市", "Place")):
            key = find(client, name, label)
            counts = get(client, f"/api/v1/explore/counts/{key}")["counts"]
            assert counts == sorted(counts, key=lambda count: -count["edges"])
            for count in counts:
                kind = {name: count[name] for name in ("type", "label", "way")}
                page = get(client, f"/api/v1/explore/neighbours/{key}", **kind)
                assert len(page["relations"]) == count["edges"]
                here, there = ("start", "end") if count["way"] == "out" else ("end", "start")
                assert {r[here]["id"] for r in page["relations"]} == {key}
                assert {r[there]["label"] for r in page["relations"]} == {count["label"]}

    def test_neighbours_come_in_pages(self, client: httpx.Client) -> None:
        path = f"/api/v1/explore/neighbours/{find(client, '加强地理标志保护', 'Measure')}"
        every = [r["eid"] for r in get(client, path)["relations"]]
        paged, cursor = [], None
        while True:
            page = get(client, path, limit=3, **({"cursor": cursor} if cursor else {}))
            paged += [r["eid"] for r in page["relations"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
            assert page["truncated"] is True
        assert paged == every
        assert len(every) > 3

    def test_rows_of_a_query_are_drawn(self, client: httpx.Client) -> None:
        graph = get(client, "/api/v1/explore/rows/cooperation", actor="辽宁省教育厅")
        names = {node["name"] for node in graph["nodes"]}
        assert {"辽宁省教育厅", "辽宁省知识产权局"} <= names
        assert graph["relations"]
        assert client.get("/api/v1/explore/rows/nothing").status_code == 404
        assert client.get("/api/v1/explore/rows/cooperation?x=1").status_code == 422

    def test_the_whole_graph_has_every_node_and_edge_once(
        self, client: httpx.Client, store: Store
    ) -> None:
        whole = get(client, "/api/v1/explore/whole")
        status = store.status()
        nodes, edges = whole["nodes"], whole["edges"]
        assert len(set(nodes["id"])) == whole["total"] == sum(status.nodes.values())
        assert {len(column) for column in nodes.values()} == {whole["total"]}
        assert len(edges["start"]) == sum(status.edges.values())
        assert sum(nodes["degree"]) == 2 * len(edges["start"])
        assert whole["truncated"] is False
        plain = client.get("/api/v1/explore/whole", headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert plain.json() == whole
