"""The numbers that Word draws before paragraphs and that stand in no text: 一、 (一) 1.

Source: ECMA-376-1, 17.9 (numbering) and 17.18.59 (ST_NumberFormat).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_MOST_LEVELS = 9
_MOST_STYLES = 20  # based on one another
_CHINESE = frozenset(
    (
        *("chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting"),
        *("taiwaneseCounting", "taiwaneseCountingThousand", "japaneseDigitalTenThousand"),
    )
)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written, and what stands about it."""

    number_format: str
    text: str
    start: int
    style: str = ""  # the paragraph style that numbers by this level
    is_legal: bool = False  # all numbers of it are digits


@dataclass
class ListNumbers:
    """Counts the paragraphs of each list of one document, in reading order."""

    levels: Mapping[tuple[str, int], Level]
    abstract_of: Mapping[str, str]
    styles: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)

    def label(self, paragraph: etree._Element) -> str:
        """Return what Word draws before a paragraph; empty where it draws nothing in words."""
        found = self._list_of(paragraph)
        if found is None:
            return ""
        number_id, depth = found
        level = self.levels.get((number_id, depth))
        if level is None or not 0 <= depth < _MOST_LEVELS:
            return ""
        counts = self._count(self.abstract_of.get(number_id, number_id), number_id, depth)
        return self._fill(level, number_id, counts)

    def _list_of(self, paragraph: etree._Element) -> tuple[str, int] | None:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        by_style = self.styles.get(style.get(f"{W}val", "")) if style is not None else None
        number_id, depth = own_list(paragraph.find(f"{W}pPr"))
        if number_id is None and by_style is None:
            return None
        inherited = by_style or ("", 0)
        return (
            inherited[0] if number_id is None else number_id,
            (inherited[1] if number_id is None else 0) if depth is None else depth,
        )

    def _count(self, key: str, number_id: str, depth: int) -> list[int | None]:
        counts = self._counts.setdefault(key, [None] * _MOST_LEVELS)
        above = counts[depth]
        counts[depth] = self._start(number_id, depth) if above is None else above + 1
        counts[depth + 1 :] = [None] * (_MOST_LEVELS - depth - 1)
        return counts

    def _start(self, number_id: str, depth: int) -> int:
        level = self.levels.get((number_id, depth))
        return level.start if level else 1

    def _fill(self, level: Level, number_id: str, counts: list[int | None]) -> str:
        text = level.text
        shown = [depth for depth in range(_MOST_LEVELS) if f"%{depth + 1}" in text]
        for depth in shown:
            counted = self.levels.get((number_id, depth))
            value = counts[depth]
            number = self._start(number_id, depth) if value is None else value
            spelled = "decimal" if counted is None or level.is_legal else counted.number_format
            text = text.replace(f"%{depth + 1}", write_number(number, spelled))
        return text if shown else ""  # a bullet


def read_lists(numbering: etree._Element | None, styles: etree._Element | None) -> ListNumbers:
    """Return the lists of a document from its numbering and styles parts."""
    abstract: dict[str, dict[int, Level]] = {}
    abstract_of: dict[str, str] = {}
    levels: dict[tuple[str, int], Level] = {}
    by_link = {
        link: _levels(element)
        for element in _elements(numbering, "abstractNum")
        if (link := _value(element, "styleLink"))
    }
    for element in _elements(numbering, "abstractNum"):
        own = _levels(element) or by_link.get(_value(element, "numStyleLink"), {})
        abstract[element.get(f"{W}abstractNumId", "")] = own
    for element in _elements(numbering, "num"):
        number_id = element.get(f"{W}numId", "")
        reference = _value(element, "abstractNumId")
        restarts = element.find(f"{W}lvlOverride/{W}startOverride") is not None
        abstract_of[number_id] = f"{reference}#{number_id}" if restarts else reference
        for depth, level in _overridden(abstract.get(reference, {}), element).items():
            levels[number_id, depth] = level
    return ListNumbers(levels, abstract_of, _numbered_styles(styles, levels))


def _overridden(levels: Mapping[int, Level], number: etree._Element) -> dict[int, Level]:
    """Return the levels of a list, those that it sets otherwise in place of its model's."""
    own = dict(levels)
    for override in number.iterfind(f"{W}lvlOverride"):
        own.update(_levels(override))
        depth, start = override.get(f"{W}ilvl", ""), _value(override, "startOverride")
        if depth.isdecimal() and int(depth) in own and start.isdecimal() and len(start) < 5:
            own[int(depth)] = replace(own[int(depth)], start=int(start))
    return own


def own_list(properties: etree._Element | None) -> tuple[str | None, int | None]:
    """Return the list and the level that paragraph properties name; None for what they do not."""
    number = properties.find(f"{W}numPr") if properties is not None else None
    if number is None:
        return None, None
    depth = _value(number, "ilvl")
    return _value(number, "numId") or None, int(depth) if depth.isdecimal() else None


def write_number(number: int, number_format: str) -> str:
    """Write a number in a format of Word; as digits where the format has no use in notices.

    >>> write_number(12, "chineseCounting"), write_number(3, "decimalEnclosedCircle")
    ('十二', '③')
    """
    if number_format in _CHINESE:
        return _chinese(number)
    if number_format.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x245F + number)
    if number_format == "decimalEnclosedParen" and 1 <= number <= 20:
        return chr(0x2473 + number)
    if number_format in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr((0x60 if number_format == "lowerLetter" else 0x40) + number)
    return "" if number_format in ("none", "bullet") else str(number)


def _chinese(number: int) -> str:
    if not 0 < number < 100:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def _levels(element: etree._Element) -> dict[int, Level]:
    found = {}
    for level in element.iterfind(f"{W}lvl"):
        depth, start = level.get(f"{W}ilvl", ""), _value(level, "start")
        if depth.isdecimal():
            found[int(depth)] = Level(
                _value(level, "numFmt") or "decimal",
                _value(level, "lvlText"),
                int(start) if start.isdecimal() and len(start) < 5 else 1,
                _value(level, "pStyle"),
                level.find(f"{W}isLgl") is not None,
            )
    return found


def _numbered_styles(
    styles: etree._Element | None, levels: Mapping[tuple[str, int], Level]
) -> dict[str, tuple[str, int]]:
    """Return list and level of each style that has them, its own or those it is based on."""
    elements = {style.get(f"{W}styleId", ""): style for style in _elements(styles, "style")}
    by_style = {(number_id, level.style): depth for (number_id, depth), level in levels.items()}
    found = {}
    for name in elements:
        above: str = name
        for _ in range(_MOST_STYLES):
            style = elements.get(above)
            if style is None:
                break
            number_id, depth = own_list(style.find(f"{W}pPr"))
            if number_id is not None:
                found[name] = number_id, by_style.get((number_id, above), depth or 0)
                break
            above = _value(style, "basedOn")
    return found


def _elements(part: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return part.iterfind(f"{W}{name}") if part is not None else iter(())


def _value(element: etree._Element, name: str) -> str:
    child = element.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""
