"""The process in which one embedded database answers ad-hoc statements, one at a time.

It reads a line of JSON for each statement and writes a line for each answer. Once the database is
open it can open no other file, write none, and take no more memory than it was given; its parent
kills it when time is up.

    python -c 'from kg.adhoc.worker import main; main()' PATH MEMORY SECONDS
"""

import json
import math
import os
import resource
import sys
from pathlib import Path
from typing import Any

import grafeo

from kg.adhoc.types import Table
from kg.adhoc.values import collect_rows

_STANDARD_STREAMS = 3
_NICENESS = 10  # others are served first
_SPARE_SECONDS = 5
# What is imported at the first value of a kind could not be imported later.
_REHEARSAL = {
    "cypher": "RETURN $known AS known, date() AS day, datetime() AS now, duration('P1D') AS span",
    "parameters": {"known": [1, 1.5, "x", None, True, {"a": []}]},
    "rows": 1,
    "size": 1_000,
}
_INTERNAL = frozenset({"_id", "_labels", "_source", "_target", "_type"})


def main() -> None:
    """Answer until the input ends."""
    path, memory, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    os.nice(_NICENESS)
    database = grafeo.GrafeoDB.open_read_only(path)
    answer(database, _REHEARSAL)
    _confine(memory)
    _write({"ready": True})
    for line in sys.stdin:
        _allow_time(seconds)
        try:
            found = answer(database, json.loads(line))
        except MemoryError:
            _write({"memory": True})
        except grafeo.GrafeoError as error:
            _write({"error": str(error)})
        except (ValueError, TypeError, OverflowError) as error:  # a parameter of a foreign kind
            _write({"error": str(error)})
        else:
            _write({"columns": found.columns, "rows": found.rows, "truncated": found.truncated})


def answer(database: Any, question: dict[str, Any]) -> Table:
    """Return the rows of a statement, as many as are wanted."""
    result = database.execute_cypher(question["cypher"], question["parameters"])
    limits = question["rows"], question["size"]
    return collect_rows(result.columns, (dict(row) for row in result), limits, _simplify)


def _simplify(value: Any) -> Any:
    """Return a node or an edge as Neo4j's is given, without the engine's own numbers."""
    if not isinstance(value, dict):
        return value
    properties = {key: item for key, item in value.items() if key not in _INTERNAL}
    if "_labels" in value:
        return {"labels": value["_labels"], "properties": properties}
    if "_type" in value:
        return {"type": value["_type"], "properties": properties}
    return value


def _confine(memory: int) -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + memory)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    # the lowest free number is never below it, so nothing can be opened any more
    _limit(resource.RLIMIT_NOFILE, _STANDARD_STREAMS)


def _limit(kind: int, most: int) -> None:
    resource.setrlimit(kind, (most, most))


def _allow_time(seconds: float) -> None:
    """End this process soon after its parent should have, should that be gone."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime + seconds) + _SPARE_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def _write(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    sys.stdout.flush()
