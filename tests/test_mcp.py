"""The tools for agents, asked by a real client: in process, over stdio, over HTTP."""

import asyncio
import json
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastmcp import Client
from fastmcp.client.transports import StdioTransport, StreamableHttpTransport
from fastmcp.exceptions import ToolError

from api.keys import KeyFile, Scope
from api.mcp.serving import create_mcp_app
from api.mcp.tools import create_mcp
from api.serving import listen
from api.settings import Settings
from kg.adhoc import open_adhoc
from kg.opening import Login
from kg.store import Store
from kg.stores import open_store

TOOLS = {"search", "entity", "measures", "ask", "lineage", "cooperation"}
BASE = "https://graph.example"


@pytest.fixture(scope="module")
def store(kept: tuple[str, Login]) -> Iterator[Store]:
    with open_store(kept[0], mode="read", login=kept[1]) as opened:
        yield opened


@pytest.fixture
def call(store: Store) -> Callable[..., Any]:
    """Return what calls a tool in this process, through the protocol."""
    server = create_mcp(store, Settings(public_url=BASE), None)

    def ask(name: str, **arguments: Any) -> Any:
        async def work() -> Any:
            async with Client(server) as client:
                return (await client.call_tool(name, arguments)).structured_content

        return asyncio.run(work())

    return ask


def text_of(store: Store, notice_id: str) -> str:
    found = "MATCH (n:Notice {id: $id}) RETURN n.text AS text"
    return str(store.run(found, {"id": notice_id})[0]["text"])


def check_evidence(store: Store, answer: Any, *, every: bool = True) -> None:
    """Hold each fact to its words in the notice, and each link to an address of the page."""
    assert answer["facts"]
    for fact in answer["facts"]:
        assert fact["evidence"] or not every, fact
        for evidence in fact["evidence"]:
            text = text_of(store, evidence["notice_id"])
            assert text[evidence["start"] : evidence["end"]] == evidence["quote"]
            assert evidence["link"].startswith(
                f"{BASE}/#/graph?node={evidence['notice_id']}&panel=t."
            )
        for link in fact["links"].values():
            assert link.startswith(f"{BASE}/#/graph?node=")


