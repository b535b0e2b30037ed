"""Places inside names: 省, 市 … relative to a notice, and places named in full at the head."""

from collections.abc import Iterator
from functools import lru_cache

from kg.agencies.types import NATIONAL, Frame
from kg.divisions import Division, load_divisions

PRODUCTION_CORPS = "660000"  # 新疆生产建设兵团: there is one, so 兵团 means it anywhere
_LONGEST_PLACE = 24
_RELATIVE_WORDS = (
    "自治区", "自治州", "自治县", "自治旗", "兵团", "地区", "省", "市", "区", "县", "州", "盟", "旗"
)  # fmt: skip
_OWN = ("我", "本", "全")


# Words that only begin like a level: 市场综合执法支队, 区块链服务中心.
_NOT_RELATIVE = ("市场", "市容", "区域", "区块", "县域")


def split_relative(surface: str) -> tuple[str, str] | None:
    """Part 省, 市, 自治区 … (我省, 本市 too) from what follows, or return None."""
    start = 1 if surface.startswith(_OWN) else 0
    if surface.startswith(_NOT_RELATIVE, start):
        return None
    if surface.startswith("地委", start):
        return "地区", surface[start + 1 :]
    for word in _RELATIVE_WORDS:
        if surface.startswith(word, start):
            return word, surface[start + len(word) :]
    return None


def relative_place(word: str, frame: Frame) -> Division | None:
    """Return the division that 省, 市 … means in a notice, or None if it has none such.

    The notice's own place and those above it are looked at, nearest first: 市 means a county-level
    city in its own notices, and the municipality in those of its districts.
    """
    if word == "兵团":
        return _division(PRODUCTION_CORPS)
    for line in lineages(frame):
        for division in line:
            if _answers(word, division):
                return division
    if word == "区":  # 区 is short for 自治区 where no district is meant
        return relative_place("自治区", frame)
    return None


def own_place(frame: Frame) -> Division | None:
    """Return the notice's own place, or None if it has none or is national."""
    code = frame.jurisdiction
    return _division(code) if code and code != NATIONAL else None


def level_word(division: Division) -> str:
    """Return the word by which notices mean a division: 省, 市, 自治区, 州 …."""
    for word in _RELATIVE_WORDS:
        if division.name.endswith(word):
            return word
    return ""


def leading_places(surface: str, frame: Frame) -> Iterator[tuple[tuple[Division, ...], str]]:
    """Yield the places a name may begin with and what follows, the longest first.

    Several divisions mean that the name does not tell which.
    """
    for length in range(min(len(surface) - 1, _LONGEST_PLACE), 1, -1):
        name = surface[:length]
        if name.endswith("地") and surface.startswith("委", length):
            name += "区"  # 阿克苏地委 is 阿克苏地区's
        found = _named_in(name, frame.jurisdiction)
        if found:
            yield found, surface[length:]


def find_place(name: str, frame: Frame) -> Division | None:
    """Return the one division a name means in a notice, or None."""
    found = _named_in(name, frame.jurisdiction)
    return found[0] if len(found) == 1 else None


def is_autonomous(division: Division) -> bool:
    """Tell whether its party committee is called 委员会 in full: 自治区, 自治州, 兵团."""
    return division.name.endswith(("自治区", "自治州", "兵团"))


@lru_cache(maxsize=65_536)
def _named_in(name: str, jurisdiction: str) -> tuple[Division, ...]:
    divisions = load_divisions()
    everywhere = divisions.named(name)
    if not everywhere or everywhere[0].code == NATIONAL:
        return ()
    for code in _codes_upward(jurisdiction):
        near = divisions.named(name, within=code)
        if near:
            return _likeliest(near)
    official = tuple(d for d in everywhere if name != d.stem or name in d.aliases)
    return _likeliest(official)


def _likeliest(found: tuple[Division, ...]) -> tuple[Division, ...]:
    """Keep the first, and the others of its level unless they are gone."""
    present = tuple(d for d in found if d.abolished is None) or found
    return tuple(d for d in present if d.level == present[0].level)


def _codes_upward(jurisdiction: str) -> tuple[str, ...]:
    division = _division(jurisdiction)
    if division is None or division.parent is None:
        return ()
    return tuple(d.code for d in load_divisions().lineage(jurisdiction))


@lru_cache(maxsize=4_096)
def _lineage(code: str) -> tuple[Division, ...]:
    return load_divisions().lineage(code) if _division(code) else ()


def _division(code: str) -> Division | None:
    try:
        return load_divisions().get(code)
    except KeyError:
        return None


def lineages(frame: Frame) -> Iterator[tuple[Division, ...]]:
    """Yield the notice's line of places, then those of its issuers.

    In a joint notice of a province and a national body, 省 belongs to the province.
    """
    yield _lineage(frame.jurisdiction)
    for issuer in frame.issuers:
        for found, _ in leading_places(issuer, Frame()):
            if len(found) == 1:
                yield _lineage(found[0].code)
                break


def _answers(word: str, division: Division) -> bool:
    if division.code == PRODUCTION_CORPS:
        return False
    if word in ("区", "县", "旗"):
        return division.level == "county" and division.name.endswith(word)
    if word == "州":
        return division.level == "prefecture" and division.name.endswith("自治州")
    return division.name.endswith(word)
