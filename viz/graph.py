"""Neighbourhoods as pages: pyvis draws them, this module makes its output safe and offline.

What pyvis 0.3.2 does that must not reach a reader, and what is done about it:

- even with `cdn_resources="in_line"` it loads bootstrap from a CDN: of its page only the inline
  scripts and vis-network's style are kept, and a page with an external reference is refused;
- its `heading`, `select_menu` and node `title` (once one holds "href") are inserted as HTML: none
  is used; tooltips are built from plain text by our own script;
- `write_html` uses the locale's encoding and litters the working folder: `generate_html` is used
  and the caller writes UTF-8.

Each page carries a Content-Security-Policy that allows exactly its own inline scripts, by hash, and
no request at all, so a piece of markup that slipped through would still not run.
"""

import base64
import hashlib
import html
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from viz.layout import given_layout, is_trunk, radial_layout
from viz.model import GraphEdge, GraphNode, Neighbourhood
from viz.names import edge_name, label_style
from viz.payload import evidence_payload

LINE_WIDTH = 9  # Han characters on one line of a node's label
LABEL_LINES = 2
EDGE_LABELS_UP_TO = 120  # edges; more labels than that hide the drawing

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S+")
_REFERENCE = re.compile(
    r"(?:src|href|action|data)\s*=\s*[\"']?\s*(?!data:)[^\s\"'>]", re.IGNORECASE
)
_TITLE = re.compile(r"<title>[^<]*</title>")
_PYVIS_SCRIPTS = 3  # helpers, vis-network itself, and the drawing


def neighbourhood_html(view: Neighbourhood) -> str:
    """Return one file that shows the drawing and, for a clicked edge, the words it rests on.

    It needs no server and no network; the stretches of text it shows are inside it.
    """
    body = _asset("standalone.html").replace("<!-- graph -->", _asset("graph.html"))
    data = _json_block("policykg-data", evidence_payload(view))
    return _page(
        view,
        body + data,
        styles=("base.css", "graph.css", "standalone.css"),
        scripts=("graph.js", "standalone.js"),
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    styles: str
    library: str
    code: str


def _page(view: Neighbourhood, body: str, styles: Sequence[str], scripts: Sequence[str]) -> str:
    drawing = _drawing(view)
    title = view.title or next((n.name for n in view.nodes if n.id == view.centre), "")
    code = [drawing.library, drawing.code, *(_asset(name) for name in scripts)]
    css = "\n".join([drawing.styles, *(_asset(name) for name in styles)])
    page = "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="zh-CN">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{content_policy(code)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{html.escape(title)} · 政策知识图谱</title>",
            f"<style>{css}</style>",
            "</head>",
            "<body>",
            body,
            *(f"<script>{block}</script>" for block in code),
            "</body>",
            "</html>",
            "",
        ]
    )
    _refuse_references(page)
    return page


def content_policy(scripts: Sequence[str]) -> str:
    """Return a Content-Security-Policy that runs only these inline scripts and loads nothing."""
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    allowed = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _drawing(view: Neighbourhood) -> _Drawing:
    page = _network(view).generate_html()
    inline = [m["code"] for m in _SCRIPT.finditer(page) if "src=" not in m["attributes"]]
    if len(inline) != _PYVIS_SCRIPTS:
        raise ValueError(f"pyvis wrote {len(inline)} inline scripts, not {_PYVIS_SCRIPTS}")
    _helpers, library, code = inline
    # the first style is vis-network's own; the others belong to pyvis's page
    return _Drawing(_STYLE.findall(page)[0], _SOURCE_MAP.sub("", library), code)


def _network(view: Neighbourhood) -> Any:
    # here, because it imports IPython, which takes a second
    from pyvis.network import Network  # type: ignore[import-untyped]

    network = Network(directed=True, cdn_resources="in_line")
    network.templateEnv = _templates(network.template_dir)
    layout = radial_layout(view) if view.places is None else given_layout(view, view.places)
    labels = {node.id: node.label for node in view.nodes}
    for node in view.nodes:
        network.add_node(node.id, **_node_options(node, layout.positions[node.id], view.centre))
    parallel: Counter[tuple[str, str]] = Counter()
    for edge in view.edges:
        pair = (min(edge.start, edge.end), max(edge.start, edge.end))
        bend = parallel[pair] + (0 if is_trunk(layout, edge) else 2)
        options = _edge_options(edge, labels[edge.start], bend)
        if len(view.edges) > EDGE_LABELS_UP_TO:
            del options["label"]
        network.add_edge(edge.start, edge.end, **options)
        parallel[pair] += 1
    network.set_options(json.dumps(_OPTIONS))
    return network


# Positions are given, so physics stays off at every size: 5,000 nodes appear in 2 s and the
# drawing is the same each time.
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "hover": True,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "tooltipDelay": 120,
        "multiselect": False,
    },
    "nodes": {"borderWidth": 2, "font": {"size": 16, "vadjust": 2}},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
        "font": {"size": 12, "align": "middle"},
        "hoverWidth": 1.5,
        "selectionWidth": 2.5,
        "width": 1.4,
    },
}


@cache
def _templates(folder: str) -> Any:
    # pyvis compiles its half megabyte of templates anew for every drawing
    from jinja2 import Environment, FileSystemLoader

    return Environment(loader=FileSystemLoader(folder))  # as pyvis has it; data go in by tojson


def _node_options(node: GraphNode, position: tuple[float, float], centre: str) -> dict[str, Any]:
    style = label_style(node.label)
    is_centre = node.id == centre
    return {
        "label": wrap_label(node.name),
        "shape": style.shape,
        "color": style.colour,
        "size": 26 if is_centre else 15,
        "x": position[0],
        "y": position[1],
        "kind": style.name,
        "full": node.name,
        "centre": is_centre,
    }


def _edge_options(edge: GraphEdge, start_label: str, bend: int) -> dict[str, Any]:
    # Straight lines would hide those they lie on: parallel edges bend, each more than the last,
    # and so do edges across the tree.
    name = edge_name(edge.type, start_label, edge.relation)
    curve = (
        {"enabled": False}
        if bend == 0
        else {"enabled": True, "type": "curvedCW", "roundness": round(0.11 * bend, 2)}
    )
    quote = edge.evidence.quote if edge.evidence else ""
    return {"id": edge.id, "label": name, "kind": name, "quote": quote[:120], "smooth": curve}


def wrap_label(name: str) -> str:
    """Return the name on at most two short lines, cut with … where it is longer."""
    room = LINE_WIDTH * LABEL_LINES
    short = name if len(name) <= room else name[: room - 1] + "…"
    width = -(-len(short) // (1 if len(short) <= LINE_WIDTH else LABEL_LINES))
    lines = [short[i : i + width] for i in range(0, len(short), max(1, width))]
    return "\n".join(lines)


def _json_block(block_id: str, data: object) -> str:
    # Only "<" can end or open a tag; U+2028 and U+2029 are fine in JSON but not in old scripts.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/json" id="{block_id}">{text}</script>'


def _refuse_references(page: str) -> None:
    markup = _TITLE.sub("", _STYLE.sub("", _SCRIPT.sub("", page)))
    found = _REFERENCE.search(markup)
    if found:
        raise ValueError(f"external reference in a page: {markup[found.start() :][:80]!r}")


@cache
def _asset(name: str) -> str:
    return (files("viz") / "static" / name).read_text(encoding="utf-8")
