"""Ad-hoc Cypher from users, which is hostile: several barriers, each enough for most of it.

A lexical guard for every engine; then for the embedded one a process of its own that cannot open
files, with an address-space limit and a wall-clock kill; for a server a transaction that only
reads, which the server ends in time, after an EXPLAIN of which every operator must be known.
"""

from kg.adhoc.opening import open_adhoc
from kg.adhoc.types import AdhocReader, Limits, Table

__all__ = ["AdhocReader", "Limits", "Table", "open_adhoc"]
