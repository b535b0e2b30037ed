"""Raw parameters, as typed at a prompt or sent over HTTP, to checked arguments."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from kg.errors import QueryError
from queries.types import Argument, Parameter, Query

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_INT = re.compile(r"[+-]?\d{1,9}")
_TRUE = frozenset({"true", "1", "yes", "是"})
_FALSE = frozenset({"false", "0", "no", "否"})
_SHOWN = 60  # characters of a bad value repeated in a message


def bind_arguments(query: Query, raw: Mapping[str, object]) -> dict[str, Argument]:
    """Return every parameter of the query with its checked value, and `fetch` (limit + 1).

    None counts as not given.

    Raises:
        QueryError: a parameter is unknown, missing, of the wrong kind or out of bounds.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in raw:
        if name not in known:
            raise QueryError(f"{query.name} 没有参数 has no parameter {unknown_name(name, known)}")
    arguments = {name: _bind(query.name, spec, raw.get(name)) for name, spec in known.items()}
    limit = arguments["limit"]
    assert isinstance(limit, int)  # _bind gave it its default
    return {**arguments, "fetch": limit + 1}


def unknown_name(name: str, known: Iterable[str]) -> str:
    """Return the tail of a message about a name: what was meant, perhaps, and what there is."""
    names = list(known)
    close = get_close_matches(name[:_SHOWN], names, n=3, cutoff=0.5)
    meant = f"; did you mean {', '.join(close)}?" if close else ""
    return f"{shown(name)}{meant} (known: {', '.join(names)})"


def shown(value: object) -> str:
    """Return a value for a message, shortened."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(str(value))} characters)"


def _bind(query: str, spec: Parameter, value: object) -> Argument:
    where = f"{query}, parameter {spec.name}"
    if value is None or (value == "" and not spec.required):
        if spec.required:
            summary = f"{spec.summary_zh} {spec.summary_en}"
            raise QueryError(f"{query} 缺少参数 needs the parameter {spec.name}: {summary}")
        return spec.default
    match spec.type:
        case "int":
            return _whole_number(where, spec, value)
        case "bool":
            return _truth(where, value)
        case "date":
            return _date(where, value)
        case "text":
            return _text(where, spec, value)


def _whole_number(where: str, spec: Parameter, value: object) -> int:
    if isinstance(value, str) and _INT.fullmatch(value.strip()):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise QueryError(f"{where} 须是整数 must be a whole number, not {shown(value)}")
    if not spec.minimum <= value <= spec.maximum:
        limits = f"{spec.minimum} to {spec.maximum}"
        raise QueryError(f"{where} 超出范围 must be {limits}, not {shown(value)}")
    return value


def _truth(where: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise QueryError(f"{where} 须是真或假 must be true or false, not {shown(value)}")


def _date(where: str, value: object) -> str:
    parts = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    month, day = (int(parts[2] or 1), int(parts[3] or 1)) if parts else (0, 0)
    if parts is None or not (1 <= month <= 12 and 1 <= day <= 31):
        raise QueryError(
            f"{where} 须是日期 must be a date such as 2025, 2025-06 or 2025-06-30, "
            f"not {shown(value)}"
        )
    return parts[0]


def _text(where: str, spec: Parameter, value: object) -> str:
    if not isinstance(value, str):
        raise QueryError(f"{where} 须是文字 must be text, not {shown(value)}")
    text = value.strip()
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise QueryError(f"{where} 有半个字符 holds half a character (a lone surrogate)")
    if spec.values is not None and text not in spec.values:
        values = ", ".join(spec.values)
        raise QueryError(f"{where} 须是其中之一 must be one of {values}, not {shown(text)}")
    if not spec.minimum <= len(text) <= spec.maximum:
        raise QueryError(
            f"{where} 长度不对 must have {spec.minimum} to {spec.maximum} characters, "
            f"not {len(text)}"
        )
    return text
