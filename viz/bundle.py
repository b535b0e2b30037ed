"""The explorer as one file: its modules, styles and libraries put inside, with its data.

A file opened from disk may load no module, so the modules become functions of one script. The
transformation knows the forms of import and export that the page uses, and refuses any other.
The page's Content-Security-Policy allows its own scripts and style by hash, and no request at all.
"""

import base64
import gzip
import hashlib
import json
import posixpath
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LIBRARIES = (
    "vendor/cytoscape/cytoscape.min.js",
    "vendor/echarts/echarts.min.js",
    "vendor/graphology/graphology.umd.min.js",
    "vendor/sigma/sigma.min.js",
)
ENTRY = "app.js"
_IMPORT = re.compile(
    r"""^import\s+(?:\{(?P<names>[^}]*)\}|\*\s+as\s+(?P<whole>\w+))\s+from\s+"(?P<path>[^"]+)";\n""",
    re.MULTILINE,
)
_EXPORT = re.compile(
    r"^export\s+(?P<kind>const|function|async function|class)\s+(?P<name>[\w$]+)", re.M
)
_DEFAULT = re.compile(r"^export\s+default\s+", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S+")
_PRELUDE = """\
"use strict";
(() => {
const made = new Map();
const makers = new Map();
const $need = (name) => {
  if (!made.has(name)) made.set(name, makers.get(name)());
  return made.get(name);
};
const $load = async (path) => $need(path.replace("./", ""));
"""
_POSTLUDE = f'$need("{ENTRY}");\n}})();\n'


def explorer_html(data: Mapping[str, Any], title: str) -> str:
    """Return the explorer as one page that needs neither server nor network.

    Args:
        data: what static/offline.js reads.
        title: of the page.
    """
    scripts = [
        *(_SOURCE_MAP.sub("", _asset(name)) for name in LIBRARIES),
        _asset("offline.js"),
        bundle_modules(),
    ]
    style = "\n".join(map(_asset, ("base.css", "app.css", "lists.css", *_view_styles())))
    page = _body()
    head = "\n".join(
        [
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(scripts, style)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{_escape(title)}</title>",
            f'<style id="__________cytoscape_stylesheet">{_asset("cytoscape.css")}</style>',
            f"<style>{style}</style>",
        ]
    )
    packed = base64.b64encode(gzip.compress(_to_json(data), mtime=0)).decode()
    block = f'<script type="text/plain" id="policykg-data">{packed}</script>'
    code = "\n".join(f"<script>{script}</script>" for script in scripts)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n{head}\n</head>\n'
        f'<body data-view="">\n{page}\n{block}\n{code}\n</body>\n</html>\n'
    )


@cache
def bundle_modules() -> str:
    """Return the page's modules as one script, each after those it imports.

    Raises:
        ValueError: a module has an import or export of a form that is not known, or modules
            import each other in a circle.
    """
    views = sorted(f"views/{name}" for name in _names("views", ".js"))
    order: dict[str, None] = {}
    for name in (ENTRY, *views):
        _visit(name, order, ())
    parts = (f'makers.set("{name}", () => {{\n{_as_function(name)}}});\n' for name in order)
    script = _PRELUDE + "".join(parts) + _POSTLUDE
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _visit(name: str, order: dict[str, None], above: tuple[str, ...]) -> None:
    if name in above:
        raise ValueError(f"modules import each other: {' → '.join((*above, name))}")
    if name in order:
        return
    for found in _IMPORT.finditer(_asset(name)):
        _visit(_resolve(name, found["path"]), order, (*above, name))
    order[name] = None


def _as_function(name: str) -> str:
    code = _IMPORT.sub(lambda found: _as_need(name, found), _asset(name))
    exported = {found["name"]: found["name"] for found in _EXPORT.finditer(code)}
    code = _EXPORT.sub(r"\g<kind> \g<name>", code)
    if _DEFAULT.search(code):
        exported["default"] = "$default"
        code = _DEFAULT.sub("const $default = ", code)
    left = _LEFT.search(code)
    if left:
        raise ValueError(f"{name}: cannot put this form into one file: {left[0].strip()}")
    given = ", ".join(f"{key}: {value}" for key, value in exported.items())
    return f"{code.replace('import(', '$load(')}return {{ {given} }};\n"


def _as_need(name: str, found: re.Match[str]) -> str:
    target = f'$need("{_resolve(name, found["path"])}");\n'
    if found["whole"]:
        return f"const {found['whole']} = {target}"
    names = ", ".join(
        part.strip().replace(" as ", ": ") for part in found["names"].split(",") if part.strip()
    )
    return f"const {{ {names} }} = {target}"


def _resolve(name: str, path: str) -> str:
    if not path.startswith("."):
        raise ValueError(f"{name} imports {path!r}, which is no file of the page")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def _body() -> str:
    page = _asset("index.html")
    body = page[page.index("<body") : page.index("</body>")].split(">", 1)[1]
    icon = base64.b64encode(_asset("icon.svg").encode()).decode()
    body = body.replace("/static/icon.svg", f"data:image/svg+xml;base64,{icon}")
    body = re.sub(r"<script\b[^>]*></script>", "", body)
    body = re.sub(r"<noscript>.*?</noscript>", "", body, flags=re.DOTALL)
    return re.sub(r'<a [^>]*href="/docs"[^>]*>.*?</a>', "", body)


def _policy(scripts: list[str], style: str) -> str:
    allowed = " ".join(map(_hash, scripts))
    styles = " ".join(map(_hash, (style, _asset("cytoscape.css"))))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {styles}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _to_json(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _view_styles() -> list[str]:
    return sorted(f"views/{name}" for name in _names("views", ".css"))


def _names(folder: str, ending: str) -> list[str]:
    found = (files("viz") / "static" / folder).iterdir()
    return [file.name for file in found if file.name.endswith(ending)]


@cache
def _asset(name: str) -> str:
    return (files("viz") / "static" / name).read_text(encoding="utf-8")
