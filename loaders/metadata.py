"""What a notice says of itself: title, number, issuers, dates, kind, place, validity."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.agencies import AgencyName, NamingContext, describe_agency
from kg.divisions import load_divisions
from kg.types import Span
from loaders.dates import find_dates, parse_date
from loaders.enactment import Enactment, find_enactment, find_order
from loaders.header import Quoted, label_date, read_fields, read_labels
from loaders.issuers import (
    find_issuers,
    is_body_name,
    issuer_named_first,
    issuer_of_number,
)
from loaders.jurisdiction import guess_place
from loaders.numbers import find_numbers, find_serial
from loaders.paragraphs import SPACES, is_break, is_line_start, iter_paragraphs
from loaders.structure import Structure
from loaders.titles import find_kind, find_title
from loaders.types import NATIONAL

HEADER_LIMIT = 4_000
_LONGEST_NUMBER = 40  # characters, with the spaces before it
_LONGEST_HEAD = 1_500  # characters between a title and its addressees' colon
_ADDRESSEE = re.compile(
    r"(?:^|(?<=[\n\s\u3000〕】）)号]))(?P<names>[\u4e00-\u9fffA-Za-z][^。：:《》〔〕【】•|\n]{1,300}"
    r"(?:\n[^。：:《》〔〕【】•|\n]{1,200}){0,3})[：:]"
)
_STRETCH = re.compile(r"\d{4}年?\s?[—\-－–~～至]+\s?\d{4}")  # (2013—2020年) dates no notice
_NUMBERED_KIND = re.compile(r"(?:公告|通告|令)(?:$|\s?[（(]?(?:\d{4}年)?\s?第)")
_TIME_OF_DAY = re.compile(r"\s{0,3}\d{1,2}(?:[:：]\d\d|时\d{1,2}分)")
_LIMIT = re.compile(r"[前底内止]|完成")  # 2024年6月底前 is by when, not when
_COLLECTIVE = re.compile(
    r"[、，,；;]\s?各|各[\u4e00-\u9fff]{0,6}(?:单位|部门|处室)|有关(?:单位|部门|企业)$"
)
_NOTHING_ADDRESSED = re.compile(r"如下|现将|通知|事项|以下|要求|为了?[^、]{8}")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a notice says of itself; None or empty where it says nothing.

    Attributes:
        title: as a person would cite it; spaces inside are kept, line breaks are not.
        document_number: as 辽知发〔2022〕6号.
        issuers: canonical names with the words they were read from.
        issued_on: ISO prefix.
        basis: `signature`, `metadata` or `publication`.
        kind: 通知, 意见, 方案 …
        jurisdiction: six-digit code; NATIONAL for 全国.
        place: code that was guessed before the issuers were known; their names were read by it.
        place_reason: why that place, for people.
        fields: spans of the header's labels with their values, in order.
        addressee: who it is addressed to, with the colon (各区县人民政府：).
    """

    title: Quoted | None
    document_number: Quoted | None
    issuers: tuple[Quoted, ...]
    issued_on: Quoted | None
    basis: str | None
    published_on: Quoted | None
    kind: Quoted | None
    jurisdiction: str
    validity: Quoted | None
    place: str = NATIONAL
    place_reason: str = ""
    fields: tuple[Span, ...] = ()
    addressee: Span | None = None


