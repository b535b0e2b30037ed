"""Score an extraction against reference annotations.

A gold folder holds for each notice NNN its annotations `NNN.tsv`, a line each of
path, relation, value with #tags, quote; its text `NNN.txt` (or .html …), there or in a folder
of notices; and `aliases.tsv`, whose lines each list the accepted names of one thing.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.errors import SourceError
from kg.types import GraphFragment, Node
from loaders.scoring import ABOUT, RELATIONS, ROLES, Aliases, Fact, Score, score_facts

_TAG = re.compile(r" #([a-z]+)(?= #|$)")

type Extractor = Callable[[bytes, str], GraphFragment]


def evaluate_folder(
    gold: Path, extract: Extractor, notices: Path | None = None
) -> tuple[Score, ...]:
    """Return the score of every relation over the notices of a gold folder.

    Args:
        gold: the folder of annotations.
        extract: reads the bytes of a notice, given its address, into a fragment.
        notices: where to look for a notice's text that is not in `gold`.

    Raises:
        SourceError: there are no annotations, one is not in the format, or a notice is missing.
    """
    annotated = sorted(p for p in gold.glob("*.tsv") if p.name != "aliases.tsv")
    if not annotated:
        raise SourceError(str(gold), "has no annotations (NNN.tsv)")
    wanted: list[Fact] = []
    found: list[Fact] = []
    for path in annotated:
        wanted += read_gold(path)
        source = _find_notice(path.stem, gold, notices)
        found += read_fragment(path.stem, extract(source.read_bytes(), str(source)))
    return score_facts(wanted, found, read_aliases(gold / "aliases.tsv"))


def read_gold(path: Path) -> list[Fact]:
    """Return the facts of one annotation file; a TITLE line also gives its PATH.

    Raises:
        SourceError: a line is not in the format, or its relation is unknown.
    """
    facts: list[Fact] = []
    for number, line in enumerate(_read_text(path).splitlines(), 1):
        if not line.strip():
            continue
        fields = line.split("\t")
        if len(fields) != 4:
            raise SourceError(str(path), f"line {number} has {len(fields)} fields, not 4")
        where, relation, tagged, quote = fields
        if relation not in RELATIONS:
            known = ", ".join(RELATIONS)
            raise SourceError(
                str(path), f"line {number}: unknown relation {relation}; known: {known}"
            )
        value = _TAG.sub("", tagged)
        optional = "optional" in _TAG.findall(tagged)
        facts.append(Fact(path.stem, where, relation, value, quote, optional))
        if relation == "TITLE":
            facts.append(Fact(path.stem, where, "PATH", where, quote, optional))
    return facts


def read_aliases(path: Path) -> Aliases:
    """Return the aliases of a file with one class of names a line; none if there is no file."""
    if not path.is_file():
        return Aliases()
    return Aliases(line.split("\t") for line in _read_text(path).splitlines() if line.strip())


def read_fragment(notice: str, fragment: GraphFragment) -> list[Fact]:
    """Return what a fragment says, in the terms of the annotations.

    A section counts where no numbered item stands below it, as the annotations list only those.
    """
    nodes = {node.id: node for node in fragment.nodes}
    facts = [*_notice_facts(notice, nodes[fragment.notice_id]), *_outline_facts(notice, fragment)]
    for edge in fragment.edges:
        start, end = nodes[edge.start.id], nodes[edge.end.id]
        relation_value = _edge_fact(edge.type, start, end, edge.properties.get("relation"))
        if relation_value is None:
            continue
        relation, value = relation_value
        measure = end if relation in ROLES else start
        path = str(measure.properties.get("path", "."))
        facts.append(
            Fact(notice, path, relation, value, _one_line(edge.properties.get("quote", "")))
        )
    return facts


def _find_notice(stem: str, gold: Path, notices: Path | None) -> Path:
    for folder in (gold, notices):
        if folder is None:
            continue
        texts = sorted(p for p in folder.glob(f"{stem}.*") if p.suffix != ".tsv")
        if texts:
            return texts[0]
    raise SourceError(str(gold / f"{stem}.txt"), "the annotated notice is not there")


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(str(path), "is not UTF-8") from error


def _notice_facts(notice: str, node: Node) -> Iterator[Fact]:
    names = {
        "title": "NOTICE_TITLE",
        "document_number": "DOC_NUMBER",
        "issued_on": "ISSUED_ON",
        "kind": "KIND",
        "jurisdiction": "JURISDICTION",
    }
    for name, relation in names.items():
        if value := node.properties.get(name):
            yield Fact(notice, ".", relation, str(value))


def _outline_facts(notice: str, fragment: GraphFragment) -> Iterator[Fact]:
    parents = {edge.end.id for edge in fragment.edges if edge.type == "PART_OF"}
    for node in fragment.nodes:
        path, title = str(node.properties.get("path")), str(node.properties.get("title"))
        if node.label == "Section" and node.id not in parents:
            yield Fact(notice, path, "SECTION", title, title)
        if node.label == "Measure":
            yield Fact(notice, path, "PATH", path, title)
            yield Fact(notice, path, "TITLE", title, title)
            due = node.properties.get("due_on") or (node.properties.get("ongoing") and "ongoing")
            if due:
                yield Fact(
                    notice, path, "DUE", str(due), _one_line(node.properties.get("due_text", ""))
                )


def _edge_fact(
    edge_type: str, start: Node, end: Node, derivation: object
) -> tuple[str, str] | None:
    """Return relation and value of an edge, or None if the annotations have no such thing."""
    if edge_type == "ISSUED":
        return "ISSUER", _name(start)
    if edge_type in ROLES and end.label == "Measure":
        return edge_type, _name(start)
    if edge_type in ("SUPPORTS", "MENTIONS") and end.label in ABOUT:
        return ABOUT[end.label], _name(end)
    if edge_type == "USES":
        return "INSTRUMENT", str(end.properties["instrument"])
    if edge_type == "SETS":
        fields = ("metric", "comparator", "value", "unit", "by")
        return "TARGET", "|".join(str(end.properties.get(field, "")) for field in fields)
    if edge_type == "CITES" and start.label == "Measure":
        return "CITES", _name(end)
    if edge_type == "DERIVES_FROM" and start.label == "Notice":
        number = end.properties.get("document_number", "")
        return "DERIVES_FROM", f"{_name(end)}|{derivation}|{number}"
    return None


def _name(node: Node) -> str:
    return str(node.properties["name"])


def _one_line(value: object) -> str:
    return " ".join(str(value).split())
