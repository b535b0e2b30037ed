"""Zip archives: their members one at a time, in memory, none ever written to disk."""

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from kg.errors import SourceError
from loaders.readers.types import MAX_BYTES

type Member = tuple[str, bytes] | SourceError

MOST_MEMBERS = 20_000
MAX_EXPANDED = 5_000_000_000  # of all members together; one is in memory at a time
_MOST_RATIO = 1_000  # a member that shrank more than a thousandfold is a bomb
_UTF8 = 0x800  # the flag that says that a name is UTF-8
_ENCRYPTED = 0x1


def iter_members(
    path: Path, suffixes: tuple[str, ...]
) -> Iterator[tuple[str, bytes] | SourceError]:
    """Yield name and bytes of each member with one of the suffixes, in the archive's order.

    An error stands in place of a member that cannot be had, and of the rest of an archive that
    is too large or damaged. Hidden members and those of other types are passed over.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if _is_wanted(m, suffixes)]
            if not members:
                yield SourceError(str(path), "the archive holds no notices")
            left = MAX_EXPANDED
            for number, member in enumerate(members):
                left -= member.file_size
                if number >= MOST_MEMBERS or left < 0:
                    limit = f"{MOST_MEMBERS:,} files or {MAX_EXPANDED // 1_000_000_000} GB"
                    yield SourceError(str(path), f"more than {limit}: the rest is not read")
                    return
                yield _read(archive, member, str(path))
    except Exception as error:  # zipfile raises a dozen types for what is no zip
        reason = f"a damaged archive ({type(error).__name__}: {error})"
        yield SourceError(str(path), reason)


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: str) -> Member:
    name = name_of(member)
    uri = f"{path}!/{name}"
    if _is_unsafe(name):
        return SourceError(uri, "an unsafe name: it points out of the archive")
    if member.flag_bits & _ENCRYPTED:
        return SourceError(uri, "encrypted: it opens with a password only")
    if member.file_size > MAX_BYTES:
        limit = f"the {MAX_BYTES // 1_000_000} MB allowed for one notice"
        return SourceError(uri, f"{member.file_size / 1e6:.1f} MB are more than {limit}")
    if member.file_size > _MOST_RATIO * max(1, member.compress_size):
        return SourceError(uri, "expands more than a thousandfold: not opened")
    try:
        with archive.open(member) as file:
            return name, file.read(MAX_BYTES + 1)
    except Exception as error:  # damaged data raise whatever the decompressor likes
        return SourceError(uri, f"damaged in the archive ({type(error).__name__}: {error})")


def name_of(member: zipfile.ZipInfo) -> str:
    """Return a member's name; one that Chinese Windows wrote is GBK, whatever zip says."""
    if member.flag_bits & _UTF8:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename


def _is_wanted(member: zipfile.ZipInfo, suffixes: tuple[str, ...]) -> bool:
    name = name_of(member)
    hidden = any(
        part.startswith(".") and part != ".."
        for part in PurePosixPath(name.replace("\\", "/")).parts
    ) or name.startswith("__MACOSX/")
    return not member.is_dir() and not hidden and name.lower().endswith(suffixes)


def _is_unsafe(name: str) -> bool:
    return (
        name.startswith(("/", "\\"))
        or ".." in name.replace("\\", "/").split("/")
        or ":" in name[:2]
        or "\x00" in name
    )
