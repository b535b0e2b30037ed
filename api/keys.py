"""API keys: who may ask for what. A file keeps their digests; a key itself is shown only once.

A key has 256 random bits, so that one round of SHA-256 keeps it: a slow hash is for passwords
that people choose.
"""

import contextlib
import hashlib
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import platformdirs
from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from kg.errors import KgError

_PREFIX = "pkg"  # a scanner of leaked secrets can tell one of ours
_LOCK_SECONDS = 10.0

Name = Annotated[str, StringConstraints(pattern=r"^\S(.{0,98}\S)?$")]


class KeysError(KgError):
    """The file of keys cannot be used, or a key cannot be made or revoked."""


class Scope(StrEnum):
    """What a key is for."""

    READ = "read"
    CYPHER = "cypher"
    ADMIN = "admin"


GRANTS: Mapping[Scope, frozenset[Scope]] = {
    Scope.READ: frozenset({Scope.READ}),
    Scope.CYPHER: frozenset({Scope.READ, Scope.CYPHER}),  # who may ask anything may read
    Scope.ADMIN: frozenset(Scope),
}


class Key(BaseModel):
    """What is known of a key; `digest` is the SHA-256 of the whole key, in hexadecimal."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]
    name: Name
    scopes: frozenset[Scope]
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    created_on: date
    expires_on: date | None = None

    @property
    def allowed(self) -> frozenset[Scope]:
        """All that its scopes allow."""
        return frozenset[Scope]().union(*(GRANTS[scope] for scope in self.scopes))


class _Contents(BaseModel):
    model_config = ConfigDict(extra="forbid")

    keys: list[Key]


@dataclass(frozen=True, slots=True)
class _Seen:
    stamp: tuple[int, int, int] | None  # inode, bytes, nanoseconds; None without a file
    keys: Mapping[str, Key]


def default_keys_file() -> Path:
    """Return where the user's own keys are kept."""
    return platformdirs.user_data_path("policykg", appauthor=False) / "keys.json"


class KeyFile:
    """The keys of a server; one that was revoked elsewhere is refused from the next request on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen = _Seen(None, {})

    def list_keys(self) -> list[Key]:
        """Return all keys, the oldest first.

        Raises:
            KeysError: the file cannot be read.
        """
        return list(self._read().values())

    def find(self, secret: str) -> Key | None:
        """Return the key that was given out as this text; None if it is none, or has expired.

        Raises:
            KeysError: the file cannot be read.
        """
        key = self._read().get(secret.removeprefix(f"{_PREFIX}_").partition("_")[0])
        if key is None or not hmac.compare_digest(key.digest, _digest(secret)):
            return None
        is_over = key.expires_on is not None and key.expires_on < _today()
        return None if is_over else key

    def add(
        self, name: str, scopes: Collection[Scope], expires_on: date | None = None
    ) -> tuple[Key, str]:
        """Make a key; return what is kept of it, and the key itself, which nobody can ask again.

        Args:
            name: for people, such as whom it is given to.
            scopes: what it is for.
            expires_on: the last day on which it is good (UTC).

        Raises:
            KeysError: the name is taken or empty, or the file cannot be written.
        """
        with self._changing() as keys:
            if any(key.name == name for key in keys.values()):
                raise KeysError(f"there is a key named {name!r} already; revoke it first")
            key_id = secrets.token_hex(4)
            while key_id in keys:
                key_id = secrets.token_hex(4)
            secret = f"{_PREFIX}_{key_id}_{secrets.token_urlsafe(32)}"
            try:
                keys[key_id] = Key(
                    id=key_id,
                    name=name,
                    scopes=frozenset(scopes),
                    digest=_digest(secret),
                    created_on=_today(),
                    expires_on=expires_on,
                )
            except ValidationError as error:
                raise KeysError(f"{name!r} is no name for a key: 1 to 100 characters") from error
            return keys[key_id], secret

    def revoke(self, which: str) -> Key:
        """Forget the key of that id or name, and return what was known of it.

        Raises:
            KeysError: there is none, or the file cannot be written.
        """
        with self._changing() as keys:
            found = [key for key in keys.values() if which in (key.id, key.name)]
            if not found:
                raise KeysError(f"there is no key {which!r}; `policykg keys list` shows all")
            return keys.pop(found[0].id)

    def _read(self) -> Mapping[str, Key]:
        try:
            status = self.path.stat()
            stamp = (status.st_ino, status.st_size, status.st_mtime_ns)
            if stamp != self._seen.stamp:
                contents = _Contents.model_validate_json(self.path.read_bytes())
                self._seen = _Seen(stamp, {key.id: key for key in contents.keys})
        except FileNotFoundError:
            self._seen = _Seen(None, {})
        except OSError as error:
            raise KeysError(f"cannot read the keys in {self.path}: {error.strerror}") from error
        except ValidationError as error:
            raise KeysError(f"{self.path} is not a file of keys") from error
        return self._seen.keys

    @contextlib.contextmanager
    def _changing(self) -> Iterator[dict[str, Key]]:
        """Yield the keys to be changed in place, and write them at the end of the block."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(f"{self.path}.lock", timeout=_LOCK_SECONDS):
                keys = dict(self._read())
                yield keys
                self._write(keys)
        except Timeout as error:
            raise KeysError(f"{self.path} is being changed by another program") from error
        except OSError as error:
            raise KeysError(f"cannot write the keys to {self.path}: {error.strerror}") from error

    def _write(self, keys: Mapping[str, Key]) -> None:
        contents = {"keys": [key.model_dump(mode="json") for key in keys.values()]}
        for key in contents["keys"]:
            key["scopes"] = sorted(key["scopes"])
        # mkstemp lets nobody else read it, from the first byte on
        handle, name = tempfile.mkstemp(prefix=f"{self.path.name}.", dir=self.path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(contents, file, ensure_ascii=False, indent=1)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _today() -> date:
    return datetime.now(UTC).date()
