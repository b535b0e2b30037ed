"""Questions in Chinese and English, answered by queries of the catalogue.

Every answer says which query it took the question for and with which parameters, so that a program
can run it again; what is not understood is said to be so, with questions that are.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.errors import QueryError
from kg.store import Store
from queries.catalogue import find_query, run_query
from queries.grammar import Intent, read_question, tidy_name
from queries.names import (
    Match,
    find_actors,
    find_instruments,
    find_measures,
    find_notices,
    find_subjects,
)
from queries.types import Argument, QueryResult, Row

MAX_QUESTION = 500  # code points

EXAMPLES = (
    "谁牵头加强地理标志保护？",
    "盘锦大米由谁负责？",
    "哪些措施涉及省教育厅？",
    "省教育厅牵头哪些措施？",
    "哪些措施支持盘锦大米？",
    "盘锦市有哪些措施？",
    "辽宁省地理标志运用促进实施方案的依据是什么？",
    "哪些通知依据知识产权强国建设纲要(2021—2035年)？",
    "省知识产权局印发了哪些通知？",
    "2025年底前要完成哪些措施？",
    "谁和省教育厅合作？",
    "who leads 加强地理标志保护?",
    "which measures involve 省教育厅?",
    "what is 省教育厅 responsible for?",
    "what does 辽宁省地理标志运用促进实施方案 derive from?",
    "which measures are due by 2025-06?",
)

# 谁负责 is often asked where the notice names a leader and supporters only.
_ROLE_NOTE = "没有这一角色，列出全部角色 no such role here, so all roles are listed"
_STAND_INS: Mapping[str, Argument] = {"units": True, "collectives": True}
# 国家知识产权局 itself may have no role where its 运用促进司 has one.
_STAND_IN_NOTE = (
    "列出其内设机构和所属集合主体的措施 listed are those of its units and of collectives with it"
)

type _Reading = tuple[str, Mapping[str, Argument]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was understood of a question, and what the graph says.

    Attributes:
        question: as asked.
        query: name of the catalogue's query it was taken for; None if it was not understood.
        parameters: those given to the query, the defaults left out.
        result: the query's rows and notes; None if the question was not understood.
        explanation: for people, in Chinese and English.
        examples: questions that are understood, where this one was not.
    """

    question: str
    query: str | None
    parameters: Mapping[str, Argument]
    result: QueryResult | None
    explanation: str
    examples: tuple[str, ...] = ()

    @property
    def understood(self) -> bool:
        """Whether the question has a form that is known."""
        return self.query is not None

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the result; none if the question was not understood."""
        return self.result.rows if self.result else ()

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes of the result."""
        return self.result.notes if self.result else ()


def ask(
    store: Store, question: str, *, limit: int | None = None, skip: int | None = None
) -> Answer:
    """Answer a question, or say that it is not understood.

    Args:
        store: the graph.
        question: in Chinese or English.
        limit: most rows; the query's own default if None.
        skip: rows passed over, to page on.

    Raises:
        QueryError: the question is too long, or limit or skip is out of bounds.
        StoreError: the store could not answer.
    """
    if len(question) > MAX_QUESTION:
        raise QueryError(f"a question has at most {MAX_QUESTION} characters, not {len(question)}")
    reading = _read(store, question)
    if reading is None:
        return Answer(question, None, {}, None, _explain_nothing(question), EXAMPLES)
    name, parameters = reading
    asked = {key: value for key, value in parameters.items() if value is not None}
    given, note = _widen(store, name, asked)
    result = run_query(store, name, {**given, "limit": limit, "skip": skip})
    if note:
        result = replace(result, notes=(*result.notes, note))
    return Answer(question, name, given, result, _explain(name, given))


def _widen(
    store: Store, name: str, given: Mapping[str, Argument]
) -> tuple[Mapping[str, Argument], str]:
    """Return the parameters, or the first wider ones that have rows where these have none.

    What a page shows must not depend on where it begins, so no page is looked at here.
    """
    wider_ones = [*_wider_questions(name, given)]
    if wider_ones and not _has_rows(store, name, given):
        for wider, note in wider_ones:
            if _has_rows(store, name, wider):
                return wider, note
    return given, ""


def _has_rows(store: Store, name: str, given: Mapping[str, Argument]) -> bool:
    return bool(run_query(store, name, {**given, "limit": 1}).rows)


def _wider_questions(
    name: str, given: Mapping[str, Argument]
) -> Iterator[tuple[Mapping[str, Argument], str]]:
    stand_ins = _STAND_INS if name == "measures_by_actor" else {}
    if stand_ins:
        yield {**given, **stand_ins}, _STAND_IN_NOTE
    if "role" in given:
        anyone = {key: value for key, value in given.items() if key != "role"}
        yield anyone, _ROLE_NOTE
        if stand_ins:
            yield {**anyone, **stand_ins}, f"{_ROLE_NOTE}; {_STAND_IN_NOTE}"


