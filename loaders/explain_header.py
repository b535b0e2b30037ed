"""Why a notice's header was read as it was: title, number, issuers, date, place."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.agencies import NamingContext, describe_agency, resolve_agency
from kg.divisions import load_divisions
from loaders.analyse import Analysis
from loaders.header import Quoted
from loaders.histories import tell_history
from loaders.rules import BASES
from loaders.types import NATIONAL


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the notice says of itself: the value, its words, where and why."""

    value: str
    words: str
    how: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """What a notice says of itself; None or empty where nothing was found.

    Attributes:
        title: of the notice.
        document_number: 发文字号.
        issuers: with the place each was found at.
        issued_on: date, with its basis.
        jurisdiction: name and code of the place, and why that one.
        addressee: as written.
        aliases: names of bodies set up by 以下简称, with the full names.
    """

    title: Fact | None
    document_number: Fact | None
    issuers: tuple[Fact, ...]
    issued_on: Fact | None
    jurisdiction: Fact
    addressee: str
    aliases: tuple[tuple[str, str], ...]


def explain_header(analysis: Analysis) -> Header:
    """Return what the notice says of itself, and how that was found."""
    metadata, text = analysis.metadata, analysis.text
    addressee = metadata.addressee
    return Header(
        title=_fact(analysis, metadata.title, _where(analysis, metadata.title)),
        document_number=_fact(
            analysis, metadata.document_number, _where(analysis, metadata.document_number)
        ),
        issuers=tuple(_issuers(analysis)),
        issued_on=_fact(analysis, metadata.issued_on, BASES.get(metadata.basis or "", "")),
        jurisdiction=_jurisdiction(analysis),
        addressee=text[addressee.start : addressee.end].rstrip("：: ") if addressee else "",
        aliases=tuple(sorted(analysis.context.aliases.items())),
    )


def _fact(analysis: Analysis, quoted: Quoted | None, how: str, reason: str = "") -> Fact | None:
    if quoted is None:
        return None
    words = " ".join(analysis.text[quoted.span.start : quoted.span.end].split())
    return Fact(quoted.value, words, how, reason)


def _where(analysis: Analysis, quoted: Quoted | None) -> str:
    """Return in which part of the page something was found."""
    metadata, structure = analysis.metadata, analysis.structure
    if quoted is None:
        return ""
    span = quoted.span
    if any(span in name for signature in structure.signatures for name in signature.names):
        return "落款"
    if any(span in part for part in metadata.fields):
        return "页首的标签"
    if metadata.title is not None and span in metadata.title.span:
        return "标题" if quoted is not metadata.title else "正文之前的标题行"
    number = metadata.document_number
    if number is not None and quoted is not number and span in number.span:
        return "发文字号的机关代字"
    return "正文"


def _issuers(analysis: Analysis) -> Iterator[Fact]:
    # Issuers are read before the jurisdiction is known, by the place that was guessed.
    issued_on = analysis.context.issued_on
    naming = NamingContext(analysis.metadata.place, issued_on=issued_on)
    for issuer in analysis.metadata.issuers:
        fact = _fact(analysis, issuer, _where(analysis, issuer))
        if fact is None:
            continue
        found = resolve_agency(fact.words.strip("()（）"), naming)
        same = found.target is not None and found.target.name == issuer.value
        reason = found.reason if same else "名称按原文"
        if fact.how == "发文字号的机关代字":
            reason = f"“{issuer.value}”使用这一代字"
        history = tell_history(found.target, issued_on) if same else ""
        reason = "；".join(part for part in (reason, history) if part)
        yield Fact(fact.value, fact.words, fact.how, reason)


def _jurisdiction(analysis: Analysis) -> Fact:
    metadata = analysis.metadata
    code = metadata.jurisdiction
    name = "全国" if code == NATIONAL else load_divisions().get(code).canonical
    described = ((q, describe_agency(q.value)) for q in metadata.issuers)
    issuer = next((q for q, body in described if body and body.jurisdiction == code), None)
    if issuer is not None:
        return Fact(f"{name}（{code}）", issuer.value, "发文机关", f"{issuer.value}所管辖的地方")
    return Fact(f"{name}（{code}）", "", "推断", metadata.place_reason)
