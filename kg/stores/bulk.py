"""Writes a whole graph as the files that `neo4j-admin database import` takes.

One CSV file for each label and edge type, internal edges included, and `import.args`, which names
them all: `neo4j-admin database import full DATABASE @import.args`, run in the folder, wherever it
has been copied to. It does not ask to overwrite a database: that is for whoever imports to say.
Run `policykg db init` on the server afterwards. The importer keeps no empty list; a node without
one means the same.

Source: Neo4j Operations Manual 5, Import.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import StoreRejected
from kg.ontology import load_ontology
from kg.stores.elements import ATTESTS, name_of
from kg.stores.engine import Transaction
from kg.stores.reading import dump_nodes

_TYPES = {"int": "long", "float": "double", "bool": "boolean", "list": "string[]"}
_SEPARATOR = "\x1f"  # between the elements of a list: no text that people write has it
_ARGUMENTS = (
    "--multiline-fields=true",
    "--array-delimiter=U+001F",
    "--id-type=string",
    "--input-encoding=UTF-8",
)


def write_bulk(tx: Transaction, folder: Path) -> tuple[int, int]:
    """Write the files into a folder, made if missing; return how many nodes and edges there are.

    Raises:
        StoreRejected: the folder holds files already, or a list holds the separator.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise StoreRejected(f"{folder} is not empty; name a new folder")
    ontology = load_ontology()
    arguments = list(_ARGUMENTS)
    nodes = edges = 0
    for label in sorted(ontology.labels):
        if count := _write_nodes(tx, folder / f"{label}.csv", label):
            arguments.append(f"--nodes={label}={label}.csv")
            nodes += count
    for kind in [*sorted(ontology.edges), ATTESTS]:
        if count := _write_edges(tx, folder / f"{kind}.csv", kind):
            arguments.append(f"--relationships={kind}={kind}.csv")
            edges += count
    (folder / "import.args").write_text("".join(f"{a}\n" for a in arguments), encoding="utf-8")
    return nodes, edges


def _write_nodes(tx: Transaction, path: Path, label: str) -> int:
    properties = load_ontology().labels[label].properties
    types = {"name": "text", **{name: spec.type for name, spec in properties.items()}}
    rows = ({"id": node.id, **node.properties} for node in dump_nodes(tx, label))
    return _write(path, {"id": "id:ID(policykg)", **_columns(types)}, rows)


def _write_edges(tx: Transaction, path: Path, kind: str) -> int:
    ends = {"start": ":START_ID(policykg)", "end_node": ":END_ID(policykg)"}
    return _write(path, {**ends, **_columns(_edge_types(kind))}, _edges(tx, kind))


def _edges(tx: Transaction, kind: str) -> Iterator[dict[str, Any]]:
    rows = tx.read(
        f"MATCH (a)-[r:{name_of(kind)}]->(b) "
        "RETURN a.id AS start, b.id AS end_node, properties(r) AS properties"
    )
    for row in rows:
        # `start` is also where a quote begins, so that the ends have names of their own.
        facts = {f"r.{name}": value for name, value in row["properties"].items()}
        yield {"start": row["start"], "end_node": row["end_node"], **facts}


def _edge_types(kind: str) -> dict[str, str]:
    if kind == ATTESTS:
        return {f"r.{name}": "text" for name in ("claimed", "properties", "edges", "fragment")}
    properties = load_ontology().edge_properties(kind)
    return {"r.eid": "text", **{f"r.{name}": spec.type for name, spec in properties.items()}}


def _columns(types: Mapping[str, str]) -> dict[str, str]:
    """Return the header of each column: the property, and its type where that is no text."""
    columns = {}
    for name, kind in types.items():
        suffix = f":{_TYPES[kind]}" if kind in _TYPES else ""
        columns[name] = name.removeprefix("r.") + suffix
    return columns


def _write(path: Path, columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        # What is absent stays unquoted and empty; an empty text is a pair of quotes.
        writer = csv.writer(file, quoting=csv.QUOTE_NOTNULL)
        writer.writerow(columns.values())
        for row in rows:
            if unknown := row.keys() - columns.keys():
                raise StoreRejected(f"{path.stem}: no column holds {sorted(unknown)}")
            writer.writerow([_cell(row.get(name)) for name in columns])
            count += 1
    if not count:
        path.unlink()
    return count


def _cell(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        if any(_SEPARATOR in element for element in value):
            raise StoreRejected("a list holds U+001F, which parts the elements of lists")
        return _SEPARATOR.join(value)
    return str(value)