def read_metadata(text: str, structure: Structure, first_mark: int) -> Metadata:
    """Return what the notice says of itself.

    Args:
        text: the stored text.
        structure: its layout.
        first_mark: offset of the first numbered item, or the length of the text.
    """
    header_end = min(first_mark, HEADER_LIMIT)
    labels = read_labels(text, header_end)
    title = find_title(text, header_end, labels)
    number = _find_number(text, header_end, labels, title)
    place, why = guess_place(text, title.value if title else "", number.value if number else "")
    enacted = find_enactment(text, title.span.end, place) if title else None
    enacted = enacted or find_order(text, header_end, place)
    issued_on, basis = _find_date(text, structure, labels, header_end)
    if enacted and enacted.issued_on:
        issued_on, basis = enacted.issued_on, "metadata"
    naming = NamingContext(place, issued_on=issued_on.value if issued_on else None)
    issuers = (
        ((enacted.issuer,) if enacted and enacted.issuer else ())
        or find_issuers(text, structure, labels, title, naming)
        or issuer_of_number(number, place)
        or issuer_named_first(text, title, naming)
    )
    published_on = label_date(text, labels.get("published"))
    if published_on is None and basis == "publication":
        published_on = issued_on
    return Metadata(
        title=title,
        document_number=_of_order(enacted, number),
        issuers=issuers,
        issued_on=issued_on,
        basis=basis,
        published_on=published_on,
        kind=find_kind(title),
        jurisdiction=_jurisdiction(issuers, place, title),
        validity=_quoted(text, labels.get("validity")),
        place=place,
        place_reason=why,
        fields=read_fields(text, header_end),
        addressee=find_addressee(text, title.span.end if title else 0, header_end)
        or find_addressee(text, 0, title.span.start if title else 0),
    )


def _of_order(enacted: Enactment | None, number: Quoted | None) -> Quoted | None:
    """Return the number of an order with whose it is (某市人民政府令第3号), else a notice's own."""
    if number is None or (enacted and enacted.number and number.value.startswith("第")):
        return enacted.number if enacted else None
    return number


def find_addressee(text: str, start: int, end: int) -> Span | None:
    """Return the addressees (主送机关), with their colon; None if a text names none.

    They stand flush before the first paragraph of the text, and are bodies or collectives.

    Args:
        text: the stored text.
        start: where the title ends.
        end: where the first numbered item begins.

    Source: GB/T 9704-2012, 7.3.2.
    """
    stop = min(end, start + _LONGEST_HEAD)
    position = start
    while match := _ADDRESSEE.search(text, position, stop):
        if _is_addressee(match["names"]) and not _is_field(text, match.end(), end):
            return Span(match.start("names"), match.end())
        line = match["names"].find("\n")
        position = match.end() if line < 0 else match.start("names") + line
    return None


def _is_field(text: str, colon: int, end: int) -> bool:
    """Tell whether a colon closes the label of a header's field, not a list of addressees."""
    line = text.rfind("\n", 0, colon) + 1
    return any(line <= span.start < colon <= span.end for span in read_fields(text, end))


def _is_addressee(names: str) -> bool:
    first = re.split(r"[、,，\s（(]", names, maxsplit=1)[0]
    if names.startswith("各") or _COLLECTIVE.search(names):
        return not _NOTHING_ADDRESSED.search(names)
    if load_divisions().named(first):  # 甲省、乙省、丙省知识产权局
        return is_body_name(re.split(r"[、,，\s]", names)[-1])
    return is_body_name(first)


def _quoted(text: str, span: Span | None) -> Quoted | None:
    return Quoted(text[span.start : span.end], span) if span else None


def _find_number(
    text: str, end: int, labels: Mapping[str, Span], title: Quoted | None
) -> Quoted | None:
    if "number" in labels:
        span = labels["number"]
        found = next(find_numbers(text, span.start, span.end), None)
        if found:
            return Quoted(str(found), found.span)
        serial = find_serial(text, span.start, span.end)
        return Quoted(*serial) if serial else None
    own = _number_behind(text, title.span.end) if title else None
    if own:
        return own
    for found in find_numbers(text, 0, end):
        if _is_own_number(text, found.span) or _is_before_title(text, found.span, title):
            return Quoted(str(found), found.span)
    if title and _NUMBERED_KIND.search(title.value):
        serial = find_serial(text, title.span.start, min(end, title.span.end + 40))
        return Quoted(*serial) if serial else None
    return None


def _number_behind(text: str, title_end: int) -> Quoted | None:
    """Return the number that stands right behind a title, with no more than a space between."""
    found = next(find_numbers(text, title_end, title_end + _LONGEST_NUMBER), None)
    if found is None or text[title_end : found.span.start].strip(SPACES):
        return None
    return Quoted(str(found), found.span)


