"""Opaque cursors: where the next page begins, bound to the question that was asked."""

import base64
import hashlib
import json
from collections.abc import Mapping

from kg.errors import QueryError

_ADVICE = "请使用上一页返回的 next_cursor"


def encode_cursor(offset: int, question: Mapping[str, object]) -> str:
    """Return a cursor that continues this question, and no other, at the offset."""
    payload = json.dumps([offset, _digest(question)], separators=(",", ":"))
    return base64.urlsafe_b64encode(payload.encode()).decode().rstrip("=")


def decode_cursor(cursor: str | None, question: Mapping[str, object]) -> int:
    """Return the offset of the cursor; 0 for None.

    Raises:
        QueryError: it is no cursor, or was given for another question.
    """
    if cursor is None:
        return 0
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        offset, digest = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, TypeError, RecursionError) as error:
        raise QueryError(f"cursor 无效:{_ADVICE}") from error
    if isinstance(offset, bool) or not isinstance(offset, int) or offset < 0:
        raise QueryError(f"cursor 无效:{_ADVICE}")
    if digest != _digest(question):
        raise QueryError("cursor 属于另一个查询:换了参数请从第一页开始")
    return offset


def _digest(question: Mapping[str, object]) -> str:
    canonical = json.dumps(question, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]
