"""Opaque cursors: where the next page begins, bound to the question that was asked."""

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from kg.errors import QueryError

_ADVICE = "请使用上一页返回的 next_cursor"

type SortKey = tuple[int | str, ...]


def encode_cursor(offset: int, question: Mapping[str, object]) -> str:
    """Return a cursor that continues this question, and no other, at the offset."""
    return _encode(offset, question)


def decode_cursor(cursor: str | None, question: Mapping[str, object]) -> int:
    """Return the offset of the cursor; 0 for None.

    Raises:
        QueryError: it is no cursor, or was given for another question.
    """
    if cursor is None:
        return 0
    offset = _decode(cursor, question)
    if isinstance(offset, bool) or not isinstance(offset, int) or offset < 0:
        raise QueryError(f"cursor 无效:{_ADVICE}")
    return offset


def encode_place(key: SortKey, question: Mapping[str, object]) -> str:
    """Return a cursor that continues this question, and no other, behind the row with that key.

    Unlike an offset, the place stays right when rows come or go before it.
    """
    return _encode(list(key), question)


def decode_place(
    cursor: str | None, question: Mapping[str, object], kind: tuple[type, ...]
) -> SortKey | None:
    """Return the key of the row that the page begins behind; None for the first page.

    Args:
        cursor: as it was given.
        question: that it must belong to.
        kind: the types of the key's parts.

    Raises:
        QueryError: it is no cursor, or was given for another question.
    """
    if cursor is None:
        return None
    key = _decode(cursor, question)
    if not isinstance(key, list) or tuple(type(part) for part in key) != kind:
        raise QueryError(f"cursor 无效:{_ADVICE}")
    return tuple(key)


def _encode(place: Any, question: Mapping[str, object]) -> str:
    payload = json.dumps([place, _digest(question)], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(payload.encode()).decode().rstrip("=")


def _decode(cursor: str, question: Mapping[str, object]) -> Any:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        place, digest = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, TypeError, RecursionError) as error:
        raise QueryError(f"cursor 无效:{_ADVICE}") from error
    if digest != _digest(question):
        raise QueryError("cursor 属于另一个查询:换了参数请从第一页开始")
    return place


def _digest(question: Mapping[str, object]) -> str:
    canonical = json.dumps(question, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]
