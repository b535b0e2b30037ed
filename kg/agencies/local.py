"""Bodies of a known place: forms looked up by what follows the place."""

import re

from kg.agencies.build import build_as_written, build_local, build_verbatim, fill_template
from kg.agencies.places import find_place, relative_place
from kg.agencies.shape import kind_by_ending, reads_as_sentence
from kg.agencies.tables import Form, load_tables
from kg.agencies.types import AgencyName, Frame, Resolution
from kg.divisions import Division

_TOWNSHIP = re.compile(r"(.{1,8}(?:镇|乡))(?:人民政府|政府)|(.{1,10}街道)(?:办事处|办)")
_CUSTOMS = re.compile(r"(?:中华人民共和国)?([^省市区县各]{2,8})海关")
_CENTRE_TAIL = r"知识产权(?:保护|快速维权|维权援助)中心"
_CENTRE = re.compile(
    rf"中国(?:\((?P<place>.{{2,8}})\)(?P<tail>.{{0,12}}{_CENTRE_TAIL})"
    rf"|(?P<bare>[\u4e00-\u9fff]{{2,6}})(?P<rest>{_CENTRE_TAIL}))"
)
_MARKS = "、，。；：,;:"
_LATE = "9999"  # a notice without a date is read as of today
_ZONE_ENDINGS = "区城园港场岛镇乡带"
_UNKNOWN_CERTAINTY = 0.6


def find_form(key: str, place: Division, frame: Frame, reach: str) -> Form | None:
    """Return the form that a key means in a place, as of the notice's date, or None.

    Args:
        key: what stands after the place: 发展改革委, 委宣传部, 政府.
        place: the place.
        frame: gives the date.
        reach: absolute (place named), relative (省, 市 …) or bare (no place at all).
    """
    tables = load_tables()
    for variant in _key_variants(key):
        forms = [f for f in tables.local.get(variant, ()) if _fits(f, place, reach)]
        if forms:
            return _as_of(forms, frame)
    return None


def _key_variants(key: str) -> tuple[str, ...]:
    """Return a key and what it may stand for: 政府外办 → 外办, 委员会宣传部 → 委宣传部."""
    for written, means in (("人民政府", ""), ("政府", ""), ("委员会", "委"), ("党委", "委")):
        if key.startswith(written) and len(key) > len(written):
            return key, means + key[len(written) :]
    return (key,)


def _fits(form: Form, place: Division, reach: str) -> bool:
    if place.level not in form.levels or _is_above(form, place):
        return False
    if reach == "bare":
        city = place.level == "province" and not place.name.endswith(("省", "自治区"))
        return form.reach != "absolute" and (city or place.level in form.bare_levels)
    return form.reach in ("any", reach)


def _is_above(form: Form, place: Division) -> bool:
    """Tell whether a department is one of provinces only: no municipality has a 教育厅."""
    is_department = form.template.startswith("{place}") and form.template.endswith("厅")
    return is_department and place.level == "province" and place.name.endswith("市")


def _as_of(forms: list[Form], frame: Frame) -> Form:
    """Return the form in use on the notice's date; failing that, the present one."""
    return next((f for f in forms if _in_use(f.since, f.until, frame.issued_on)), forms[0])


def _in_use(since: str | None, until: str | None, issued_on: str | None) -> bool:
    at = issued_on or _LATE
    started = since is None or at[: len(since)] >= since[: len(at)]
    return started and (until is None or at[: len(until)] < until)


def in_use(since: str | None, until: str | None, frame: Frame) -> bool:
    """Tell whether a name borne from `since` until before `until` was in use at a notice's date."""
    return _in_use(since, until, frame.issued_on)


def validity_note(until: str | None, successor: str | None, frame: Frame) -> str:
    """Return a remark for people where a body was gone by the notice's date, or ""."""
    if until is None or _in_use(None, until, frame.issued_on):
        return ""
    heir = f"，职能由{successor}承接" if successor else ""
    return f"；该机构名称使用至{until[:4]}年{heir}"


def known_local(key: str, place: Division, frame: Frame, reach: str, why: str) -> Resolution | None:
    """Return the body a known form makes in a place, or None if the key is not known."""
    form = find_form(key, place, frame, reach)
    if form is None:
        return None
    successor = form.successor and fill_template(form.successor, place)
    note = validity_note(form.until, successor, frame)
    return Resolution(build_local(place, form), why + note)


def township(key: str, place: Division, why: str) -> Resolution | None:
    """Return the government of a town or the office of a 街道, or None if none is named."""
    match = _TOWNSHIP.fullmatch(key)
    if (
        match is None
        or key.startswith(("各", "有关", "相关"))
        or place.level == "province"
        or reads_as_sentence(key)
    ):
        return None
    name = f"{match[1]}人民政府" if match[1] else f"{match[2]}办事处"
    target = AgencyName(
        name=f"{place.canonical}{name}",
        kind="government",
        level="township",
        jurisdiction="",
        parent=f"{place.canonical}人民政府",
        aliases=(f"{place.canonical}{key}",) if key != name else (),
    )
    return Resolution(target, why)


def unknown_local(rest: str, place: Division, written: str, why: str) -> Resolution | None:
    """Return a body put together from a place and a name no table knows, or None.

    Args:
        rest: what stands after the place.
        place: the place.
        written: the place as it goes into the name.
        why: reason so far.
    """
    kind = kind_by_ending(rest)
    organ = rest.removeprefix("党").removeprefix("委") if rest.startswith(("委", "党委")) else ""
    is_organ = len(organ) > 1 and (kind is not None or organ.endswith("室"))
    if not (kind or is_organ) or len(rest) < 2 or any(mark in rest for mark in _MARKS):
        return None
    if is_organ or kind is None:
        return _unknown_party(organ, place, why)
    name = written + _in_full(re.sub("管委会?$", "管理委员会", rest))
    target = build_as_written(name, kind, place)
    return Resolution(
        target, f"{why}；“{rest}”不在机构表中，按原文组成名称", (), _UNKNOWN_CERTAINTY
    )


