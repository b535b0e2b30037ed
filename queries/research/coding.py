"""A sample for coders, and how far they agree with the graph.

Every code is a yes or no for every item, so that an item may bear several codes of a dimension.
For each code, kappa compares the graph with each coder, and the coders with one another; `all`
pools the decisions of a dimension.

Source: Cohen, J. (1960), A coefficient of agreement for nominal scales, Educational and
Psychological Measurement 20(1): 37-46; Landis, J. R. and Koch, G. G. (1977), The measurement of
observer agreement for categorical data, Biometrics 33(1): 159-174, for the words.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from kg.activities import load_activities
from kg.errors import QueryError
from kg.instruments import CLASSES
from queries.research.crosstab import UNASSIGNED, code_uses
from queries.research.material import Material
from queries.tables.columns import column
from queries.types import Row

GRAPH = "graph"
MAX_CODERS = 9
_NONE = frozenset({"0", "无", "none"})
_CELL = re.compile(r"(coder\d)_(\w+)")
_SPLIT = re.compile(r"[;；,，、/|\s]+")
_CLASS_ZH = {"supply": "供给", "environment": "环境", "demand": "需求"}
_WORDS = (
    (0.8, "almost perfect"),
    (0.6, "substantial"),
    (0.4, "moderate"),
    (0.2, "fair"),
    (0.0, "slight"),
)


class Dimension(NamedTuple):
    """What coders are asked of each item.

    Attributes:
        key: of its columns.
        question_zh: the question in Chinese.
        question_en: the same in English.
        codes: each with the words that a coder may write for it.
    """

    key: str
    question_zh: str
    question_en: str
    codes: Mapping[str, tuple[str, ...]]


class ItemRow(Row):
    """编码样本|Measures drawn at random, to be coded without seeing what the graph says."""

    item: int = column("序号", "number of the item")
    measure_id: str = column("措施编号", "id of the measure: leave as it is")
    notice_title: str = column("公文标题", "title of the notice")
    path: str = column("层次路径", "its place in the outline")
    title: str = column("措施标题", "title of the measure")
    text: str = column("正文", "text of the measure")


class AgreementRow(Row):
    """一致性检验|Agreement between two raters on one code."""

    dimension: str = column("维度", "class, activity, leader or deadline")
    code: str = column("编码", "the code; all: every code of the dimension, pooled")
    rater_a: str = column("甲", "graph, or a coder")
    rater_b: str = column("乙", "a coder")
    items: int = column("条目数", "items, or for all decisions, that both rated")
    both: int = column("均有", "both say yes")
    only_a: int = column("仅甲", "the first alone says yes")
    only_b: int = column("仅乙", "the second alone says yes")
    neither: int = column("均无", "neither says yes")
    agreement: float = column("一致率", "share on which they agree")
    kappa: float | None = column("Kappa", "Cohen's kappa; empty where both always say the same")
    strength: str | None = column("强度", "in the words of Landis and Koch")


def dimensions() -> tuple[Dimension, ...]:
    """Return what is coded."""
    classes = {key: (key, _CLASS_ZH[key], f"{_CLASS_ZH[key]}型") for key in CLASSES}
    activities = {key: (key, item.zh) for key, item in load_activities().items()}
    yes = {"yes": ("yes", "1", "是", "有")}
    return (
        Dimension("class", "运用了哪类政策工具", "which classes of instruments it uses", classes),
        Dimension("activity", "作用于知识产权哪些环节", "which activities it works on", activities),
        Dimension("leader", "是否写明牵头单位", "whether it names who leads", yes),
        Dimension(
            "deadline", "是否有期限或持续推进", "whether it has a deadline or is ongoing", yes
        ),
    )


def draw_sample(material: Material, size: int, seed: int) -> list[ItemRow]:
    """Return measures drawn at random; the same seed and graph draw the same, in the same order."""
    ordered = sorted(material.measures, key=lambda row: row.measure_id)
    drawn = random.Random(seed).sample(ordered, min(size, len(ordered)))
    return [
        ItemRow(item=number, **{name: getattr(row, name) for name in _ITEM})
        for number, row in enumerate(drawn, start=1)
    ]


_ITEM = tuple(name for name in ItemRow.model_fields if name != "item")


def blank_columns(coders: int) -> list[str]:
    """Return the names of the columns that coders fill in."""
    return [f"coder{n}_{d.key}" for n in range(1, coders + 1) for d in dimensions()]


def rate_agreement(
    material: Material, sheet: Sequence[Mapping[str, str]]
) -> tuple[list[AgreementRow], list[str]]:
    """Return the agreement on each code between the graph and each coder, and among coders.

    Args:
        material: the graph's side; measures that it lacks are left out and told.
        sheet: rows of the coding sheet, by column; an empty cell is not coded.

    Returns:
        The rows, and what to know of them.

    Raises:
        QueryError: the sheet is no coding sheet, nothing is coded, or a cell holds no code.
    """
    known = material.measure_of
    rows = [row for row in sheet if row.get("measure_id", "").strip() in known]
    notes = []
    if lost := len(sheet) - len(rows):
        notes.append(f"{lost} 条不在图中，未计入 {lost} items are not in the graph: left out")
    ratings = {GRAPH: _graph_codes(material)} | _coders(rows)
    if len(ratings) == 1:
        raise QueryError("nothing is coded: fill in the columns coder1_class, coder1_activity …")
    found: list[AgreementRow] = []
    for a, b in combinations(ratings, 2):
        for dimension in dimensions():
            found += _compare(dimension, (a, ratings[a]), (b, ratings[b]))
    return found, notes


type Ratings = Mapping[tuple[str, str], frozenset[str]]
"""Codes by measure and dimension; a missing key means that nothing was decided."""


def kappa(table: tuple[int, int, int, int]) -> float | None:
    """Return Cohen's kappa of two raters' yes and no, None where chance explains everything.

    Args:
        table: how often both said yes, only the first, only the second, neither.
    """
    both, only_a, only_b, neither = table
    total = sum(table)
    if not total:
        return None
    yes_a, yes_b = (both + only_a) / total, (both + only_b) / total
    chance = yes_a * yes_b + (1 - yes_a) * (1 - yes_b)
    if chance == 1:
        return None
    return ((both + neither) / total - chance) / (1 - chance)


def _compare(
    dimension: Dimension, one: tuple[str, Ratings], other: tuple[str, Ratings]
) -> Iterator[AgreementRow]:
    (name_a, a), (name_b, b) = one, other
    shared = [key for key in a if key in b and key[1] == dimension.key]
    if not shared:
        return
    pooled = [0, 0, 0, 0]
    for code in dimension.codes:
        table = [0, 0, 0, 0]
        for key in shared:
            table[2 * (code not in a[key]) + (code not in b[key])] += 1
        pooled = [x + y for x, y in zip(pooled, table, strict=True)]
        yield _row((dimension.key, code, name_a, name_b), table)
    if len(dimension.codes) > 1:
        yield _row((dimension.key, "all", name_a, name_b), pooled)


def _row(names: tuple[str, str, str, str], table: Sequence[int]) -> AgreementRow:
    both, only_a, only_b, neither = table
    value = kappa((both, only_a, only_b, neither))
    dimension, code, rater_a, rater_b = names
    return AgreementRow(
        dimension=dimension,
        code=code,
        rater_a=rater_a,
        rater_b=rater_b,
        items=sum(table),
        both=both,
        only_a=only_a,
        only_b=only_b,
        neither=neither,
        agreement=round((both + neither) / sum(table), 4),
        kappa=None if value is None else round(value, 4),
        strength=None if value is None else _in_words(value),
    )


def _in_words(value: float) -> str:
    return next(
        (word for bound, word in _WORDS if value > bound), "poor" if value < 0 else "slight"
    )


def _graph_codes(material: Material) -> Ratings:
    found: dict[tuple[str, str], set[str]] = {
        (measure, dimension.key): set()
        for measure in material.measure_of
        for dimension in dimensions()
    }
    for use in code_uses(material):
        found[use.measure_id, "class"].add(use.instrument_class)
        if use.activity != UNASSIGNED:
            found[use.measure_id, "activity"].add(use.activity)
    for role in material.roles:
        if role.role == "LEADS":
            found[role.measure_id, "leader"].add("yes")
    for due in material.deadlines:
        found[due.measure_id, "deadline"].add("yes")
    return {key: frozenset(codes) for key, codes in found.items()}


def _coders(rows: Iterable[Mapping[str, str]]) -> dict[str, Ratings]:
    known = {dimension.key: dimension for dimension in dimensions()}
    found: dict[str, dict[tuple[str, str], frozenset[str]]] = defaultdict(dict)
    for number, row in enumerate(rows, start=2):  # as a spreadsheet counts, below the names
        for name, value in row.items():
            cell = _CELL.fullmatch(name.strip())
            if cell and cell[2] in known and value.strip():
                codes = _parse(known[cell[2]], value, f"row {number}, column {name}")
                found[cell[1]][row["measure_id"].strip(), cell[2]] = codes
    return dict(sorted(found.items()))


def _parse(dimension: Dimension, value: str, where: str) -> frozenset[str]:
    words = [word.lower() for word in _SPLIT.split(value.strip()) if word]
    if all(word in _NONE for word in words):
        return frozenset()
    meant: dict[str, Any] = {w: code for code, ws in dimension.codes.items() for w in ws}
    if unknown := [word for word in words if word not in meant]:
        allowed = "、".join(words[0] for words in dimension.codes.values())
        raise QueryError(f"{where}: {unknown[0]!r} is no code; write {allowed}, or 0 for none")
    return frozenset(meant[word] for word in words)
