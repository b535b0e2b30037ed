"""One file that readers read, and a working copy beside it for the one writer.

A Grafeo file that is open for writing cannot be opened by anyone else, and one that is being
read cannot be written. So a writer works on a copy, `NAME.writing`, and puts it in the place
of `NAME` when it closes; readers see the last whole state and are never in its way. A copy
left by a killed writer holds every notice committed to it, and is taken up again if `NAME` has
not changed since.
"""

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from kg.errors import StoreRejected, StoreUnavailable


@dataclass(frozen=True, slots=True)
class Version:
    """Tells one state of the file from another: inode, size in bytes, time in nanoseconds."""

    inode: int
    size: int
    modified: int


class DatabaseFile:
    """The paths of one database, and its writer's lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.working = path.with_name(f"{path.name}.writing")
        self._log = path.with_name(f"{path.name}.writing.wal")
        self._note = path.with_name(f"{path.name}.writing.json")
        self._copy = path.with_name(f"{path.name}.writing.part")
        self._lock_path = path.with_name(f"{path.name}.lock")
        # Not bound to a thread: a server may close a store in another than it opened it in.
        self._lock = FileLock(self._lock_path, timeout=0, thread_local=False)

    def version(self) -> Version | None:
        """Return the state of the published file; None if there is none."""
        try:
            stat = self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return Version(stat.st_ino, stat.st_size, stat.st_mtime_ns)

    def check_path(self) -> None:
        """Raise StoreRejected if the path names a folder."""
        if self.path.is_dir():
            raise StoreRejected(f"{self.path} is a folder; name a database file in it")

    def check_folder(self) -> None:
        """Raise StoreRejected if the folder for the file is missing."""
        if not self.path.parent.is_dir():
            raise StoreRejected(f"{self.path}: there is no folder {self.path.parent}")

    def lock(self) -> None:
        """Become the writer.

        Raises:
            StoreUnavailable: another process or store is writing.
            StoreRejected: the folder cannot be written to.
        """
        try:
            self._lock.acquire()
        except Timeout:
            if not self._lock_path.exists():  # some file systems refuse new files that way
                raise StoreRejected(f"cannot write in {self.path.parent}") from None
            raise StoreUnavailable(f"{self.path} is being written{self._by_whom()}") from None
        except OSError as error:
            raise StoreRejected(f"cannot write in {self.path.parent}: {error.strerror}") from error

    def is_locked(self) -> bool:
        """Tell whether there is a writer."""
        if not self._lock_path.exists():
            return False
        with self.locked_if_free() as is_free:
            return not is_free

    def unlock(self) -> None:
        """Cease to be the writer."""
        self._lock.release()

    def has_leftover(self) -> bool:
        """Tell whether a killed writer left a copy of the file as it still is."""
        return self.working.exists() and self._read_note().get("base") == self._base()

    def begin(self) -> None:
        """Make the working copy; the lock must be held.

        Raises:
            StoreRejected: the file cannot be read, or the copy not be written.
        """
        try:
            self.discard()
            if self.path.exists():
                shutil.copyfile(self.path, self._copy)
            self._note.write_text(json.dumps({"pid": os.getpid(), "base": self._base()}))
            if self._copy.exists():
                self._copy.replace(self.working)
        except OSError as error:
            raise StoreRejected(f"cannot copy {self.path}: {error.strerror}") from error

    def take_up(self) -> None:
        """Take up the copy a killed writer left; the lock must be held."""
        self._note.write_text(json.dumps({"pid": os.getpid(), "base": self._base()}))

    def publish(self) -> None:
        """Put the closed working copy in the place of the file.

        Raises:
            StoreUnavailable: readers hold the file, on systems where that matters.
        """
        try:
            self.working.replace(self.path)
        except OSError as error:
            raise StoreUnavailable(
                f"{self.path} is in use ({error.strerror}); "
                f"{self.working.name} takes its place at the next try"
            ) from error
        self._note.unlink(missing_ok=True)

    def discard(self) -> None:
        """Delete the working copy."""
        shutil.rmtree(self._log, ignore_errors=True)
        for path in (self._copy, self.working, self._note):
            path.unlink(missing_ok=True)

    @contextlib.contextmanager
    def locked_if_free(self) -> Iterator[bool]:
        """Hold the writer's lock for the block, if nobody else does; tell whether."""
        try:
            self.lock()
        except (StoreUnavailable, StoreRejected):
            yield False
            return
        try:
            yield True
        finally:
            self.unlock()

    def _by_whom(self) -> str:
        pid = self._read_note().get("pid")
        return f" by process {pid}; try again when it has ended" if pid else "; try again later"

    def _base(self) -> list[int] | None:
        version = self.version()
        return None if version is None else [version.inode, version.size, version.modified]

    def _read_note(self) -> dict[str, object]:
        try:
            note = json.loads(self._note.read_text())
        except (OSError, ValueError):
            return {}
        return note if isinstance(note, dict) else {}
