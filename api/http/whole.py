"""/api/v1/explore/whole: the whole graph as columns, worked out once for each state of it."""

import gzip
import hashlib
import json
import threading
from contextlib import suppress
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.http.asking import TheDesk
from api.http.consistent import ConsistentRoute
from api.release import version
from kg.store import Store
from queries.whole import MOST_NODES, fetch_whole
from viz.force import fan_out, force_layout

router = APIRouter(prefix="/api/v1/explore", tags=["graph"], route_class=ConsistentRoute)

LONGEST_NAME = 60  # characters of a name in the drawing
_KEPT = 4  # answers on disk
_SHAPE = "2"  # of the answer; another makes the files of this one useless


@router.get(
    "/whole",
    summary="整张图,按列排列",
    responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}},
)
def get_whole(request: Request, desk: TheDesk) -> Response:
    """Return every node with its place, and every relation by the places of its ends.

    The nodes with the most relations, where there are too many for one drawing.
    """
    cache: WholeCache = request.app.state.whole
    body = cache.answer(desk.store)
    headers = {"Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    return Response(body, media_type="application/json", headers=headers)


class WholeCache:
    """The answer about the state of the graph that was asked for last; on disk, the last few."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._state = ""
        self._body = b""

    @property
    def prepared(self) -> str:
        """The version of the store that the answer in memory is about; "" for none."""
        return self._state

    def answer(self, store: Store) -> bytes:
        """Return the answer as JSON in gzip; made by one thread, for which others wait."""
        state = store.version()
        with self._lock:
            if state != self._state:
                self._body = self._read(state) or self._make(store, state)
                self._state = state
            return self._body

    def _make(self, store: Store, state: str) -> bytes:
        body = gzip.compress(_whole_json(store), compresslevel=3, mtime=0)
        if store.version() == state:  # else somebody wrote meanwhile: it is about neither state
            self._keep(body, state)
        return body

    def _file(self, state: str) -> Path | None:
        told = f"{_SHAPE} {version()} {state}"
        digest = hashlib.sha256(told.encode()).hexdigest()[:24]
        return self._folder / f"whole-{digest}.json.gz" if self._folder else None

    def _read(self, state: str) -> bytes | None:
        file = self._file(state)
        try:
            body = file.read_bytes() if file else b""
            gzip.decompress(body)
        except (OSError, EOFError):
            return None  # not there, or damaged
        return body or None

    def _keep(self, body: bytes, state: str) -> None:
        file = self._file(state)
        if file is None:
            return
        with suppress(OSError):  # without a place to write it is made anew at each start
            file.parent.mkdir(parents=True, exist_ok=True)
            part = file.with_suffix(".part")
            part.write_bytes(body)
            part.replace(file)
            kept = file.parent.glob("whole-*.json.gz")
            for older in sorted(kept, key=lambda path: path.stat().st_mtime)[:-_KEPT]:
                older.unlink(missing_ok=True)


def _whole_json(store: Store) -> bytes:
    graph = fetch_whole(store, MOST_NODES)
    pairs = [(start, end) for start, end, _ in graph.edges]
    places = fan_out(force_layout(pairs, graph.groups), pairs)
    labels, types = sorted(set(graph.labels)), sorted({edge[2] for edge in graph.edges})
    label_at, type_at = {x: i for i, x in enumerate(labels)}, {x: i for i, x in enumerate(types)}
    columns = {
        "labels": labels,
        "types": types,
        "nodes": {
            "id": graph.ids,
            "label": [label_at[label] for label in graph.labels],
            "name": [name[:LONGEST_NAME] for name in graph.names],
            "degree": graph.degrees,
            "x": places[:, 0].tolist(),
            "y": places[:, 1].tolist(),
        },
        "edges": {
            "start": [edge[0] for edge in graph.edges],
            "end": [edge[1] for edge in graph.edges],
            "type": [type_at[edge[2]] for edge in graph.edges],
        },
        "total": graph.total,
        "truncated": graph.total > len(graph.ids),
    }
    return json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode()
