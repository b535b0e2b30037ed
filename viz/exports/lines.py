"""Tables as JSON lines, and the graph itself in the interchange format."""

import json
from collections.abc import Sequence
from pathlib import Path

from kg.jsonl import format_edge, format_node
from queries.subgraph import Subgraph
from queries.types import Row, column_names


class LinesFile:
    """A file of one JSON object for each row of one type."""

    suffix = ".jsonl"

    def __init__(self, path: Path, row: type[Row]) -> None:
        self._columns = column_names(row)
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def write(self, rows: Sequence[Row]) -> None:
        """Append rows."""
        for row in rows:
            values = {name: getattr(row, name) for name in self._columns}
            self._file.write(json.dumps(values, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


class GraphLines:
    """The graph as JSON lines: a node stands before the edges that use it."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def write(self, part: Subgraph) -> None:
        """Append a batch."""
        nodes = (format_node(n) for i, n in part.nodes.items() if i in part.fresh)
        self._file.writelines(f"{line}\n" for line in nodes)
        self._file.writelines(f"{format_edge(edge)}\n" for edge in part.edges)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()