def _is_before_title(text: str, span: Span, title: Quoted | None) -> bool:
    """Tell whether a number opens the line of a headline: 某政发〔2020〕1号《关于某事的通知》."""
    line_end = text.find("\n", span.end)
    rest = text[span.end : line_end if line_end >= 0 else len(text)].strip(SPACES + "《》")
    return title is not None and rest == title.value and is_line_start(text, span.start)


def _is_own_number(text: str, span: Span) -> bool:
    """Tell a notice's own number from a cited one: it closes its line, behind no 《title》."""
    if is_line_start(text, span.start) and is_break(text[span.end : span.end + 4]):
        return True
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    if text[start : end if end >= 0 else len(text)].strip(SPACES) == text[span.start : span.end]:
        return True
    before = text[max(0, span.start - 12) : span.start].rstrip(SPACES + "(（[【")
    after = text[span.end : span.end + 12].lstrip(" \t\u3000)）]】")
    if before.endswith(
        ("》", "根据", "按照", "落实", "贯彻", "执行", "转发", "印发", "依据", "及", "和", "、")
    ):
        return False
    return (
        not after
        or after[0] in "\n*＊"
        or after.startswith(("各", "为", "一、", "第一章"))
        or next((d.span.start for d in find_dates(after)), None) == 0
        or "：" in text[span.end : span.end + 24]
        or text[span.end : span.end + 3].strip(SPACES) == ""
    )


def _find_date(
    text: str, structure: Structure, labels: Mapping[str, Span], header_end: int
) -> tuple[Quoted | None, str | None]:
    if structure.signatures:
        span = structure.signatures[0].date
        iso = parse_date(text[span.start : span.end])
        if iso:
            return Quoted(iso, span), "signature"
    for name, basis in (("signed", "metadata"), ("published", "publication")):
        quoted = label_date(text, labels.get(name))
        if quoted:
            return quoted, basis
    for paragraph in iter_paragraphs(text, 0, header_end):
        for date in find_dates(text, paragraph):
            quoted = Quoted(date.iso, date.span)
            if _is_behind_number(text, paragraph, date.span):
                return quoted, "metadata"
            line = text[paragraph.start : paragraph.end].strip("()（）[] ")
            is_alone = len(line) <= 14 and not _STRETCH.match(line) and not _LIMIT.search(line)
            if is_alone or _TIME_OF_DAY.match(text, date.span.end):
                return quoted, "publication"
    return None, None


def _is_behind_number(text: str, paragraph: Span, date: Span) -> bool:
    """Tell whether a date is all that a line has behind a document number: 某政发〔2020〕1号 ….

    Sites of some provinces give the day of signing there.
    """
    numbers = list(find_numbers(text, paragraph.start, date.start))
    return (
        len(numbers) == 1
        and numbers[0].span.start == paragraph.start
        and not text[numbers[0].span.end : date.start].strip(SPACES)
        and date.end == paragraph.end
    )


def _jurisdiction(issuers: tuple[Quoted, ...], place: str, title: Quoted | None) -> str:
    """Return the place of the most local issuer: a province's before a national body's.

    The committee of a zone governs no division: its notice is of the place that the title names,
    else of the one that the zone lies in. A branch of a national body that issued with others does
    not count: 海口海关 and 人民银行太原中心支行 serve provinces.
    """
    known = [body for q in issuers if (body := describe_agency(q.value))]
    described = [body for body in known if not _is_branch(body)] or known
    codes = [a.jurisdiction for a in described if a.jurisdiction]
    local = [c for c in codes if c != NATIONAL]
    if local:
        return max(local, key=lambda code: len(code.rstrip("0")))
    if codes:
        return NATIONAL
    above = next((describe_agency(a.parent) for a in described if a.parent), None)
    is_titled = title is not None and load_divisions().get(place).name in title.value
    return above.jurisdiction if above and above.jurisdiction and not is_titled else place


def _is_branch(body: AgencyName) -> bool:
    """Tell whether a body is what a national one has in a place: 太原海关."""
    above = describe_agency(body.parent) if body.parent and body.kind == "department" else None
    return above is not None and above.level == "national" and body.level != "national"
