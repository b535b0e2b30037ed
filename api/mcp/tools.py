"""The tools: what an agent can ask of the graph, each with its evidence and links."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Literal

from fastapi import HTTPException
from fastmcp import FastMCP
from fastmcp.exceptions import ToolError
from fastmcp.server.dependencies import get_http_request
from mcp.types import ToolAnnotations
from pydantic import Field, JsonValue

from api.http.access import Caller, Rates
from api.http.asking import Desk, Rows
from api.http.cursor import decode_cursor, encode_cursor
from api.http.memory import Memory
from api.http.wire import find_node, relations_page
from api.keys import Scope
from api.mcp.answers import Entity, Evidence, Fact, Facts, Links, Reading, Statement
from api.release import version
from api.settings import Settings
from kg.adhoc import AdhocReader
from kg.adhoc.guard import LONGEST
from kg.errors import KgError
from kg.store import Store
from queries.ask import ask as answer_question
from queries.catalogue import run_query
from queries.rows import GraphRow, details

_INSTRUCTIONS = """\
中国知识产权政策知识图谱:公文、措施、机关、地方、产品等,以及它们之间的关系。
A knowledge graph of intellectual-property policy in China, read from government notices (公文).
Names may be full, short or relative (省教育厅 means one office in each province; the notes say
whom it matched). Every fact comes with `evidence`: the notice, the offsets and the words. Quote it.
Where an answer is `truncated`, give its `next_cursor` back as `cursor`.
"""
_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

Limit = Annotated[int, Field(ge=1, le=100, description="most rows")]
Cursor = Annotated[str | None, Field(max_length=200, description="next_cursor of the last page")]
Name = Annotated[str | None, Field(max_length=200)]
Date = Annotated[str | None, Field(pattern=r"^\d{4}(-\d\d){0,2}$", description="2025, 2025-06 …")]


def create_mcp(store: Store, settings: Settings, adhoc: AdhocReader | None) -> FastMCP:
    """Return the server of tools around an open store.

    Args:
        store: the graph; the caller closes it afterwards.
        settings: limits, and the address that links begin with.
        adhoc: what answers Cypher, whose tool is there only with it.
    """
    server = FastMCP("policykg", _INSTRUCTIONS, version=version(), mask_error_details=True)
    tools = _Tools(store, settings)
    for tool in (
        tools.search,
        tools.entity,
        tools.measures,
        tools.ask,
        tools.lineage,
        tools.cooperation,
    ):
        server.tool(tool, annotations=_READS)
    if adhoc is not None:
        server.tool(_cypher_tool(adhoc, tools.links), annotations=_READS)
    return server


class _Tools:
    """Answers of the catalogue, a page at a time."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._memory = Memory()
        self.links = Links(settings.public_url)

    def search(
        self,
        text: Annotated[str, Field(min_length=2, max_length=200, description="words to find")],
        label: Annotated[
            str | None, Field(description="one kind of node, such as Agency, Product, Notice")
        ] = None,
        where: Annotated[
            Literal["name", "text"], Field(description="in names, or in the text of measures")
        ] = "name",
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Facts:
        """Find nodes by name, alias or title, or measures by words of their text."""
        return self._facts("search", {"text": text, "label": label, "where": where}, limit, cursor)

    def entity(
        self,
        id: Annotated[
            str, Field(min_length=1, max_length=200, description="id, or a name of one node alone")
        ],
        type: Annotated[
            str | None, Field(description="one type of relation, such as LEADS, SUPPORTS, CITES")
        ] = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Entity:
        """Return a node with its properties and its relations, each with the words it rests on."""
        with _told():
            desk = self._desk()
            [first] = desk.ask("entity", {"id": id}, 1).rows
            assert isinstance(first, GraphRow)
            node = find_node(desk.store, first.id)
            page = relations_page(desk, first.id, limit, cursor, type)
            properties = details(node["properties"])
            properties.pop("text", None)
            return Entity(
                id=first.id,
                label=node["label"],
                name=node["name"],
                link=self.links.node(first.id),
                properties=properties,
                query="entity",
                facts=[self._relation(item.model_dump(mode="json")) for item in page["relations"]],
                notes=page["notes"],
                truncated=page["truncated"],
                next_cursor=page["next_cursor"],
            )

    def measures(  # noqa: PLR0913  one for each condition
        self,
        involves: Annotated[Name, Field(description="an actor, a thing or an instrument")] = None,
        leader: Annotated[Name, Field(description="who leads (牵头)")] = None,
        responsible: Annotated[Name, Field(description="who is responsible (负责)")] = None,
        supporter: Annotated[Name, Field(description="who assists (配合)")] = None,
        about: Annotated[Name, Field(description="a place, product, program or the like")] = None,
        not_involves: Annotated[Name, Field(description="what it must not involve")] = None,
        uses: Annotated[Name, Field(description="a policy instrument, or a class of them")] = None,
        jurisdiction: Annotated[
            Name, Field(description="notices of a place and all below it, such as 辽宁省")
        ] = None,
        due_from: Date = None,
        due_to: Date = None,
        text: Annotated[Name, Field(description="words of its text")] = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Facts:
        """Return the measures that meet every condition given; several names with ; between."""
        conditions = {
            "involves": involves,
            "leader": leader,
            "responsible": responsible,
            "supporter": supporter,
            "about": about,
            "not_involves": not_involves,
            "uses": uses,
            "jurisdiction": jurisdiction,
            "from": due_from,
            "to": due_to,
            "text": text,
        }
        return self._facts("measures", conditions, limit, cursor)

    def ask(
        self,
        question: Annotated[str, Field(min_length=1, max_length=500)],
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Reading:
        """Answer a question in Chinese or English, as 哪些措施涉及省教育厅, or say it cannot."""
        with _told():
            key = {"ask": question}
            skip = decode_cursor(cursor, key)
            answer = answer_question(self._store, question, limit=limit, skip=skip)
            truncated = answer.result is not None and answer.result.truncated
            following = encode_cursor(skip + limit, key) if truncated else None
            page = Rows(tuple(answer.rows), truncated, following, tuple(answer.notes))
            return Reading(
                understood=answer.understood,
                explanation=answer.explanation,
                parameters=dict(answer.parameters),
                examples=list(answer.examples),
                **self._page(answer.query, page),
            )

    def lineage(
        self,
        notice: Annotated[
            str, Field(min_length=1, max_length=200, description="title, 发文字号 or id")
        ],
        direction: Annotated[
            Literal["up", "down"], Field(description="what it derives from, or what from it")
        ] = "up",
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Facts:
        """Return what a notice derives from (实施, 依据, 转发 …) step by step, or what from it."""
        name = "notice_lineage" if direction == "up" else "notice_descendants"
        return self._facts(name, {"notice": notice}, limit, cursor)

    def cooperation(
        self,
        actor: Annotated[str, Field(min_length=1, max_length=200, description="an agency")],
        partner: Annotated[
            Name, Field(description="another; then the measures they share are returned")
        ] = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Facts:
        """Return with whom an agency shares measures, and how many; or those it shares with one."""
        if partner:
            given = {"actor": actor, "partner": partner}
            return self._facts("shared_measures", given, limit, cursor)
        found = self._facts("cooperation", {"actor": actor}, limit, cursor)
        for fact in found.facts:
            fact.evidence = self._shared(fact)
        return found

    def _shared(self, fact: Fact) -> list[Evidence]:
        """Return the words that name both in one of the measures they share."""
        pair = {"actor": fact.values["first_id"], "partner": fact.values["second_id"]}
        with _told():
            rows = run_query(self._store, "shared_measures", {**pair, "limit": 1}).rows
        return [
            item for row in rows for item in self.links.fact(row.model_dump(mode="json")).evidence
        ]

    def _desk(self) -> Desk:
        view = self._store.snapshot()
        return Desk(view, self._settings, view.version(), self._memory)

    def _facts(
        self, name: str, parameters: dict[str, Any], limit: int, cursor: str | None
    ) -> Facts:
        with _told():
            page = self._desk().ask(name, parameters, limit, cursor)
            return Facts(**self._page(name, page))

    def _page(self, name: str | None, page: Rows) -> dict[str, Any]:
        return {
            "query": name,
            "facts": self.links.facts(page),
            "notes": list(page.notes),
            "truncated": page.truncated,
            "next_cursor": page.next_cursor,
        }

    def _relation(self, relation: dict[str, Any]) -> Fact:
        ends = {
            f"{end}_{key}": relation[end][key] for end in ("start", "end") for key in ("id", "name")
        }
        kept = {key: relation[key] for key in ("type", "name", "source", "properties")}
        found = self.links.fact({**(relation["evidence"] or {})})
        return Fact(values={**kept, **ends}, evidence=found.evidence, links=self.links.of_row(ends))


def _cypher_tool(adhoc: AdhocReader, links: Links) -> Callable[..., Statement]:
    def cypher(
        statement: Annotated[str, Field(min_length=1, max_length=LONGEST)],
        parameters: Annotated[
            dict[str, JsonValue] | None, Field(description="values of its $parameters")
        ] = None,
    ) -> Statement:
        """Run one Cypher statement that only reads.

        Nodes: Notice, Section, Measure, Agency, Institution, Place, Product, Program, Platform,
        Instrument, Target. Edges from notices carry notice_id, start, end and quote: return them
        as evidence. Return ids in columns that end in _id to have links.
        """
        with _told():
            _check_caller()
            found = adhoc.run(statement, parameters or {})
        return Statement(
            columns=list(found.columns),
            rows=[dict(row) for row in found.rows],
            truncated=found.truncated,
            links=[links.of_row(row) for row in found.rows],
        )

    return cypher


def _check_caller() -> None:
    """Refuse a caller over HTTP whose key is not for Cypher; over stdio it is the user."""
    try:
        state = get_http_request().state
    except RuntimeError:
        return
    caller: Caller = state.caller
    rates: Rates = state.rates
    if Scope.CYPHER not in caller.allowed:
        raise ToolError("a key with the scope cypher is needed")
    rates.count_cypher(caller)


@contextmanager
def _told() -> Iterator[None]:
    """Tell what we say on purpose; all else is masked."""
    try:
        yield
    except KgError as error:
        raise ToolError(str(error)) from error
    except HTTPException as error:  # too many statements
        raise ToolError(str(error.detail)) from error
