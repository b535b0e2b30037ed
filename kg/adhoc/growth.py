"""What a server cannot stop in time: expressions that run long, or grow large, within one row.

A server looks whether time is up between rows, and counts memory of rows it keeps. Measured on
Neo4j 5.26: `RETURN range(1, 1000000000)`, whose one value is written out at once, held the server
for five minutes and took all its memory. So what one expression can do is bounded beforehand.
An embedded database needs none of this: its process is killed.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.adhoc.guard import is_name
from kg.errors import QueryError
from kg.stores.guard import Token, read_tokens

LONGEST_RANGE = 10_000
MOST_GROWTH = 16
"""How many times larger than what was read a value may become by being written down again."""

_UNBOUNDED = frozenset({"REDUCE", "ALLREDUCE", "REPLACE"})
_PREDICATES = frozenset({"ANY", "ALL", "NONE", "SINGLE"})
_PROJECTIONS = frozenset({"WITH", "RETURN", "UNWIND"})
_ENDS = frozenset(
    {"WHERE", "ORDER", "SKIP", "LIMIT", "OFFSET", "MATCH", "OPTIONAL", "UNION", "CALL"}
)
_KEYWORDS = frozenset(
    """
    AND OR XOR NOT IN IS NULL NORMALIZED TRUE FALSE CASE WHEN THEN ELSE END CONTAINS STARTS ENDS
    WITH WHERE AS DISTINCT COUNT EXISTS COLLECT
    """.split()  # noqa: SIM905  a list of strings would be a page
)
_PAIRS = {"(": ")", "[": "]", "{": "}"}


def check_growth(statement: str) -> None:
    """Raise QueryError where one expression of a statement could run long or grow large.

    Args:
        statement: as `clean_statement` returned it.
    """
    words = [token for token in read_tokens(statement) if token.kind != "space"]
    for at, token in enumerate(words):
        following = words[at + 1].text if at + 1 < len(words) else ""
        if token.text == "=" and following == "~":
            raise QueryError("=~ is not allowed on a server; use CONTAINS or STARTS WITH")
        if token.kind == "word" and following == "(" and not is_name(words, at):
            _check_function(words, at)
        if loop := _loop_at(words, at):
            _check_loop(words, *loop)
    _check_repetition(words)


def _check_function(words: Sequence[Token], at: int) -> None:
    name = words[at].text.upper()
    if name in _UNBOUNDED:
        raise QueryError(f"{words[at].text}() is not allowed on a server; use UNWIND")
    if name == "RANGE":
        _check_range(words, at)


def _check_range(words: Sequence[Token], at: int) -> None:
    """Let a range be counted through, never kept: only its ends would be seen to take memory."""
    inside = words[at + 2 : _closing(words, at + 1)]
    text = "".join(token.text for token in inside)
    try:
        numbers = [int(part) for part in text.split(",")]
        length = len(range(numbers[0], numbers[1] + 1, *numbers[2:]))
    except (ValueError, IndexError, TypeError, OverflowError):
        length = LONGEST_RANGE + 1
    before = words[at - 1].text.upper() if at else ""
    if length > LONGEST_RANGE or before not in ("UNWIND", "IN"):
        raise QueryError(
            f"range() is allowed on a server after UNWIND or IN, with whole numbers, for "
            f"{LONGEST_RANGE:,} of them at most"
        )


def _loop_at(words: Sequence[Token], at: int) -> tuple[int, int, str] | None:
    """Return begin, end and variable of a list comprehension or predicate that begins here."""
    opening = at
    if words[at].text.upper() in _PREDICATES and words[at].kind == "word":
        opening = at + 1
        if opening >= len(words) or words[opening].text != "(":
            return None
    elif words[at].text != "[":
        return None
    head = words[opening + 1 : opening + 3]
    if len(head) < 2 or head[0].kind not in ("word", "name") or head[1].text.upper() != "IN":
        return None
    return opening, _closing(words, opening), head[0].text


def _check_loop(words: Sequence[Token], begin: int, end: int, variable: str) -> None:
    if any(_loop_at(words, at) for at in range(begin + 1, end)):
        raise QueryError("a list within a list is not allowed on a server; use UNWIND")
    body = next((at for at in range(begin, end) if words[at].text.upper() in ("WHERE", "|")), end)
    others = {root for root, _ in _references(words, body, end)} - {variable}
    if others:
        raise QueryError(
            f"within a list over {variable} only {variable} may be named on a server, not "
            f"{', '.join(sorted(others))}; use UNWIND"
        )


def _check_repetition(words: Sequence[Token]) -> None:
    """Bound how many times a value can hold itself: WITH [l, l] AS l, again and again."""
    growth = 1
    at = 0
    while at < len(words):
        begin, at = at, at + 1
        if not _is_projection(words, begin):
            continue
        while at < len(words) and not (_is_projection(words, at) or _is_end(words, at)):
            at += 1
        growth *= _repetition(words, begin + 1, at)
        if growth > MOST_GROWTH:
            raise QueryError(
                "the statement names the same values again and again, which is not allowed on a "
                "server: they could grow beyond its memory"
            )


def _repetition(words: Sequence[Token], begin: int, end: int) -> int:
    """Return how often the same value is named at most."""
    whole: Counter[str] = Counter()
    parts: Counter[tuple[str, str]] = Counter()
    for root, part in _references(words, begin, end):
        if part:
            parts[root, part] += 1
        else:
            whole[root] += 1
    most = dict(whole)
    for (root, _), times in parts.items():
        most[root] = max(most.get(root, 0), whole[root] + times)
    return max(most.values(), default=1)


def _references(words: Sequence[Token], begin: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield the variables and parameters named, each with its property if it is one's."""
    for at in range(begin, end):
        token = words[at]
        before = words[at - 1].text if at else ""
        after = words[at + 1].text if at + 1 < len(words) else ""
        if token.kind not in ("word", "name") or after in ("(", ":"):
            continue
        if before in (".", "") or before.upper() == "AS" or _is_label(words, at):
            continue
        if token.kind == "word" and token.text.upper() in _KEYWORDS and before != "$":
            continue
        part = words[at + 2].text if after == "." and at + 2 < len(words) else ""
        yield token.text, part


def _is_label(words: Sequence[Token], at: int) -> bool:
    """Return whether a word is a label, as in n:Agency, and no value of a map's key."""
    if at < 3 or words[at - 1].text != ":":
        return False
    return words[at - 3].text not in ("{", ",")


def _is_projection(words: Sequence[Token], at: int) -> bool:
    word = words[at].text.upper()
    if words[at].kind != "word" or word not in _PROJECTIONS or is_name(words, at):
        return False
    return not (word == "WITH" and at and words[at - 1].text.upper() in ("STARTS", "ENDS"))


def _is_end(words: Sequence[Token], at: int) -> bool:
    """Return whether a projection ends here; a WHERE in brackets is that of a list."""
    token = words[at]
    if token.kind != "word" or token.text.upper() not in _ENDS or is_name(words, at):
        return False
    return token.text.upper() != "WHERE" or _depth(words, at) == 0


def _depth(words: Sequence[Token], at: int) -> int:
    """Return how many square brackets are open."""
    texts = [token.text for token in words[:at]]
    return texts.count("[") - texts.count("]")


def _closing(words: Sequence[Token], opening: int) -> int:
    """Return where a bracket closes; the end of the statement if it does not."""
    begin, end = words[opening].text, _PAIRS[words[opening].text]
    depth = 0
    for at in range(opening, len(words)):
        depth += (words[at].text == begin) - (words[at].text == end)
        if depth == 0:
            return at
    return len(words)
