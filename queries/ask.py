"""Questions in Chinese and English, answered by queries of the catalogue.

Every answer says which query it took the question for and with which parameters, so that a program
can run it again; what is not understood is said to be so, with questions that are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kg.errors import QueryError
from kg.store import Store
from queries.catalogue import find_query, run_query
from queries.grammar import MAX_QUESTION, read_question, read_untimed
from queries.questions.examples import EXAMPLES, fitting_examples
from queries.questions.naming import is_known
from queries.questions.readings import Puzzle, Reading, read_bare, read_intent
from queries.questions.wider import count_rows, explain_count, widen
from queries.types import Argument, QueryResult, Row

__all__ = ["EXAMPLES", "MAX_QUESTION", "Answer", "ask"]


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
        told = f"a question has at most {MAX_QUESTION} characters, not {len(question)}"
        raise QueryError(f"问题过长 {told}")
    reading = _read(store, question)
    if isinstance(reading, Reading):
        return _answer(store, question, reading, {"limit": limit, "skip": skip})
    why = reading.why if reading else ""
    return Answer(
        question, None, {}, None, _explain_nothing(question, why), fitting_examples(question)
    )


def _read(store: Store, question: str) -> Reading | Puzzle | None:
    untimed = read_untimed(question)
    if untimed and untimed.name and is_known(store, untimed.name):
        return read_intent(store, untimed)  # the year belongs to the name
    intent = read_question(question)
    return read_intent(store, intent) if intent else read_bare(store, question)


def _answer(store: Store, question: str, reading: Reading, page: Mapping[str, Argument]) -> Answer:
    name = reading.query
    asked = {key: value for key, value in reading.parameters.items() if value is not None}
    given, direct = widen(store, name, asked)
    result = run_query(store, name, {**given, **page})
    if name == "measure_count":
        # Asked anew: a page behind the only row has none.
        rows = run_query(store, name, given).rows
        count = rows[0].model_dump()["measures"] if rows else None
        direct = explain_count(store, given, count) if rows else ()
    elif reading.is_count:
        direct = (*direct, count_rows(store, name, given))
    result = replace(result, notes=(*direct, *result.notes, *reading.notes))
    return Answer(question, name, given, result, _explain(name, given, direct))


def _explain(name: str, parameters: Mapping[str, Argument], direct: tuple[str, ...]) -> str:
    query = find_query(name)
    given = ", ".join(f"{key}={_written(value)}" for key, value in parameters.items())
    taken = f"理解为 understood as: {name}({given})  {query.summary_zh} / {query.summary_en}"
    return "\n".join([*direct[:1], taken])


def _written(value: Argument) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _explain_nothing(question: str, why: str) -> str:
    reason = f"{why}; " if why else ""
    return (
        f"没有看懂「{question.strip()}」 this question is not understood; {reason}"
        "try one of the examples"
    )
