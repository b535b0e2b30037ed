"""The numbers that Word draws before paragraphs and that stand in no text: 一、 (一) 1.

Source: ECMA-376-1, 17.9 (numbering) and 17.18.59 (ST_NumberFormat).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_MOST_LEVELS = 9
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


@dataclass
class ListNumbers:
    """Counts the paragraphs of each list of one document, in reading order."""

    levels: Mapping[tuple[str, int], Level]
    abstract_of: Mapping[str, str]
    styles: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)

    def label(self, paragraph: etree._Element) -> str:
        """Return what Word draws before a paragraph; empty where it draws nothing in words."""
        found = list_of(paragraph.find(f"{W}pPr"))
        if found is None:
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            found = self.styles.get(style.get(f"{W}val", "")) if style is not None else None
        if found is None:
            return ""
        number_id, depth = found
        level = self.levels.get((number_id, depth))
        if level is None or not 0 <= depth < _MOST_LEVELS:
            return ""
        counts = self._count(self.abstract_of.get(number_id, number_id), number_id, depth)
        return self._fill(level.text, number_id, counts)

    def _count(self, key: str, number_id: str, depth: int) -> list[int | None]:
        counts = self._counts.setdefault(key, [None] * _MOST_LEVELS)
        above = counts[depth]
        counts[depth] = self._start(number_id, depth) if above is None else above + 1
        counts[depth + 1 :] = [None] * (_MOST_LEVELS - depth - 1)
        return counts

    def _start(self, number_id: str, depth: int) -> int:
        level = self.levels.get((number_id, depth))
        return level.start if level else 1

    def _fill(self, text: str, number_id: str, counts: list[int | None]) -> str:
        level = None
        for depth in range(_MOST_LEVELS):
            if f"%{depth + 1}" not in text:
                continue
            level = self.levels.get((number_id, depth))
            value = counts[depth]
            number = self._start(number_id, depth) if value is None else value
            written = write_number(number, level.number_format if level else "decimal")
            text = text.replace(f"%{depth + 1}", written)
        return text if level is not None else ""  # a bullet


def read_lists(numbering: etree._Element | None, styles: etree._Element | None) -> ListNumbers:
    """Return the lists of a document from its numbering and styles parts."""
    abstract: dict[str, dict[int, Level]] = {}
    abstract_of: dict[str, str] = {}
    levels: dict[tuple[str, int], Level] = {}
    for element in numbering.iterfind(f"{W}abstractNum") if numbering is not None else ():
        abstract[element.get(f"{W}abstractNumId", "")] = _levels(element)
    for element in numbering.iterfind(f"{W}num") if numbering is not None else ():
        number_id = element.get(f"{W}numId", "")
        reference = _value(element, "abstractNumId")
        overridden = {
            depth: level
            for override in element.iterfind(f"{W}lvlOverride")
            for depth, level in _levels(override).items()
        }
        restarts = element.find(f"{W}lvlOverride/{W}startOverride") is not None
        abstract_of[number_id] = f"{reference}#{number_id}" if restarts else reference
        for depth, level in {**abstract.get(reference, {}), **overridden}.items():
            levels[number_id, depth] = level
    return ListNumbers(levels, abstract_of, _numbered_styles(styles))


def list_of(properties: etree._Element | None) -> tuple[str, int] | None:
    """Return the list and level that paragraph properties name; None where they name none."""
    number = properties.find(f"{W}numPr") if properties is not None else None
    if number is None:
        return None
    depth = _value(number, "ilvl") or "0"
    return _value(number, "numId"), int(depth) if depth.isdecimal() else 0


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
            )
    return found


def _numbered_styles(styles: etree._Element | None) -> dict[str, tuple[str, int]]:
    found = {}
    for style in styles.iterfind(f"{W}style") if styles is not None else ():
        numbered = list_of(style.find(f"{W}pPr"))
        if numbered is not None:
            found[style.get(f"{W}styleId", "")] = numbered
    return found


def _value(element: etree._Element, name: str) -> str:
    child = element.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""
