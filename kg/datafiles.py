"""Reference data as files of the package: read here, whoever needs them."""

from importlib.resources import files
from typing import Any

import yaml

from kg.errors import OntologyError

# LibYAML's parser is ten times faster; not every build of PyYAML has it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_text(name: str) -> str:
    """Return the text of a file of kg/reference/."""
    return (files("kg") / "reference" / name).read_text(encoding="utf-8")


def read_yaml(name: str) -> Any:
    """Return the parsed content of a YAML file of kg/reference/.

    Raises:
        OntologyError: the file is no YAML.
    """
    try:
        return yaml.load(read_text(name), Loader=_LOADER)
    except yaml.YAMLError as error:
        raise OntologyError(f"{name}: {error}") from error


def read_table(name: str) -> list[list[str]]:
    """Return the rows of a tab-separated file of kg/reference/, lines beginning with # left out."""
    lines = read_text(name).splitlines()
    return [line.split("\t") for line in lines if line and line[0] != "#"]
