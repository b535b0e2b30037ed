"""What a catalogued query is: its parameters, its rows, and how it is answered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import batched
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from kg.errors import QueryError
from kg.store import Row as StoreRow
from kg.store import Store

type ParameterType = Literal["text", "int", "bool", "date"]
type Argument = str | int | bool | None
type Arguments = Mapping[str, Argument]
type Answerer = Callable[[Store, Arguments], "Found"]

BATCH = 1_000  # rows in one UNWIND; more slow every engine down
MAX_LIMIT = 1_000
DEFAULT_LIMIT = 100
MAX_SKIP = 100_000
EVERY_ROW = 10**9  # as `fetch`, for answers that are counted and not shown
MAX_TEXT = 1_000  # code points of a text parameter; the longest titles of notices have some 200


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query may be asked with.

    Attributes:
        name: as written by the caller and in the Cypher.
        type: `text`, `int`, `bool`, or `date` (an ISO prefix: 2025, 2025-06 or 2025-06-30).
        summary_zh: what it means, in Chinese.
        summary_en: what it means, in English.
        required: whether the query makes no sense without it.
        default: the value when it is not given; None means no restriction.
        values: the only values allowed, if there are such.
        minimum: least whole number, or fewest characters.
        maximum: greatest whole number, or most characters.
    """

    name: str
    type: ParameterType
    summary_zh: str
    summary_en: str
    required: bool = False
    default: Argument = None
    values: tuple[str, ...] | None = None
    minimum: int = 1
    maximum: int = MAX_TEXT


LIMIT = Parameter(
    "limit",
    "int",
    "最多返回的行数",
    "most rows returned",
    default=DEFAULT_LIMIT,
    maximum=MAX_LIMIT,
)
SKIP = Parameter(
    "skip",
    "int",
    "跳过的行数，用于翻页",
    "rows passed over, to page on",
    default=0,
    minimum=0,
    maximum=MAX_SKIP,
)


class Row(BaseModel):
    """Base of every row: frozen, and a column it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class EvidenceRow(Row):
    """A row that states a fact read from a notice.

    Attributes:
        notice_id: the notice that says so.
        notice_title: its title.
        quote: its words, equal to text[start:end] of the notice.
        start: where the quote begins, in code points of the notice's stored text.
        end: where it ends, exclusive.
        eid: id of the edge that holds the fact.
    """

    notice_id: str
    notice_title: str
    quote: str
    start: int
    end: int
    eid: str


def column_names(row: type[Row]) -> list[str]:
    """Return the columns of a row type, its own before those of the row types it builds on."""
    names: dict[str, None] = {}
    for cls in row.__mro__:
        own = cls.__annotations__ if issubclass(cls, Row) else {}
        names.update(dict.fromkeys(name for name in own if name in row.model_fields))
    return list(names)


@dataclass(frozen=True, slots=True)
class Found:
    """What an answerer fetched: rows from `skip` on, at least `fetch` of them if there are so many.

    Attributes:
        rows: one more than the limit, if there are so many; the keys are the row type's fields.
        notes: what a reader must know, e.g. which agencies a relative name matched.
    """

    rows: list[StoreRow]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """An entry of the catalogue; its Cypher is `<name>.cypher` beside its module.

    Attributes:
        name: also the name of its two files.
        summary_zh: what it answers, in Chinese.
        summary_en: what it answers, in English.
        own_parameters: its parameters, besides `limit` and `skip`, which every query has.
        row: type of its rows.
        example: parameters that can be tried on the sample graph.
        answer: fetches the rows where that takes more than running the Cypher once, such as
            resolving names first; it receives every parameter and `fetch` (limit + 1).
    """

    name: str
    summary_zh: str
    summary_en: str
    own_parameters: tuple[Parameter, ...]
    row: type[Row]
    example: Mapping[str, Argument]
    answer: Answerer | None = None

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Its own parameters, then `limit` and `skip`."""
        return (*self.own_parameters, LIMIT, SKIP)

    @property
    def cypher(self) -> str:
        """The text of its Cypher file."""
        return read_cypher(self.name)


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Typed rows; `truncated` tells that the limit cut them and `skip` would show more."""

    rows: tuple[Row, ...]
    truncated: bool
    notes: tuple[str, ...] = ()


@cache
def read_cypher(name: str) -> str:
    """Return the text of a Cypher file of this package.

    Raises:
        QueryError: there is no such file.
    """
    file = files("queries") / f"{name}.cypher"
    if not file.is_file():
        raise QueryError(f"no Cypher file {name}.cypher")
    return file.read_text(encoding="utf-8")


def run_file(store: Store, name: str, parameters: Mapping[str, Any]) -> list[StoreRow]:
    """Run one Cypher file of this package and return the rows as the engine gave them."""
    return store.run(read_cypher(name), parameters)


def run_for_ids(store: Store, name: str, ids: Sequence[str]) -> list[StoreRow]:
    """Run a Cypher file that unwinds `ids` over any number of them."""
    rows: list[StoreRow] = []
    for batch in batched(ids, BATCH):
        rows += run_file(store, name, {"ids": list(batch)})
    return rows
