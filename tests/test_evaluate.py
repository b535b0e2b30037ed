"""The scorer, on fragments made by hand."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.types import Edge, GraphFragment, Node, Value
from loaders.evaluate import evaluate_folder, read_fragment, read_gold
from loaders.scoring import (
    Aliases,
    Fact,
    Score,
    compare_scores,
    format_scores,
    parse_scores,
    score_facts,
)

ALIASES = Aliases([["甲县林业局", "甲县林草局"]])


def counts(score: Score) -> tuple[int, int, int]:
    return score.hits, len(score.misses), len(score.false)


def facts(rows: Sequence[tuple[str, str, str]]) -> list[Fact]:
    return [
        Fact("7", path, relation, value.removesuffix(" #optional"), "引文", "#optional" in value)
        for path, relation, value in rows
    ]


# relation, what is annotated, what is found, (hits, misses, false); all at the path 一/(一).
MATCHING = [
    ("PLACE", ["甲县"], ["甲县"], (1, 0, 0)),
    ("PLACE", ["甲县", "乙县"], ["甲县"], (1, 1, 0)),
    ("PLACE", ["甲县"], ["甲县", "丙县"], (1, 0, 1)),
    ("PLACE", ["甲县"], ["甲县", "甲县"], (1, 0, 0)),  # supported and mentioned is found once
    ("PLACE", ["甲县 #optional"], [], (0, 0, 0)),
    ("PLACE", ["甲县 #optional"], ["甲县"], (0, 0, 0)),
    ("PLACE", ["甲县 #optional", "甲县"], [], (0, 1, 0)),
    ("PROGRAM", ["“护绿(2024)”行动"], ["「护绿（2024）」 行动"], (1, 0, 0)),
    ("PROGRAM", ["护绿行动"], ["护绿行动方案"], (0, 1, 1)),  # only titles match by prefix
    ("LEADS", ["甲县林业局"], ["甲县林草局"], (1, 0, 0)),
    ("LEADS", ["甲县林业局"], ["甲县林草局", "甲县林业局"], (1, 0, 0)),
    ("LEADS", ["甲县林业局"], ["乙县林草局"], (0, 1, 1)),
    ("TITLE", ["普查古树名木"], ["普查古树名木,建档立卡"], (1, 0, 0)),
    ("TITLE", ["普查古树名木,建档立卡"], ["普查古树名木"], (1, 0, 0)),
    ("TITLE", ["普查古树名木"], ["普查"], (0, 1, 1)),  # so short a beginning says nothing
    ("DUE", ["2024-06-30"], ["2024-06-30"], (1, 0, 0)),
    ("DUE", ["2024-06-30"], ["2024-06-29"], (0, 1, 1)),
    ("DUE", ["ongoing"], ["ongoing"], (1, 0, 0)),
    ("CITES", ["古树名木保护条例"], ["《古树名木保护条例》"], (1, 0, 0)),
    ("DERIVES_FROM", ["护林法|implements|"], ["《护林法》|implements|令〔2019〕1号"], (1, 0, 0)),
    ("DERIVES_FROM", ["护林法|implements|"], ["护林法|based_on|"], (0, 1, 1)),
    ("INSTRUMENT", ["ip_fund"], ["ipfund"], (0, 1, 1)),  # ids are not names
    ("TARGET", ["存活率|>=|95|%|2025"], ["古树存活率|=|95.0|％|"], (1, 0, 0)),
    ("TARGET", ["古树|>=|95|株|2025"], ["古树|>=|95.0|%|2025"], (0, 1, 1)),
    ("TARGET", ["古树|>=|95|株|2025"], ["古树|>=|96.0|株|2025"], (0, 1, 1)),
]


@pytest.mark.parametrize(("relation", "wanted", "found", "expected"), MATCHING)
def test_matching(
    relation: str, wanted: list[str], found: list[str], expected: tuple[int, int, int]
) -> None:
    gold = facts([("一/(一)", relation, value) for value in wanted])
    ours = facts([("一/(一)", relation, value) for value in found])
    scores = {score.relation: score for score in score_facts(gold, ours, ALIASES)}
    assert counts(scores[relation]) == expected


def test_place_in_the_outline_counts() -> None:
    gold = facts([("一/(一)", "TITLE", "普查古树名木"), ("一/(二)", "LEADS", "甲县林业局")])
    ours = facts([("一/（一）", "TITLE", "普查古树名木"), ("一/(一)", "LEADS", "甲县林业局")])
    scores = {score.relation: score for score in score_facts(gold, ours, ALIASES)}
    assert counts(scores["TITLE"]) == (1, 0, 0)
    assert counts(scores["LEADS"]) == (0, 1, 1)


def test_roles_are_pooled_without_forgiving_the_wrong_role() -> None:
    gold = facts([("一", "LEADS", "甲局"), ("一", "SUPPORTS", "乙局")])
    ours = facts([("一", "RESPONSIBLE_FOR", "甲局"), ("一", "SUPPORTS", "乙局")])
    scores = {score.relation: score for score in score_facts(gold, ours, ALIASES)}
    assert counts(scores["ROLES"]) == (1, 1, 1)


def node(label: str, name: str, **more: Value) -> Node:
    return Node(f"{label} {name}", label, {"name": name, **more})


NOTICE = node("Notice", "关于养护古树的通知", title="关于养护古树的通知", kind="通知")
LAW = node("Notice", "护林法", document_number="令〔2019〕1号")
AIMS = node("Section", "总体要求", path="一", title="总体要求")
TASKS = node("Section", "任务", path="二", title="任务")
SURVEY = node(
    "Measure", "普查", path="二/(一)", title="普查", due_on="2024-06-30", due_text="六月\n底前"
)
CARE = node("Measure", "管护", path="二/(二)", title="管护", ongoing=True)
OFFICE = node("Agency", "甲县林业局")
COUNTY = node("Place", "甲县")
FUND = node("Instrument", "资金", instrument="funding")
RATE = node("Target", "存活率", metric="存活率", comparator="≥", value=95.0, unit="%")


def edge(start: Node, kind: str, end: Node, **more: Value) -> Edge:
    properties: dict[str, Value] = {"quote": "某处\n文字", **more}
    return Edge(f"{start.id} {kind} {end.id}", kind, start.ref, end.ref, properties)


EDGES = [
    (edge(OFFICE, "ISSUED", NOTICE), (".", "ISSUER", "甲县林业局")),
    (edge(OFFICE, "LEADS", SURVEY), ("二/(一)", "LEADS", "甲县林业局")),
    (edge(OFFICE, "SUPPORTS", CARE), ("二/(二)", "SUPPORTS", "甲县林业局")),
    (edge(SURVEY, "SUPPORTS", COUNTY), ("二/(一)", "PLACE", "甲县")),
    (edge(CARE, "MENTIONS", COUNTY), ("二/(二)", "PLACE", "甲县")),
    (edge(CARE, "USES", FUND), ("二/(二)", "INSTRUMENT", "funding")),
    (edge(AIMS, "SETS", RATE), ("一", "TARGET", "存活率|≥|95.0|%|")),
    (edge(CARE, "CITES", LAW), ("二/(二)", "CITES", "护林法")),
    (
        edge(NOTICE, "DERIVES_FROM", LAW, relation="implements"),
        (".", "DERIVES_FROM", "护林法|implements|令〔2019〕1号"),
    ),
    (edge(NOTICE, "CITES", LAW), None),
    (edge(CARE, "DERIVES_FROM", SURVEY, relation="text_reuse"), None),
    (edge(SURVEY, "PART_OF", TASKS), None),
    (edge(OFFICE, "GOVERNS", COUNTY), None),
    (edge(CARE, "MENTIONS", OFFICE), None),
]
NODES = (NOTICE, LAW, AIMS, TASKS, SURVEY, CARE, OFFICE, COUNTY, FUND, RATE)
BESIDES = {
    (".", "NOTICE_TITLE", "关于养护古树的通知"),
    (".", "KIND", "通知"),
    ("一", "SECTION", "总体要求"),  # and not 任务, which has items below it
    ("二/(一)", "PATH", "二/(一)"),
    ("二/(一)", "TITLE", "普查"),
    ("二/(一)", "DUE", "2024-06-30"),
    ("二/(二)", "PATH", "二/(二)"),
    ("二/(二)", "TITLE", "管护"),
    ("二/(二)", "DUE", "ongoing"),
}


def test_a_fragment_in_the_terms_of_the_annotations() -> None:
    fragment = GraphFragment(NOTICE.id, NODES, tuple(edge for edge, _ in EDGES))
    found = read_fragment("7", fragment)
    expected = [fact for _, fact in EDGES if fact is not None] + list(BESIDES)
    assert sorted((f.path, f.relation, f.value) for f in found) == sorted(expected)
    assert {f.quote for f in found if f.relation == "PLACE"} == {"某处 文字"}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "7.txt").write_text("正文", encoding="utf-8")
    return tmp_path


def extract_nothing(raw: bytes, uri: str) -> GraphFragment:
    return GraphFragment(NOTICE.id, (NOTICE,), ())


def test_a_folder_is_scored(gold: Path) -> None:
    (gold / "aliases.tsv").write_text("关于养护古树的通知\t护树通知\n", encoding="utf-8")
    (gold / "7.tsv").write_text(
        ".\tNOTICE_TITLE\t护树通知\t护树通知\n一\tTITLE\t补种 #optional\t补种\n"
        "二\tPLACE\t甲县 #supports #optional\t县\n二\tPLACE\t乙县 #supports\t县\n",
        encoding="utf-8",
    )
    scores = {s.relation: counts(s) for s in evaluate_folder(gold, extract_nothing)}
    assert scores == {
        "NOTICE_TITLE": (1, 0, 0),
        "KIND": (0, 0, 1),
        "PATH": (0, 0, 0),
        "TITLE": (0, 0, 0),
        "PLACE": (0, 1, 0),
    }


def test_precision_recall_and_f1() -> None:
    score = Score("PLACE", 6, misses=(Fact("7", "一", "PLACE", "甲"),) * 2, false=())
    assert (score.precision, score.recall) == (1.0, 0.75)
    assert score.f1 == pytest.approx(6 / 7)
    assert Score("PLACE", 0, (), ()).f1 == 1.0


def test_misses_keep_their_quotes() -> None:
    (score,) = score_facts(facts([("一", "PLACE", "乙县")]), [], ALIASES)
    assert score.misses == (Fact("7", "一", "PLACE", "乙县", "引文"),)


def test_classes_of_aliases_that_share_a_name_are_one() -> None:
    aliases = Aliases([["甲", "乙"], ["丙", "丁"], ["乙", "丙"]])
    assert len({aliases.key(name) for name in "甲乙丙丁"}) == 1
    assert aliases.key("戊") == "戊"


def test_gains_and_losses() -> None:
    a, b, c = (Fact("7", "一", "PLACE", name) for name in "甲乙丙")
    earlier = score_facts([a, b], [b, c], Aliases())
    later = score_facts([a, b], [a], Aliases())
    changes = compare_scores(earlier, later)
    assert {fact.value for fact in changes.gains} == {"甲", "丙"}
    assert {fact.value for fact in changes.losses} == {"乙"}
    assert compare_scores(later, later).losses == ()


def test_saved_scores_read_back() -> None:
    a, b = (Fact("7", "一", "PLACE", name, "引") for name in "甲乙")
    scores = score_facts([a], [b], Aliases())
    assert parse_scores(format_scores(scores), "run.json") == scores  # type: ignore[arg-type]
    with pytest.raises(SourceError, match=r"run\.json"):
        parse_scores([{"relation": "PLACE"}], "run.json")


@pytest.mark.parametrize(
    ("line", "reason"),
    [("一\tPLACE\t甲县", "3 fields"), ("一\tPLAICE\t甲县\t甲县", "unknown relation PLAICE")],
)
def test_a_bad_line_is_named(gold: Path, line: str, reason: str) -> None:
    (gold / "7.tsv").write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=rf"7\.tsv.*line 2.*{reason}"):
        read_gold(gold / "7.tsv")


def test_notice_in_another_folder(gold: Path, tmp_path: Path) -> None:
    (gold / "8.tsv").write_text(".\tKIND\t通知\t通知\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"8\.txt"):
        evaluate_folder(gold, extract_nothing)
    notices = tmp_path / "notices"
    notices.mkdir()
    (notices / "8.html").write_text("<p>正文", encoding="utf-8")
    scores = evaluate_folder(gold, extract_nothing, notices)
    assert {score.relation: score.hits for score in scores}["KIND"] == 1


def test_folder_without_annotations(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no annotations"):
        evaluate_folder(tmp_path, extract_nothing)
