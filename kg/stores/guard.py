"""Refuses Cypher that would write, read files or call procedures.

Portable and lexical: it judges words outside strings, comments and quoted names. It is one of
several barriers: the handle it guards is read-only, or its transaction is rolled back.
"""

import re
from collections.abc import Iterator

from kg.errors import StoreRejected

LONGEST = 100_000  # characters of a statement; values belong into parameters

_ALWAYS = frozenset(
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
    r"""(?P<skip>\s+|//[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<quoted>'(?:[^'\\]|\\.)*(?:'|\Z)|"(?:[^"\\]|\\.)*(?:"|\Z)|`[^`]*(?:`|\Z))
    |(?P<number>\d\w*(?:\.(?!\.)\w*)?)
    |(?P<word>\w+)
    |(?P<other>.)""",
    re.DOTALL | re.VERBOSE,
)


def check_read_only(cypher: str) -> None:
    """Raise StoreRejected unless the text is one statement that only reads.

    Args:
        cypher: the statement; a semicolon at its very end is allowed.
    """
    if len(cypher) > LONGEST:
        raise StoreRejected(f"the statement has {len(cypher):,} characters; {LONGEST:,} at most")
    tokens = [*_tokens(cypher)]
    while tokens and tokens[-1] == ";":
        tokens.pop()
    if not tokens:
        raise StoreRejected("the statement is empty")
    for before, token, after in zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False):
        if token == ";":
            raise StoreRejected("one statement at a time: ';' is not allowed")
        if before in (".", ":", "$") or after == ":":
            continue  # a property, label, parameter or map key of that name
        word = token.upper()
        if word in _ALWAYS or (word in _AT_START and not before):
            raise StoreRejected(f"the graph is only read here: {word} is not allowed")
        if word == "CALL" and after not in ("{", "("):
            raise StoreRejected("the graph is only read here: procedures cannot be called")


def _tokens(cypher: str) -> Iterator[str]:
    for match in _TOKEN.finditer(cypher):
        if match.lastgroup != "skip":
            yield "''" if match.lastgroup == "quoted" else match.group()
