"""The life of a body's name, told to people in Chinese."""

from kg.agencies import AgencyName, NameHistory, trace_name


def tell_history(target: AgencyName | None, issued_on: str | None) -> str:
    """Return what a body was called before and is called since, seen from a notice's date.

    Empty where its name never changed, or nothing is recorded of it.
    """
    history = trace_name(target) if target else None
    return "" if history is None else _tell(history, issued_on)


def _tell(history: NameHistory, issued_on: str | None) -> str:
    """Return the life of a name, seen from the notice's date."""
    said = []
    if history.until:
        gone = issued_on is not None and issued_on >= history.until[: len(issued_on)]
        said.append(f"该名称用至{_month(history.until)}")
        if history.later:
            verb = "成文时已由" if gone else "后由"
            said.append(f"{verb}{'、再由'.join(history.later)}承接")
        elif gone:
            said.append("成文时已不再使用")
    elif history.since:
        said.append(f"该名称自{_month(history.since)}起使用")
    if history.earlier:
        said.append(f"此前为{'、'.join(history.earlier)}")
    return "，".join(said)


def _month(prefix: str) -> str:
    year, _, rest = prefix.partition("-")
    month = rest.partition("-")[0]
    return f"{year}年{int(month)}月" if month.isdigit() else f"{year}年"