class TestTools:
    def test_each_is_described_and_bounded(self, store: Store) -> None:
        async def work() -> list[Any]:
            async with Client(create_mcp(store, Settings(), None)) as client:
                return await client.list_tools()

        tools = asyncio.run(work())
        assert {tool.name for tool in tools} == TOOLS
        for tool in tools:
            schema = tool.model_dump(mode="json", by_alias=True)
            assert len(schema["description"]) > 40
            assert schema["annotations"]["readOnlyHint"] is True
            limit = schema["inputSchema"]["properties"]["limit"]
            assert (limit["minimum"], limit["maximum"]) == (1, 100)
            assert schema["outputSchema"]["properties"]["facts"]

    def test_search(self, call: Callable[..., Any], store: Store) -> None:
        answer = call("search", text="盘锦大米")
        first = answer["facts"][0]
        assert first["values"]["name"] == "盘锦大米"
        assert first["links"]["id"] == (
            f"{BASE}/#/graph?node={first['values']['id']}&panel=n.{first['values']['id']}"
        )
        assert call("search", text="并不存在的词")["facts"] == []

    def test_entity_by_name_or_id(self, call: Callable[..., Any], store: Store) -> None:
        answer = call("entity", id="盘锦大米", type="SUPPORTS")
        assert (answer["label"], answer["name"]) == ("Product", "盘锦大米")
        check_evidence(store, answer)
        assert call("entity", id=answer["id"])["name"] == "盘锦大米"
        notice = call("entity", id="辽宁省地理标志运用促进实施方案")
        assert "text" not in notice["properties"]

    def test_measures(self, call: Callable[..., Any], store: Store) -> None:
        answer = call("measures", leader="省知识产权局", involves="盘锦大米")
        check_evidence(store, answer)
        quotes = {e["quote"] for fact in answer["facts"] for e in fact["evidence"]}
        assert {"省知识产权局", "盘锦大米"} <= quotes
        assert "吉林省知识产权局" in answer["notes"][0]

    def test_ask(self, call: Callable[..., Any], store: Store) -> None:
        answer = call("ask", question="哪些措施涉及省教育厅")
        assert answer["understood"]
        assert answer["query"] == "measures_by_actor"
        check_evidence(store, answer)
        lost = call("ask", question="今天天气怎么样")
        assert not lost["understood"]
        assert lost["facts"] == []
        assert lost["examples"]

    def test_lineage_both_ways(self, call: Callable[..., Any], store: Store) -> None:
        up = call("lineage", notice="盘锦市落实地理标志运用促进实施方案若干措施")
        check_evidence(store, up)
        assert up["facts"][0]["values"]["origin"] == "辽宁省地理标志运用促进实施方案"
        down = call("lineage", notice="辽宁省地理标志运用促进实施方案", direction="down")
        check_evidence(store, down)
        assert down["query"] == "notice_descendants"

    def test_cooperation(self, call: Callable[..., Any], store: Store) -> None:
        partners = call("cooperation", actor="辽宁省教育厅")
        check_evidence(store, partners)
        assert partners["facts"][0]["values"]["shared"] >= 1
        shared = call("cooperation", actor="辽宁省教育厅", partner="辽宁省知识产权局")
        check_evidence(store, shared)
        assert all(len(fact["evidence"]) == 2 for fact in shared["facts"])

    def test_pages_join_to_the_whole(self, call: Callable[..., Any]) -> None:
        whole = call("search", text="知识产权", limit=100)["facts"]
        pages, cursor = [], None
        while True:
            page = call("search", text="知识产权", limit=2, cursor=cursor)
            pages += page["facts"]
            cursor = page["next_cursor"]
            assert page["truncated"] == (cursor is not None)
            if cursor is None:
                break
        assert pages == whole

    @pytest.mark.parametrize(
        ("name", "arguments", "reason"),
        [
            ("search", {"text": "大米", "label": "Planet"}, "Planet"),
            ("search", {"text": "大"}, "2 characters"),
            ("search", {"text": "大米", "limit": 1000}, "100"),
            ("search", {"text": "大米", "cursor": "!!"}, "cursor"),
            ("entity", {"id": "并不存在"}, "并不存在"),
            ("measures", {"due_to": "soon"}, "due_to"),
            ("cypher", {"statement": "RETURN 1 AS x"}, "cypher"),
        ],
    )
    def test_what_is_wrong_is_told(
        self, call: Callable[..., Any], name: str, arguments: dict[str, Any], reason: str
    ) -> None:
        with pytest.raises(ToolError, match=reason):
            call(name, **arguments)

    def test_a_fault_of_ours_is_not_told(self) -> None:
        class Broken:
            def snapshot(self) -> None:
                raise RuntimeError("secret")

        async def work() -> None:
            server = create_mcp(Broken(), Settings(), None)  # type: ignore[arg-type]
            async with Client(server) as client:
                await client.call_tool("search", {"text": "大米"})

        with pytest.raises(ToolError) as caught:
            asyncio.run(work())
        assert "secret" not in str(caught.value)


