"""Which release of the program this is."""

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed


def version() -> str:
    """Return the version of the installed package, 0 where it runs from a bare checkout."""
    try:
        return installed("policykg")
    except PackageNotFoundError:
        return "0"
