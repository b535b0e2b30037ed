"""Refuses Cypher that would write, read files or call procedures.

Portable and lexical: it judges words outside strings, comments and quoted names. It is one of
several barriers: the handle it guards is read-only, or its transaction is rolled back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.errors import StoreRejected

LONGEST = 100_000  # characters of a statement; values belong into parameters

WRITING = frozenset(
    (
        *("CREATE", "MERGE", "DELETE", "DETACH", "SET", "REMOVE", "DROP", "INSERT", "ALTER"),
        *("LOAD", "FOREACH", "GRANT", "REVOKE", "DENY"),
    )
)
# Words people also use as names; nothing but a clause can begin a statement, though.
_AT_START = frozenset(
    (
        *("START", "STOP", "TERMINATE", "USE", "SESSION", "BACKUP", "RESTORE", "IMPORT"),
        *("COPY", "BEGIN", "COMMIT", "ROLLBACK"),
    )
)
# One alternative eats each kind of token to its end (or to the end of the text, if it is not
# closed), so that time is linear whatever the text.
_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<string>'(?:[^'\\]|\\(?:.|\Z))*(?:'|\Z)|"(?:[^"\\]|\\(?:.|\Z))*(?:"|\Z))
    |(?P<name>`[^`]*(?:`|\Z))
    |(?P<number>\d\w*(?:\.(?!\.)\w*)?)
    |(?P<word>\w+)
    |(?P<other>\.\.|.)""",
    re.DOTALL | re.VERBOSE,
)
_LONE_RETURN = re.compile(r"\r(?!\n)")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a statement; `kind` is the name of its alternative in the pattern above."""

    kind: str
    text: str


@lru_cache(maxsize=256)  # the same statements are run again and again
def check_read_only(cypher: str) -> None:
    """Raise StoreRejected unless the text is one statement that only reads.

    Args:
        cypher: the statement; a semicolon at its very end is allowed.
    """
    tokens = [token for token in read_tokens(cypher) if token.kind not in ("space", "comment")]
    while tokens and tokens[-1].text == ";":
        tokens.pop()
    if not tokens:
        raise StoreRejected("the statement is empty")
    # what is in quotes is no word
    texts = ["''" if token.kind in ("string", "name") else token.text for token in tokens]
    for before, token, after in zip(["", *texts], texts, [*texts[1:], ""], strict=False):
        if token == ";":
            raise StoreRejected("one statement at a time: ';' is not allowed")
        if before in (".", ":", "$") or after == ":":
            continue  # a property, label, parameter or map key of that name
        word = token.upper()
        if word in WRITING or (word in _AT_START and not before):
            raise StoreRejected(f"the graph is only read here: {word} is not allowed")
        if word == "CALL" and after not in ("{", "("):
            raise StoreRejected("the graph is only read here: procedures cannot be called")


def read_tokens(cypher: str) -> Iterator[Token]:
    """Yield the pieces of a statement, white space and comments included; they join to the whole.

    Raises:
        StoreRejected: it is too long, or engines would not agree on where its pieces end.
    """
    if len(cypher) > LONGEST:
        raise StoreRejected(f"the statement has {len(cypher):,} characters; {LONGEST:,} at most")
    if _LONE_RETURN.search(cypher):  # ends a comment in Neo4j, and goes on in it in Grafeo
        raise StoreRejected("a carriage return without a line feed is not allowed")
    if "\\u" in cypher or "\\U" in cypher:  # Neo4j reads \\u0027 as a quote before all else
        raise StoreRejected(r"\u escapes are not allowed: write the character, or pass a parameter")
    for match in _TOKEN.finditer(cypher):
        yield Token(match.lastgroup or "other", match.group())
