"""What docker-compose.yml says, read as Docker and the Neo4j image read it."""

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
_VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?:(?P<sign>:[-?])(?P<text>[^}]*))?\}")
_PREFIX = "NEO4J_"


def load_compose() -> dict[str, Any]:
    """Return docker-compose.yml as it is written."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    return loaded


def substitute(text: str, environment: dict[str, str]) -> str:
    """Return a value with ${NAME:-default} and ${NAME:?message} replaced, and $$ by $.

    Raises:
        KeyError: a variable that must be set is not, or is empty.

    Source: the Compose specification, interpolation.
    """

    def value(match: re.Match[str]) -> str:
        known = environment.get(match["name"], "")
        if known or match["sign"] == ":-":
            return known or match["text"]
        raise KeyError(match["text"] or match["name"])

    return _VARIABLE.sub(value, text).replace("$$", "$")


def neo4j_settings(environment: dict[str, str]) -> dict[str, str]:
    """Return neo4j.conf as the image makes it of its variables: _ stands for a dot, __ for _."""
    variables = load_compose()["services"]["neo4j"]["environment"]
    settings = {}
    for name, text in variables.items():
        key = name.removeprefix(_PREFIX)
        if name.startswith(_PREFIX) and key != "AUTH":
            dotted = key.replace("__", "\0").replace("_", ".").replace("\0", "_")
            settings[dotted] = substitute(str(text), environment)
    return settings
