"""An output file that can be gone on with: written beside its place, with a journal of what is in.

`OUT.partial` holds the lines of whole notices; `OUT.journal` says of each notice, in order, what
was read and where its lines end. When all is written the file takes its place and the journal
goes. Going on keeps the longest beginning that both agree on with the notices now at hand, so
that the file is to the byte what an uninterrupted run would have written.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from kg.errors import KgError
from loaders.sources import Source


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one notice.

    Attributes:
        uri: where it came from.
        sha256: of its bytes; empty where they could not be had.
        end: bytes of the output up to the end of its lines.
        error: why it could not be read; empty if it was.
    """

    uri: str
    sha256: str
    end: int
    error: str = ""


class Journal:
    """The output of one run, notice by notice."""

    def __init__(self, out: Path, *, resume: bool) -> None:
        """Open the output beside its place; what an earlier run left is kept only to resume.

        Raises:
            OSError: it cannot be written.
        """
        self.out = out
        self.partial = out.with_name(out.name + ".partial")
        self.path = out.with_name(out.name + ".journal")
        self.done = self._read() if resume else []
        mode = "r+b" if resume and self.partial.exists() else "wb"
        self._lines: IO[bytes] = self.partial.open(mode)
        self._entries: IO[bytes] = self.path.open("r+b" if self.path.exists() and resume else "wb")
        self._kept = 0
        self._is_cut = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.close()
        self._entries.close()

    def skip(self, item: Source | KgError) -> Entry | None:
        """Return what the journal says of the next notice; None from the first it does not know.

        What it says of later ones is forgotten then: they are written anew, in order.
        """
        if not self._is_cut and self._kept < len(self.done):
            entry = self.done[self._kept]
            if (entry.uri, entry.sha256) == identity(item):
                self._kept += 1
                return entry
        self._cut()
        return None

    def write(self, item: Source | KgError, lines: str, error: str = "") -> None:
        """Write the lines of one notice, each with its line feed, then that they are there.

        Raises:
            OSError: the disk is full, say; the notices before are safe.
        """
        self._cut()
        self._lines.write(lines.encode())
        self._lines.flush()
        self._note(Entry(*identity(item), self._lines.tell(), error))

    def finish(self) -> None:
        """Put the output in its place."""
        self._cut()
        self.__exit__()
        self.partial.replace(self.out)
        self.path.unlink()

    def _cut(self) -> None:
        """Forget what follows the notices that were skipped, once."""
        if self._is_cut:
            return
        self._is_cut = True
        end = self.done[self._kept - 1].end if self._kept else 0
        self._lines.truncate(end)
        self._lines.seek(end)
        self._entries.truncate(0)
        for entry in self.done[: self._kept]:
            self._note(entry)

    def _note(self, entry: Entry) -> None:
        record = [entry.uri, entry.sha256, entry.end, entry.error]
        self._entries.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
        self._entries.flush()

    def _read(self) -> list[Entry]:
        """Return the entries whose lines are wholly in the output."""
        found: list[Entry] = []
        if not (self.path.exists() and self.partial.exists()):
            return found
        size = self.partial.stat().st_size
        for line in self.path.read_bytes().split(b"\n"):
            try:
                entry = Entry(*json.loads(line))
            except (ValueError, TypeError):
                break
            if entry.end > size:
                break
            found.append(entry)
        return found


def identity(item: Source | KgError) -> tuple[str, str]:
    """Return what tells a notice from others: where it came from, and its bytes."""
    if isinstance(item, Source):
        return item.uri, hashlib.sha256(item.raw).hexdigest()
    return str(getattr(item, "uri", item)), ""
