"""Names that no table knows, or that stand for nobody in particular."""

from dataclasses import replace

from kg.agencies.build import build_as_written
from kg.agencies.local import known_local, unknown_local
from kg.agencies.places import leading_places, level_word, own_place, relative_place, split_relative
from kg.agencies.shape import kind_by_ending, names_nobody
from kg.agencies.tables import load_tables
from kg.agencies.types import INSTITUTION_KINDS, Frame, Resolution, unresolved
from kg.divisions import Division

_NATIONAL_WORDS = ("国家", "国务院", "中国", "中华", "全国", "中央")
_GENERIC_PLACES = (
    "地方有关", "地方相关", "当地", "属地", "所在地", "事发地", "县级以上", "有关", "相关",
    "上级", "下级", "同级", "本级", "该", "其", "两级", "三级",
)  # fmt: skip


def refuse_nobody(name: str, frame: Frame) -> Resolution | None:
    """Refuse 有关部门, 教育部门, 当地政府: names that stand for nobody in particular."""
    if name in load_tables().collectives:
        return None
    if names_nobody(name):
        return unresolved(f"“{name}”泛指，不指明具体机构", "it means no body in particular")
    if name.endswith("部门") and "各" not in name:
        return _competent_department(name, frame)
    if len(name) == 2 and name.startswith(("你", "贵")):
        return unresolved(f"“{name}”指收文机关", "it means whoever is addressed")
    if name.endswith(("人民政府", "政府")) and name.startswith(_GENERIC_PLACES):
        return unresolved(f"“{name}”泛指，不指明是哪里的政府", "it is not said of which place")
    return None


def _competent_department(name: str, frame: Frame) -> Resolution:
    """Refuse 教育部门, 市场监管主管部门: no body is named, but it is told which may be meant."""
    tables = load_tables()
    place = own_place(frame)
    rest = name
    for suffix in ("部门", "行政", "主管", "管理"):
        rest = rest.removesuffix(suffix)
    parted = split_relative(rest)
    if rest not in tables.stems and parted:
        place = relative_place(parted[0], frame)
        rest = parted[1].removeprefix("级")
    stem = tables.stems.get(rest)
    names: tuple[str, ...] = ()
    if stem and place:
        ending = tables.stem_heads[stem]
        level = "局" if ending == "厅" and place.level != "province" else ending
        found = known_local(f"{stem}{level}", place, frame, "absolute", "")
        names = (found.target.name,) if found and found.target else ()
    return unresolved(
        f"“{name}”泛指主管部门，未写机构名称", "the competent department, whichever that is", names
    )


def relative_reason(word: str, place: Division) -> str:
    """Return the reason of a relative name, for people."""
    return f"按发文机关所在地解析，“{word}”指{place.canonical}"


def relative_unknown(name: str, frame: Frame) -> Resolution | None:
    """Put 省物流办 together, or refuse 省… where the notice has no 省."""
    parted = split_relative(name)
    if parted is None:
        return None
    word, rest = parted
    place = relative_place(word, frame)
    if place is None:
        return _missing_level(word, rest, frame)
    found = unknown_local(rest, place, place.canonical, relative_reason(word, place))
    return replace(found, level_word=word) if found else None


def _missing_level(word: str, rest: str, frame: Frame) -> Resolution | None:
    """Refuse 省教育厅 where the notice has no 省: in a national notice, or that of a 直辖市."""
    known = rest in load_tables().local
    if not known and kind_by_ending(rest) is None:
        return None
    place = own_place(frame)
    if place is None:
        return unresolved(
            f"“{word}{rest}”中的“{word}”未指明地方，而本文没有所在地或为全国性文件",
            "it is relative to a place, and the notice is of none",
        )
    candidate = known_local(rest, place, frame, "absolute", "")
    names = (candidate.target.name,) if candidate and candidate.target else ()
    return unresolved(
        f"“{word}{rest}”中的“{word}”与发文机关所在地{place.canonical}不符",
        "it is relative to a place that the issuer's is not in",
        names,
    )


def placed_unknown(name: str, frame: Frame) -> Resolution | None:
    """Put a name together from a place named in full and an unknown rest."""
    if kind_by_ending(name) in INSTITUTION_KINDS:
        return unresolved(f"“{name}”不是机关", "it is no public body")
    if name.startswith("中共") and not name.startswith("中共中央"):
        party = placed_unknown(name[2:], frame)
        return party if party and party.target and party.target.kind == "party" else None
    for found, rest in leading_places(name, frame):
        if len(found) == 1 and len(rest) > 1:
            place = found[0]
            official = name[: -len(rest)].endswith(level_word(place) or "#")
            written = place.canonical if official else name[: -len(rest)]
            composed = unknown_local(rest, place, written, f"地名写明为{place.canonical}")
            if composed:
                return composed
    return None


def national_unknown(name: str, frame: Frame) -> Resolution | None:
    """Keep a national-sounding name that no table knows as it is: 国家公园管理局."""
    kind = kind_by_ending(name)
    if not name.startswith(_NATIONAL_WORDS) or kind is None or kind in INSTITUTION_KINDS:
        return None
    why = "国家级机构，不在机构表中，名称按原文"
    return Resolution(build_as_written(name, kind, None), why, (), 0.6)


def bare_unknown(name: str, frame: Frame) -> Resolution | None:
    """Put a bare name that ends like a department under the notice's place, without much trust."""
    place = own_place(frame)
    kind = kind_by_ending(name)
    # A centre is the list's level's only where the list named one: 省发展改革委、大数据中心.
    is_centre = kind == "public_institution" and name.endswith("中心") and bool(frame.level_hint)
    if place is None or not (kind == "department" or is_centre) or len(name) > 16:
        return None
    if name.startswith((*_GENERIC_PLACES, *_NATIONAL_WORDS)):
        return None
    if is_centre and any(found for found, _ in leading_places(name, frame)):
        return None
    hint = relative_place(frame.level_hint, frame) if frame.level_hint else None
    place = hint or place
    if name in load_tables().local:
        return _wrong_level(name, place, frame)
    found = unknown_local(
        name, place, place.canonical, f"未写地名，按发文机关所在地{place.canonical}"
    )
    return Resolution(found.target, found.reason, (), 0.5) if found else None


def _wrong_level(name: str, place: Division, frame: Frame) -> Resolution:
    candidate = known_local(name, place, frame, "absolute", "")
    names = (candidate.target.name,) if candidate and candidate.target else ()
    return unresolved(
        f"“{name}”不是{place.canonical}本级机构的名称，未写地名，无法确定",
        "no body of the notice's place has this name, and it names no other",
        names,
    )