def _read(store: Store, question: str) -> _Reading | None:
    intent = read_question(question)
    return _READERS[intent.kind](store, intent) if intent else _read_bare(store, question)


def _read_who(store: Store, intent: Intent) -> _Reading:
    name = intent.name
    subjects, measures = find_subjects(store, name), find_measures(store, name)
    if not subjects and not measures:
        name = _without_filler(name)
        subjects, measures = find_subjects(store, name), find_measures(store, name)
    if _is_exact(subjects) or (subjects and not measures):
        return "actors_about", {"subject": name, "role": intent.role}
    return "actors_of_measure", {"measure": name, "role": intent.role}


def _read_by_actor(store: Store, intent: Intent) -> _Reading:
    return "measures_by_actor", {"actor": intent.name, "role": intent.role}


def _read_about(store: Store, intent: Intent) -> _Reading | None:
    name = intent.name
    actors = [match for match in find_actors(store, name) if match.label == "Agency"]
    subjects = find_subjects(store, name, _THINGS)
    if _is_exact(actors) and intent.relation is None:
        return "measures_by_actor", {"actor": name}
    if _is_exact(subjects):
        return "measures_about", {"subject": name, "relation": intent.relation}
    if actors:
        return "measures_by_actor", {"actor": name}
    instruments = find_instruments(store, name)
    if _is_exact(instruments):
        return "measures_by_instrument", {"instrument": name}
    if subjects and intent.relation is not None:
        return "measures_about", {"subject": name, "relation": intent.relation}
    return _read_words(store, name, subjects)


def _read_words(store: Store, name: str, subjects: list[Match]) -> _Reading | None:
    """Take words that name nothing exactly for words of the text, or for a part of a name."""
    if len(name) < 2:
        return None
    in_text: _Reading = ("search", {"text": name, "where": "text"})
    if subjects and not _has_rows(store, *in_text):
        return "measures_about", {"subject": name}
    return in_text


def _read_of(store: Store, intent: Intent) -> _Reading | None:
    if _is_exact(find_notices(store, intent.name)):
        return "notice", {"notice": intent.name}
    return _read_about(store, intent)


def _read_uses(store: Store, intent: Intent) -> _Reading:
    return "measures_by_instrument", {"instrument": intent.name}


def _read_due(store: Store, intent: Intent) -> _Reading:
    return "measures_by_deadline", {"from": intent.first, "to": intent.last}


def _read_ongoing(store: Store, intent: Intent) -> _Reading:
    return "measures_by_deadline", {"ongoing": True}


def _read_issued(store: Store, intent: Intent) -> _Reading:
    return "notices_by_issuer", {"issuer": intent.name}


def _read_lineage(store: Store, intent: Intent) -> _Reading:
    return "notice_lineage", {"notice": intent.name}


def _read_descendants(store: Store, intent: Intent) -> _Reading:
    return "notice_descendants", {"notice": intent.name}


def _read_partners(store: Store, intent: Intent) -> _Reading:
    return "cooperation", {"actor": intent.name}


def _read_search(store: Store, intent: Intent) -> _Reading | None:
    return ("search", {"text": intent.name}) if len(intent.name) > 1 else None


_FILLER = re.compile(r"的?(?:这项|这一|该项)?(?:措施|工作|任务)$")
_THINGS = ("Place", "Product", "Program", "Institution", "Platform")
_READERS: Mapping[str, Callable[[Store, Intent], _Reading | None]] = {
    "who": _read_who,
    "by_actor": _read_by_actor,
    "about": _read_about,
    "of": _read_of,
    "uses": _read_uses,
    "due": _read_due,
    "ongoing": _read_ongoing,
    "issued": _read_issued,
    "lineage": _read_lineage,
    "descendants": _read_descendants,
    "partners": _read_partners,
    "search": _read_search,
}


def _read_bare(store: Store, question: str) -> _Reading | None:
    """Take a name alone, such as 盘锦大米, for the question which measures involve it."""
    name = tidy_name(question)
    if len(name) < 2:
        return None
    known = find_actors(store, name) or find_subjects(store, name, _THINGS)
    if known and known[0].how != "part":
        return _read_about(store, Intent("about", name))
    return None


def _without_filler(name: str) -> str:
    return tidy_name(_FILLER.sub("", name))


def _is_exact(matches: list[Match]) -> bool:
    return bool(matches) and matches[0].how in ("id", "name", "alias")


def _explain(name: str, parameters: Mapping[str, Argument]) -> str:
    query = find_query(name)
    given = ", ".join(f"{key}={_written(value)}" for key, value in parameters.items())
    return f"理解为 understood as: {name}({given})  {query.summary_zh} / {query.summary_en}"


def _written(value: Argument) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _explain_nothing(question: str) -> str:
    return (
        f"没有看懂「{question.strip()}」 this question is not understood; try one of the examples"
    )
