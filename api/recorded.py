"""Answers worked out beforehand, for the views of a file that has no server.

They are those of the whole graph: overviews, and the dossiers, lineages and places of what the
file holds. static/offline.js looks them up by the address that the page asks for.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from api.http.asking import Desk
from api.http.views import get_cooperation, get_lineage, get_reuse, get_tiles
from queries.catalogue import run_query
from queries.types import MAX_LIMIT
from viz.drawn import PlacedNode

MOST_ANSWERS = 4_000_000  # characters of all answers together; a fifth of that in the file
_NATION = "全国"
_COUNTED = ("notices", "measures", "named", "supported")
_LOADED = {"status": "loaded"}
_PAIRS = 250
_OVERVIEWS: Sequence[tuple[str, Mapping[str, str], int]] = (
    ("actor_ranking", {}, 15),
    ("origins", {}, 15),
    ("reused_measures", {}, 100),
    ("notices", _LOADED, 600),
    ("calendar", {}, 2_000),
    ("measures_by_deadline", {}, 600),
    ("instrument_classes", {}, 200),
    *(("instrument_matrix", {"by": by}, 3_000) for by in ("province", "level", "year")),
    ("instrument_matrix", {"by": "prefecture"}, 3_000),
)
_OF_AN_AGENCY: Sequence[tuple[str, str, int]] = (
    ("actor_years", "actor", 200),
    ("actor_partners", "actor", 50),
    ("instrument_use", "actor", 10),
    ("measures_by_deadline", "actor", 60),
    ("notices_by_issuer", "issuer", 50),
    ("measures_by_actor", "actor", MAX_LIMIT),
)

type Answers = dict[str, Any]


def record_answers(desk: Desk, nodes: Sequence[PlacedNode], most: int = MOST_ANSWERS) -> Answers:
    """Return answers by what `address` says of them, the most asked for first, up to a size.

    Args:
        desk: what answers.
        nodes: of the file; those with most relations come first.
        most: characters of all answers, as JSON.
    """
    ranked = sorted(nodes, key=lambda item: (-item.degree, item.node.id))
    of_label = {
        label: [item.node.id for item in ranked if item.node.label == label]
        for label in ("Agency", "Notice")
    }
    recorder = _Recorder(desk, most)
    recorder.overviews()
    recorder.places()
    for notice in of_label["Notice"]:
        recorder.lineage(notice)
    for agency in of_label["Agency"]:
        for name, parameter, rows in _OF_AN_AGENCY:
            recorder.query(name, {parameter: agency}, rows)
    recorder.cells()
    return recorder.answers


def address(path: str, given: Mapping[str, object]) -> str:
    """Return what an answer is kept under: its path and parameters, but which page of it."""
    return path + "?" + "&".join(f"{name}={given[name]}" for name in sorted(given))


class _Recorder:
    def __init__(self, desk: Desk, most: int) -> None:
        self._desk = desk
        self._room = most
        self.answers: Answers = {}

    def overviews(self) -> None:
        for name, given, most in _OVERVIEWS:
            self.query(name, given, most)
        self._keep("views/tiles", {}, get_tiles())
        for least in (1, 2, 3, 5, 10):
            found = get_cooperation(self._desk, least=least, limit=_PAIRS)
            self._keep("views/cooperation", {"least": least}, found)

    def places(self) -> None:
        """Record the nation's parts, and of each in which there is anything its own."""
        for row in [{"place": _NATION}, *self._counted(_NATION)]:
            place = row["place"]
            if place != _NATION:
                self.query("place_counts", {"within": place}, MAX_LIMIT)
                self.query("measures_naming", {"place": place}, 100)
            self.query("notices", {"jurisdiction": place, **_LOADED}, 100)

    def lineage(self, notice: str) -> None:
        for depth in (1, 2, 4):
            given = {"notice": notice, "depth": depth}
            self._keep("views/lineage", given, get_lineage(self._desk, notice, depth))
        for row in self.query("reused_measures", {"notice": notice}, 100):
            path = f"views/reuse/{row['eid']}"
            if address(path, {"measure": row["measure_id"]}) not in self.answers:
                found = get_reuse(self._desk, row["eid"], row["measure_id"])
                self._keep(path, {"measure": row["measure_id"]}, found)

    def cells(self) -> None:
        """Record what stands behind the numbers of the matrix as it opens."""
        matrix = self.answers.get(address("queries/instrument_matrix", {"by": "province"}))
        for row in matrix["rows"] if matrix else ():
            cell = {"instrument": row["instrument_id"], "column": row["column"], "by": "province"}
            self.query("instrument_cell", cell, 100)

    def query(self, name: str, given: Mapping[str, str], most: int) -> list[dict[str, Any]]:
        """Record rows of a query of the catalogue; return them."""
        rows: list[dict[str, Any]] = []
        while True:
            page = {"limit": min(MAX_LIMIT, most - len(rows)), "skip": len(rows)}
            found = run_query(self._desk.store, name, {**given, **page})
            rows += [row.model_dump(mode="json") for row in found.rows]
            if not found.truncated or len(rows) >= most:
                break
        answer = {"rows": rows, "truncated": found.truncated, "notes": list(found.notes)}
        self._keep(f"queries/{name}", given, answer)
        return rows

    def _counted(self, within: str) -> Iterable[dict[str, Any]]:
        rows = self.query("place_counts", {"within": within}, MAX_LIMIT)
        return [row for row in rows if any(row[name] for name in _COUNTED)]

    def _keep(
        self, path: str, given: Mapping[str, object], answer: BaseModel | dict[str, Any]
    ) -> None:
        made = answer.model_dump(mode="json") if isinstance(answer, BaseModel) else answer
        size = len(json.dumps(made, ensure_ascii=False))
        if size <= self._room:
            self._room -= size
            self.answers[address(path, given)] = made
