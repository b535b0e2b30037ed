"""The shapes of what the server answers, and of what may be asked; all of it is plain JSON."""

from collections.abc import Sequence
from typing import Any, Literal, TypedDict

type Names = str | Sequence[str]
"""A name, or several that must all be met: canonical, alias, relative (省教育厅), or an id."""
type Role = Literal["LEADS", "RESPONSIBLE_FOR", "SUPPORTS"]
type Part = Literal["leader", "responsible", "supporter", "actor", "instrument", "deadline"]


class Conditions(TypedDict, total=False):
    """Conditions on measures, all of which must be met; `class_` is the parameter `class`."""

    involves: Names
    role: Role
    about: Names
    place: Names
    product: Names
    program: Names
    institution: Names
    platform: Names
    instrument: Names
    class_: Literal["supply", "environment", "demand"]
    not_involves: Names
    has: Part
    lacks: Part
    notice: str
    issuer: str
    jurisdiction: str
    issued_from: str
    issued_to: str
    due_from: str
    due_to: str
    ongoing: bool
    q: str
    sort: str
    fields: Sequence[str]
    page_size: int


class ThingConditions(Conditions, total=False):
    """Conditions on measures, and on what they are joined to."""

    kind: str
    level: str
    code: str
    category: str
    unit: str
    comparator: str


class NoticeConditions(Conditions, total=False):
    """Conditions on measures, and on notices."""

    status: Literal["loaded", "cited"]
    kind: str


class Evidence(TypedDict):
    """The words a fact rests on: `text[start:end] == quote` in the notice's text."""

    notice_id: str
    notice_title: str
    issued_on: str | None
    start: int
    end: int
    quote: str
    confidence: float | None


class Fact(TypedDict):
    """What joins a measure to somebody or something."""

    type: str
    id: str
    label: str
    name: str
    is_role: bool
    eid: str
    evidence: Evidence


class Measure(TypedDict, total=False):
    """A measure; with `fields`, only those that were asked for. `text` comes with a single one."""

    id: str
    title: str
    text: str
    path: str
    due_on: str | None
    ongoing: bool | None
    due_text: str | None
    issued_on: str | None
    jurisdiction: str | None
    notice_id: str
    notice_title: str
    leaders: list[str]
    responsible: list[str]
    supporters: list[str]
    about: list[str]
    instruments: list[str]
    evidence: Evidence | None
    facts: list[Fact]
    relations: list[dict[str, Any]]


class Notice(TypedDict, total=False):
    """A notice; `text` and `relations` come with a single one."""

    id: str
    title: str
    document_number: str | None
    kind: str | None
    jurisdiction: str | None
    issued_on: str | None
    published_on: str | None
    status: Literal["loaded", "cited"]
    measures: int | None
    issued_by: list[Fact]
    text: dict[str, Any]
    relations: list[dict[str, Any]]


class Thing(TypedDict, total=False):
    """An agency, place, product …, with some of the properties that things of its label have."""

    id: str
    label: str
    name: str
    aliases: list[str] | None
    kind: str | None
    level: str | None
    measures: int
    notices: int
    measure_id: str | None
    facts: list[Fact]
    relations: list[dict[str, Any]]


class Answer(TypedDict):
    """What a question was taken for, and the rows that answer it."""

    question: str
    understood: bool
    query: str | None
    parameters: dict[str, Any]
    explanation: str
    rows: list[dict[str, Any]]
    examples: list[str]
    truncated: bool
    next_cursor: str | None
    notes: list[str]
