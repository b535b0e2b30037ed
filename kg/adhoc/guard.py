"""The lexical guard: what a statement from outside may be made of, on any engine.

An allow-list where there can be one (first words, procedures, namespaces of functions), and words
that are refused wherever they stand as such; a name that collides can be written in backticks.
"""

from collections.abc import Sequence

from kg.errors import QueryError, StoreRejected
from kg.stores.guard import WRITING, Token, read_tokens

LONGEST = 10_000  # characters
DEEPEST = 60  # brackets within brackets

PROCEDURES = frozenset({"db.labels", "db.relationshiptypes", "db.propertykeys"})
_FIRST = frozenset({"MATCH", "OPTIONAL", "WITH", "UNWIND", "RETURN", "CALL"})
_REFUSED = WRITING | {
    *("SHOW", "TERMINATE", "USE", "CYPHER", "EXPLAIN", "PROFILE", "PERIODIC", "TRANSACTIONS"),
    *("START", "STOP", "ENABLE", "DEALLOCATE", "REALLOCATE", "RENAME", "CSV", "CONCURRENT"),
}
_NAMESPACES = frozenset(
    {"date", "datetime", "localdatetime", "time", "localtime", "duration", "point"}
)
_OPEN, _CLOSE = "([{", ")]}"


def clean_statement(cypher: str) -> str:
    """Return the statement without its comments and final semicolon, if it may be tried.

    Engines do not agree on where comments end, so none sees one.

    Raises:
        QueryError: it may not.
    """
    if len(cypher) > LONGEST:
        raise QueryError(f"the statement has {len(cypher):,} characters; {LONGEST:,} at most")
    try:
        tokens = [*read_tokens(cypher)]
    except StoreRejected as error:
        raise QueryError(str(error)) from error
    _check_pieces(tokens)
    kept = [Token("space", " ") if token.kind == "comment" else token for token in tokens]
    words = [token for token in kept if token.kind != "space"]
    if words and words[-1].text == ";":
        words.pop()
        at = max(at for at, token in enumerate(kept) if token.text == ";")
        kept = kept[:at]
    _check_words(words)
    _check_calls(words)
    return "".join(token.text for token in kept).strip()


def is_name(words: Sequence[Token], at: int) -> bool:
    """Return whether a word is a property, label, parameter or map key of that name."""
    before = words[at - 1].text if at else ""
    after = words[at + 1].text if at + 1 < len(words) else ""
    return before in (".", ":", "$") or (before in ("{", ",") and after == ":")


def _check_pieces(tokens: Sequence[Token]) -> None:
    depth = 0
    for token in tokens:
        text = token.text
        if token.kind in ("string", "name") and (len(text) < 2 or text[-1] != text[0]):
            raise QueryError("a quote is not closed")
        if token.kind == "comment" and text.startswith("/*") and not text.endswith("*/"):
            raise QueryError("a comment is not closed")
        if token.kind == "space" and not set(text) <= set(" \t\r\n"):
            raise QueryError("white space other than blanks, tabs and line ends is not allowed")
        if token.kind == "other" and not (text.isascii() and text.isprintable()):
            raise QueryError(f"the character U+{ord(text):04X} is not allowed outside quotes")
        depth += (text in _OPEN) - (text in _CLOSE)
        if depth > DEEPEST:
            raise QueryError(f"more than {DEEPEST} brackets within each other")


def _check_words(words: Sequence[Token]) -> None:
    if not words:
        raise QueryError("the statement is empty")
    first = words[0].text
    if first.upper() not in _FIRST:
        allowed = ", ".join(sorted(_FIRST))
        raise QueryError(f"a statement begins with one of {allowed}, not with {first[:40]!r}")
    for at, token in enumerate(words):
        if token.text == ";":
            raise QueryError("one statement at a time: ';' is not allowed")
        word = token.text.upper()
        if token.kind == "word" and word in _REFUSED and not is_name(words, at):
            raise QueryError(
                f"the graph is only read here: {word} is not allowed "
                "(as a name, write it in backticks)"
            )


def _check_calls(words: Sequence[Token]) -> None:
    for at, token in enumerate(words):
        if token.text.upper() == "CALL" and token.kind == "word" and not is_name(words, at):
            called = _dotted_after(words, at + 1)
            if called and called.lower() not in PROCEDURES:
                allowed = ", ".join(sorted(PROCEDURES))
                raise QueryError(f"the procedure {called} may not be called; allowed: {allowed}")
        elif token.text == "(" and at:
            _check_function(words, at)


def _check_function(words: Sequence[Token], at: int) -> None:
    """Refuse a function in a namespace that is not Cypher's own, as of plugins, or in quotes."""
    begin = at - 1
    while begin >= 2 and words[begin - 1].text == ".":
        begin -= 2
    name = words[begin:at]
    if any(token.kind == "name" for token in name) and name[-1].kind in ("name", "word"):
        raise QueryError("a function's name is not written in backticks")
    is_call = begin and words[begin - 1].text.upper() == "CALL"
    if len(name) > 1 and not is_call and name[0].text.lower() not in _NAMESPACES:
        called = "".join(token.text for token in name)
        raise QueryError(f"the function {called[:80]} may not be called")


def _dotted_after(words: Sequence[Token], at: int) -> str:
    """Return the name that a CALL calls; empty for a subquery."""
    if at < len(words) and words[at].text in ("{", "("):
        return ""
    end = at
    while end < len(words) and (words[end].kind in ("word", "name") or words[end].text == "."):
        is_over = words[end].text.upper() in ("YIELD", "RETURN")
        if is_over:
            break
        end += 1
    return "".join(token.text for token in words[at:end]) or "(without a name)"
