"""Where files go: a folder of their own, or one file."""

from pathlib import Path

from kg.errors import ExportError


def make_folder(folder: Path) -> None:
    """Make a folder to write into, which must be new or empty.

    Raises:
        ExportError: it holds something, is no folder, or cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ExportError(str(folder), "is not empty; name a new folder")
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise ExportError(str(folder), f"cannot be written: {_reason(error)}") from error


def check_file(path: Path) -> None:
    """Make sure that a file can be written.

    Raises:
        ExportError: it is a folder, or its folder cannot be made or written.
    """
    if path.is_dir():
        raise ExportError(str(path), "is a folder; name a file")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab"):
            pass
    except OSError as error:
        raise ExportError(str(path), f"cannot be written: {_reason(error)}") from error


def _reason(error: OSError) -> str:
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "a part of its path is a file"
    return (error.strerror or str(error)).lower()
