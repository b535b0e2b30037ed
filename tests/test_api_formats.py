"""How answers travel: fields, JSON lines, CSV, ETags, compression, and what the server keeps."""

import csv
import io
import json
from collections.abc import Iterator

import graph_fixture as sample
import httpx
import pytest
import web_fixture as web
from builders import NoticeBuilder
from test_api_resources import API, LISTS, ask, names, reading

from api.http.memory import Memory
from kg.spreadsheets import safe_text


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with web.evil_store() as store, reading(store) as made:
        yield made


class TestFieldsAndFormats:
    @pytest.mark.parametrize("resource", LISTS)
    def test_only_the_fields_asked_for(self, client: httpx.Client, resource: str) -> None:
        known = list(ask(client, resource)[resource][0])
        for row in ask(client, resource, fields=f"{known[1]}, id")[resource]:
            assert list(row) == [known[1], "id"]

    def test_json_lines(self, client: httpx.Client) -> None:
        answer = client.get(f"{API}/agencies?format=jsonl&fields=id,name")
        assert answer.headers["content-type"] == "application/x-ndjson"
        rows = [json.loads(line) for line in answer.text.splitlines()]
        assert rows == ask(client, "agencies", fields="id,name")["agencies"]

    @pytest.mark.parametrize("resource", LISTS)
    def test_csv_says_what_json_says(self, client: httpx.Client, resource: str) -> None:
        answer = client.get(f"{API}/{resource}?format=csv")
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
        told = ask(client, resource)[resource]
        assert [row["id"] for row in rows] == [row["id"] for row in told]
        for key, value in told[0].items():
            if isinstance(value, str):
                assert rows[0][key] == (value if key == "comparator" else safe_text(value))

    def test_a_table_has_the_words_in_columns_of_their_own(self, client: httpx.Client) -> None:
        answer = client.get(f"{API}/measures?format=csv&product=盘锦大米&jurisdiction=盘锦")
        [row] = csv.DictReader(io.StringIO(answer.text))
        assert row["evidence_quote"] == row["title"]
        assert row["responsible"] == "盘锦市市场监督管理局"
        assert row["ongoing"] == ""
        assert json.loads(row["facts"])

    def test_a_mark_for_excel(self, client: httpx.Client) -> None:
        plain = client.get(f"{API}/places?format=csv").content
        assert client.get(f"{API}/places?format=csv&bom=true").content == b"\xef\xbb\xbf" + plain

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＠"])
    def test_no_cell_is_a_formula(self, start: str) -> None:
        assert safe_text(f"{start}1+cmd") == f"'{start}1+cmd"
        assert safe_text(f"一{start}1") == f"一{start}1"

    def test_a_formula_in_the_graph_is_text_in_a_table(self) -> None:
        made = NoticeBuilder("=HYPERLINK(1)", issued_on="2024-01-01")
        made.edge("SUPPORTS", made.measure("一", "@SUM(1)"), made.node("Product", "-1+1"))
        with sample.in_memory() as store, reading(store) as client:
            store.load(made.build())
            for resource, title in (
                ("measures", "'@SUM(1)"),
                ("notices", "'=HYPERLINK(1)"),
                ("products", "'-1+1"),
            ):
                answer = client.get(f"{API}/{resource}?format=csv").text
                cells = [cell for row in csv.reader(io.StringIO(answer)) for cell in row]
                assert title in cells
                assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


class TestCaching:
    @pytest.mark.parametrize(
        "path", ["measures", "agencies", "notices", "places/大连", "search?q=大米"]
    )
    def test_what_is_known_is_not_sent_again(self, client: httpx.Client, path: str) -> None:
        first = client.get(f"{API}/{path}")
        tag = first.headers["etag"]
        assert first.headers["cache-control"] == "no-cache"
        again = client.get(f"{API}/{path}", headers={"If-None-Match": f'"other", {tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert client.get(f"{API}/{path}", headers={"If-None-Match": '"x"'}).status_code == 200

    def test_another_address_has_another_tag(self, client: httpx.Client) -> None:
        tags = {client.get(f"{API}/{resource}").headers["etag"] for resource in LISTS}
        assert len(tags) == len(LISTS)

    def test_an_error_has_none(self, client: httpx.Client) -> None:
        assert "etag" not in client.get(f"{API}/measures?limit=0").headers

    def test_a_write_changes_the_tag_and_the_answer(self) -> None:
        with sample.sample_store() as store, reading(store) as client:
            tag = client.get(f"{API}/agencies").headers["etag"]
            made = NoticeBuilder("又一份通知")
            made.role("LEADS", "甲省教育厅", made.measure("一", "又一项措施"))
            store.load(made.build())
            again = client.get(f"{API}/agencies", headers={"If-None-Match": tag})
            assert again.status_code == 200
            assert again.headers["etag"] != tag
            assert names(client, "agencies", q="甲省") == ["甲省教育厅"]

    def test_large_answers_travel_compressed(self, client: httpx.Client) -> None:
        packed = client.get(f"{API}/measures", headers={"Accept-Encoding": "gzip"})
        assert packed.headers["content-encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["vary"]
        plain = client.get(f"{API}/measures", headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert plain.content == packed.content


class TestMemory:
    def test_what_was_made_is_kept_for_its_version(self) -> None:
        memory, made = Memory(), []

        def make() -> list[int]:
            made.append(1)
            return [1]

        for version in ("a", "a", "b", "b", "a"):
            assert memory.recall(version, "key", make) == [1]
        assert len(made) == 3

    def test_the_oldest_goes_when_there_is_too_much(self) -> None:
        memory = Memory(most=40)
        for number in range(10):
            memory.recall("v", number, lambda: [0] * 9)
        assert memory.recall("v", 9, lambda: [1]) == [0] * 9
        assert memory.recall("v", 0, lambda: [1]) == [1]

    def test_what_is_too_large_is_not_kept(self) -> None:
        memory = Memory(most=40)
        memory.recall("v", "large", lambda: [0] * 11)
        assert memory.recall("v", "large", lambda: [1]) == [1]