def _in_full(rest: str) -> str:
    """Return a zone's department in full (东风场区市场监管局); others as they are written.

    A bureau of several fields bears them as they are: 教育体育科技局, 新经济和科技局.
    """
    for cut in range(2, len(rest) - 2) if rest.endswith(("局", "委")) else ():
        if rest[cut - 1] not in _ZONE_ENDINGS:
            continue
        forms = load_tables().local.get(rest[cut:], ())
        template = forms[0].template if forms else ""
        if template.startswith("{place}") and "{" not in template[7:]:
            return rest[:cut] + template[7:]
    return rest


def _unknown_party(rest: str, place: Division, why: str) -> Resolution:
    """Return an organ of the party committee that no table knows: 市委社治委."""
    committee = fill_template("中共{committee}", place)
    name = fill_template("中共{party}", place) + rest
    target = AgencyName(name, "party", place.level, place.code, committee)
    return Resolution(
        target, f"{why}；“{rest}”不在机构表中，按原文组成名称", (), _UNKNOWN_CERTAINTY
    )


def protection_centre(name: str, frame: Frame) -> Resolution | None:
    """Resolve 中国(沈阳)知识产权保护中心: national by name, run by the place in the bracket.

    A copy may have lost the bracket: 中国沈阳知识产权保护中心.
    """
    match = _CENTRE.fullmatch(name)
    if match is None:
        return None
    named, tail = match["place"] or match["bare"], match["tail"] or match["rest"]
    place = find_place(named, frame)
    if place is None:
        return None
    target = AgencyName(
        name=f"中国({named}){tail}",
        kind="public_institution",
        level=place.level,
        jurisdiction=place.code,
        parent=None,
        aliases=(f"{place.canonical}{tail}",),
    )
    return Resolution(target, f"设在{place.canonical}，名称按原文")


def infix_body(name: str, frame: Frame) -> Resolution | None:
    """Resolve names with the place inside: 国家税务总局大连市税务局, 团省委, 人行重庆营管部."""
    tables = load_tables()
    if not name.startswith(tables.heads):
        return None
    for head in tables.heads:
        if not name.startswith(head):
            continue
        for tail, _ in tables.infix[head]:
            middle = name[len(head) : -len(tail)]
            if name.endswith(tail) and middle:
                found = _infix_forms(middle, head, tail, frame)
                if found:
                    return found
    return None


def customs_house(name: str, frame: Frame) -> Resolution | None:
    """Resolve 大连海关, 拱北海关: named after a seat, with a district that is no division."""
    match = _CUSTOMS.fullmatch(name)
    if match is None:
        return None
    place = find_place(match[1], frame)
    governs = place is not None and place.level != "county"
    target = AgencyName(
        name=f"{match[1]}海关",
        kind="department",
        level="prefecture",
        jurisdiction=place.code if place and governs else "",
        parent="海关总署",
        aliases=(f"中华人民共和国{match[1]}海关",),
    )
    return Resolution(target, "海关总署的派出机构，名称按原文")


def production_corps(name: str, frame: Frame) -> Resolution | None:
    """Resolve 兵团, which is a place and the body that governs it."""
    place = relative_place("兵团", frame) if name.endswith("兵团") else None
    if place is None or name not in ("兵团", place.name, *place.aliases):
        return None
    return known_local("人民政府", place, frame, "absolute", "新疆生产建设兵团本级")


def discipline_and_supervision(name: str, frame: Frame) -> Resolution | None:
    """Resolve the full name of 纪委监委, in which the place stands twice."""
    head, middle, tail = "中共", "纪律检查委员会", "监察委员会"
    first, found, second = name.removeprefix(head).removesuffix(tail).partition(middle)
    if not found or first != second or not name.startswith(head):
        return None
    place = find_place(first, frame)
    return known_local("纪委监委", place, frame, "absolute", "地名写明") if place else None


def _infix_forms(middle: str, head: str, tail: str, frame: Frame) -> Resolution | None:
    forms = [form for end, form in load_tables().infix[head] if end == tail]
    place = relative_place(middle, frame) or find_place(middle, frame)
    if place is None:
        return _unplaced(middle, forms, frame)
    fitting = [form for form in forms if place.level in form.levels]
    if not fitting:
        return None
    form = _as_of(fitting, frame)
    why = f"“{head}…{tail}”为{place.canonical}的机构"
    if form.verbatim and not name_is_relative(middle):
        return Resolution(build_verbatim(middle, place, form), why)
    successor = form.successor and fill_template(form.successor, place)
    return Resolution(build_local(place, form), why + validity_note(form.until, successor, frame))


def _unplaced(middle: str, forms: list[Form], frame: Frame) -> Resolution | None:
    """Resolve an office whose place is no division (首都机场海关): only {stem} names keep it."""
    stems = [form for form in forms if "{stem}" in form.template or "{seat}" in form.template]
    if not stems or len(middle) > 8:
        return None
    form = _as_of(stems, frame)
    why = f"“{middle}”不是行政区划，名称按原文保留"
    return Resolution(build_verbatim(middle, None, form), why, (), _UNKNOWN_CERTAINTY)


def name_is_relative(word: str) -> bool:
    """Tell whether a word is 省, 市 … rather than the name of a place."""
    return word in ("省", "市", "区", "县", "州", "盟", "旗", "自治区", "自治州", "地区")