def test_over_stdio(kept: tuple[str, Login], store: Store) -> None:
    url, login = kept
    code = "from api.cli import main; main()"
    transport = StdioTransport(
        sys.executable,
        ["-c", code, "mcp", "--db", url],
        env={
            "POLICYKG_CYPHER": "true",
            "POLICYKG_PUBLIC_URL": BASE,
            "POLICYKG_NEO4J_USER": login.user,
            "POLICYKG_NEO4J_PASSWORD": login.password,
        },
    )

    async def work() -> tuple[set[str], Any, Any]:
        async with Client(transport, timeout=60) as client:
            names = {tool.name for tool in await client.list_tools()}
            asked = await client.call_tool("ask", {"question": "哪些措施涉及省教育厅"})
            statement = "MATCH (p:Product) RETURN p.id AS product_id, p.name AS name ORDER BY name"
            rows = await client.call_tool("cypher", {"statement": statement})
            with pytest.raises(ToolError, match="CREATE"):
                await client.call_tool("cypher", {"statement": "MATCH (n) CREATE (:Evil)"})
            return names, asked.structured_content, rows.structured_content

    names, asked, rows = asyncio.run(work())
    assert names == TOOLS | {"cypher"}
    check_evidence(store, asked)
    assert rows["columns"] == ["product_id", "name"]
    first = rows["rows"][0]["product_id"]
    assert rows["links"][0] == {"product_id": f"{BASE}/#/graph?node={first}&panel=n.{first}"}


@contextmanager
def serving(kept: tuple[str, Login], store: Store, settings: Settings) -> Iterator[str]:
    url, login = kept
    with (
        open_adhoc(url, settings.cypher_limits, login=login) as adhoc,
        listen("127.0.0.1", 0) as listener,
    ):
        app = create_mcp_app(create_mcp(store, settings, adhoc), store, settings)
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none"))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        deadline = time.monotonic() + 20
        while not server.started and thread.is_alive() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert server.started
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=10)


class TestHttp:
    def ask(self, base: str, secret: str, work: Callable[[Client[Any]], Awaitable[Any]]) -> Any:
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}

        async def run() -> Any:
            transport = StreamableHttpTransport(f"{base}/mcp", headers=headers)
            async with Client(transport, timeout=30) as client:
                return await work(client)

        return asyncio.run(run())

    def test_the_same_tools_behind_keys(
        self, kept: tuple[str, Login], store: Store, tmp_path: Path
    ) -> None:
        keys = KeyFile(tmp_path / "keys.json")
        _, reader = keys.add("Reader", [Scope.READ])
        _, analyst = keys.add("Analyst", [Scope.CYPHER])
        settings = Settings(
            keys_file=keys.path, anonymous_read=False, public_url=BASE, rate_cypher="1/hour"
        )
        count = {"statement": "MATCH (n:Notice) RETURN count(n) AS n"}

        async def search(client: Client[Any]) -> Any:
            return (await client.call_tool("search", {"text": "盘锦大米"})).structured_content

        async def cypher(client: Client[Any]) -> Any:
            return (await client.call_tool("cypher", count)).structured_content

        with serving(kept, store, settings) as base:
            assert self.ask(base, reader, search)["facts"][0]["values"]["name"] == "盘锦大米"
            with pytest.raises(ToolError, match="scope cypher"):
                self.ask(base, reader, cypher)
            assert self.ask(base, analyst, cypher)["rows"] == [{"n": 5}]
            with pytest.raises(ToolError, match="1/hour"):
                self.ask(base, analyst, cypher)
            assert httpx.post(f"{base}/mcp", json={}).status_code == 401
            assert httpx.get(f"{base}/readyz").status_code == 200

    def test_pages_elsewhere_cannot_ask(self, kept: tuple[str, Login], store: Store) -> None:
        request = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
        accept = {"Accept": "application/json, text/event-stream"}
        with serving(kept, store, Settings()) as base:
            evil = {"Host": "evil.example", **accept}
            assert httpx.post(f"{base}/mcp", json=request, headers=evil).status_code == 421
            wish = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
            refused = httpx.options(f"{base}/mcp", headers=wish)
            assert "access-control-allow-origin" not in refused.headers
            plain = {"Content-Type": "text/plain", "Origin": "https://evil.example", **accept}
            sent = httpx.post(f"{base}/mcp", content=json.dumps(request), headers=plain)
            assert sent.status_code >= 400
