"""The research pack: its measures are those of the papers, its files open, its sheet is rated."""

import csv
import json
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from statistics import correlation

import graph_fixture as sample
import matplotlib as mpl
import networkx as nx
import pandas as pd
import pytest
from builders import NoticeBuilder
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from matplotlib import font_manager
from typer.testing import CliRunner, Result

from api.cli import app
from kg.activities import load_activities
from kg.errors import ExportError, QueryError
from kg.instruments import load_instruments
from kg.pmc import load_pmc
from kg.stores import open_store
from queries.issuing_levels import issuing_level
from queries.research import counts, crosstab, networks, pmc
from queries.research.coding import draw_sample, kappa, rate_agreement
from queries.research.crosstab import activities_of
from queries.research.material import Material, read_material
from queries.research.periods import WHOLE, parse_periods, plan_periods
from queries.selection import select
from viz.research.drawing import figure_style, save_figure
from viz.research.figures import draw_crosstab
from viz.research.fonts import FAMILIES, find_font
from viz.research.methods import Note
from viz.research.words import WORDS

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "graph.grafeo"
    with open_store(path, mode="write") as store:
        for fragment in sample.fragments():
            store.load(fragment)
    return path


@pytest.fixture(scope="module")
def material(file: Path) -> Material:
    with open_store(file, mode="read") as store:
        return read_material(store, select(store, {}))


@pytest.fixture(scope="module")
def pack(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pack") / "pack"
    run("research-pack", "-o", folder, "--db", file, "--sample", "4", "--seed", "3")
    return folder


def run(*words: object, status: int = 0) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == status, result.output + repr(result.exception)
    assert "Traceback" not in result.output
    return result


# Instruments by class, activity, level and year


@pytest.mark.parametrize(
    ("title", "instruments", "activities", "why"),
    [
        ("推进工作", ["pledge_financing"], ("utilisation",), "the instrument itself"),
        ("加强知识产权保护", ["funding"], ("protection",), "a cue of the title"),
        (
            "推进工作",
            ["funding", "mediation"],
            ("protection",),
            "another instrument of the measure",
        ),
        ("推进工作", ["coordination"], ("management",), "nothing said otherwise"),
        (
            "加强知识产权保护",
            ["coordination"],
            ("protection",),
            "the title comes before the default",
        ),
        ("推进工作", ["funding"], (), "nothing tells"),
        ("促进创造运用", ["reward"], ("creation", "utilisation"), "two cues"),
    ],
)
def test_the_activity_of_a_measure(
    title: str, instruments: list[str], activities: tuple[str, ...], why: str
) -> None:
    found = tuple(a for a in activities_of(title, instruments) if a != crosstab.UNASSIGNED)
    assert found == activities, why


def test_the_activities_are_the_five_of_the_chain() -> None:
    assert [item.zh for item in load_activities().values()] == [
        "创造",
        "运用",
        "保护",
        "管理",
        "服务",
    ]
    assert all(item.cues and item.instruments for item in load_activities().values())


def test_cells_add_up_and_name_their_evidence(material: Material) -> None:
    coded = crosstab.code_uses(material)
    cells = crosstab.count_cells(coded)
    assert {row.eid for row in coded} == {row.eid for row in material.uses}
    assert Counter(row.cell for row in coded) == {cell.cell: cell.uses for cell in cells}
    shares: dict[tuple[str | None, int | None], float] = defaultdict(float)
    for cell in cells:
        shares[cell.level, cell.year] += cell.share
        assert cell.example_eid in {row.eid for row in coded if row.cell == cell.cell}
    assert all(share == pytest.approx(1, abs=0.001) for share in shares.values())
    texts = {
        f.notice_id: str(n.properties["text"])
        for f in sample.fragments()
        for n in f.nodes
        if n.id == f.notice_id
    }
    assert all(texts[row.notice_id][row.start : row.end] == row.quote for row in coded)
    assert "supply/protection/province/2022" in {row.cell for row in coded}  # 加强地理标志保护


# Cooperation


@st.composite
def graphs(draw: st.DrawFn) -> "nx.Graph[str]":
    size = draw(st.integers(2, 7))
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from("abcdefg"[:size])
    pairs = [*combinations("abcdefg"[:size], 2)]
    graph.add_edges_from(draw(st.lists(st.sampled_from(pairs), unique=True)))
    return graph


def _cost(graph: "nx.Graph[str]", core: frozenset[str]) -> int:
    inside = graph.subgraph(core).number_of_edges()
    missing = len(core) * (len(core) - 1) // 2 - inside
    return missing + graph.subgraph(set(graph) - core).number_of_edges()


@given(graphs())
def test_no_core_is_better(graph: "nx.Graph[str]") -> None:
    every = (frozenset(core) for n in range(len(graph) + 1) for core in combinations(graph, n))
    assert _cost(graph, networks.find_core(graph)) == min(_cost(graph, core) for core in every)


@given(graphs())
def test_the_fit_is_the_correlation_with_the_ideal(graph: "nx.Graph[str]") -> None:
    core = networks.find_core(graph)
    pairs = [p for p in combinations(graph, 2) if len(core & set(p)) != 1]
    ideal = [float(set(pair) <= core) for pair in pairs]
    ties = [float(graph.has_edge(*pair)) for pair in pairs]
    found = networks.core_fit(graph, core)
    if len(set(ideal)) < 2 or len(set(ties)) < 2:
        assert found is None
    else:
        assert found == pytest.approx(correlation(ideal, ties))


def test_who_cooperates(material: Material) -> None:
    [whole, *rest] = networks.make_networks(material, plan_periods([2022, 2023, 2024]))
    assert (whole.basis, whole.period, [n.period.name for n in rest]) == (
        "measure",
        WHOLE,
        ["2021-2025", "all", "2021-2025"],
    )
    assert [n.basis for n in rest] == ["measure", "notice", "notice"]
    partners = {row.agency: row for row in networks.partner_rows(whole, material)}
    first = partners["辽宁省教育厅"]
    # With 辽宁省知识产权局 and 辽宁省农业农村厅 in one measure, 盘锦市市场监督管理局 in another.
    assert (first.breadth, first.strength, first.depth, first.occasions) == (3, 3, 1.0, 3)
    assert first.betweenness == max(row.betweenness for row in partners.values()) > 0
    assert partners["吉林省教育厅高等教育处"].breadth == 0
    pairs = networks.pair_rows(whole, material)
    assert sum(row.breadth for row in partners.values()) == 2 * len(pairs)
    assert sum(row.strength for row in partners.values()) == 2 * sum(row.joint for row in pairs)
    row = networks.network_row(whole)
    assert (row.agencies, row.ties, row.components) == (len(partners), len(pairs), 4)
    assert row.core_size == sum(row.is_core for row in partners.values())


def test_a_star_is_fully_centralised_about_its_core() -> None:
    star: nx.Graph[str] = nx.Graph([("a", x) for x in "bcde"])
    assert networks.find_core(star) == {"a"}
    assert networks._centralisation(star) == 1


def test_betweenness_of_a_large_network_is_estimated(
    material: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    [whole, *_] = networks.make_networks(material, ())
    exact = {r.agency_id: r.betweenness for r in networks.partner_rows(whole, material)}
    monkeypatch.setattr(networks, "_EXACT", 0)
    all_pivots = {r.agency_id: r.betweenness for r in networks.partner_rows(whole, material)}
    assert all_pivots == pytest.approx(exact)  # each agency is a pivot
    monkeypatch.setattr(networks, "_PIVOTS", 4)
    few = {r.agency_id: r.betweenness for r in networks.partner_rows(whole, material)}
    assert few != pytest.approx(exact)


@pytest.mark.parametrize(
    ("text", "names"), [("2008-2014,2015–2020", ["2008-2014", "2015-2020"]), ("2021", ["2021"])]
)
def test_periods(text: str, names: list[str]) -> None:
    periods = parse_periods(text)
    assert [period.name for period in periods] == names
    assert periods[0].holds(periods[0].first)
    assert not periods[0].holds(None)


@pytest.mark.parametrize("text", ["", "2014-2008", "上个十年", "2008-", "08-14"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="is no span of years"):
        parse_periods(text)


@pytest.mark.parametrize("years", [[2021, 2025, 2020, 2026], [2016, 2030]])
def test_years_fall_in_five_year_plans(years: list[int]) -> None:
    assert [period.name for period in plan_periods(years)] == [
        "2016-2020", "2021-2025", "2026-2030",
    ]  # fmt: skip
    assert plan_periods([]) == ()


def test_a_period_without_cooperation_is_a_row_of_zeros(material: Material) -> None:
    nets = networks.make_networks(material, parse_periods("1990-1995"))
    [silent] = [net for net in nets if (net.basis, net.period.name) == ("measure", "1990-1995")]
    row = networks.network_row(silent)
    assert (row.occasions, row.agencies, row.ties, row.largest_share, row.core_fit) == (
        0, 0, 0, 0, None,
    )  # fmt: skip
    assert networks.pair_rows(silent, material) == networks.partner_rows(silent, material) == []


# Counts


def test_who_answers_for_how_much(material: Material) -> None:
    rows = {row.actor: row for row in counts.count_responsibilities(material)}
    office = rows["辽宁省教育厅"]
    assert (office.leads, office.responsible, office.supports) == (0, 1, 2)
    assert (office.measures, office.notices) == (3, 2)
    assert sum(row.leads for row in rows.values()) == 3


def test_deadlines_stand_in_the_order_of_their_last_day(material: Material) -> None:
    rows = counts.list_deadlines(material)
    assert [row.last_day for row in rows] == ["2024-12-31", "2025-06-30", "2025-12-31"]
    assert [row.precision for row in rows] == ["day", "day", "year"]
    assert rows[0].leads == ("辽宁省知识产权局",)
    assert rows[0].days_allowed == 1022  # from 2022-03-15


def test_lags_between_levels(material: Material) -> None:
    lags = counts.list_lags(material)
    assert len(lags) == 4
    [dated] = [row for row in lags if row.days is not None]
    assert (dated.origin_level, dated.derived_level, dated.relation) == (
        "province",
        "prefecture",
        "implements",
    )
    assert (dated.days, dated.years) == (666, 2)  # 2022-03-15 to 2024-01-10
    assert (dated.precision, dated.origin_year_basis) == ("day", "date")
    assert {row.precision for row in lags if row.days is None} <= {"year", None}
    summary = counts.summarise_lags(lags)
    [row] = [row for row in summary if row.dated and row.relation == "all"]
    assert (row.pairs, row.least, row.median, row.most) == (1, 666, 666, 666)
    assert sum(row.pairs for row in summary if row.relation == "all") == len(lags)


def test_instruments_spread(material: Material) -> None:
    adoptions = counts.list_adoptions(material)
    assert [(r.jurisdiction, r.year) for r in adoptions if r.instrument == "funding"] == [
        ("辽宁省", 2022), ("吉林省", 2023),
    ]  # fmt: skip
    curve = [
        row for row in counts.count_diffusion(material, adoptions) if row.instrument == "funding"
    ]
    assert [(row.year, row.adopters, row.cumulative) for row in curve] == [
        (2022, 1, 1), (2023, 1, 2), (2024, 0, 2),
    ]  # fmt: skip
    assert curve[-1].share == pytest.approx(2 / 3, abs=1e-4)


@pytest.mark.parametrize(
    ("title", "number", "expected"),
    [
        ("国务院关于印发某规划的通知", None, ("national", "title")),
        ("中华人民共和国某法", None, ("national", "title")),
        ("“十四五”国家某规划", None, ("national", "title")),
        ("中国（辽宁）自由贸易试验区条例", None, (None, None)),
        ("辽宁省人民政府关于某事的意见", None, ("province", "title")),
        ("中共沈阳市委关于某事的意见", None, ("prefecture", "title")),
        ("辽宁省沈阳市铁西区某办法", None, ("county", "title")),
        ("关于某事的意见", "辽政发〔2016〕45号", ("province", "number")),
        ("关于某事的意见", "辽市监发〔2020〕1号", ("province", "number")),
        ("关于某事的意见", "辽市政发〔2020〕1号", ("prefecture", "number")),
        ("关于某事的意见", "国知发运字〔2021〕22号", ("national", "number")),
        ("关于某事的意见", "中办发〔2021〕2号", ("national", "number")),
        ("关于某事的意见", "沈政发〔2021〕2号", (None, None)),
        ("某某管理办法", None, (None, None)),
    ],
)
def test_the_level_of_a_notice_that_is_only_cited(
    title: str, number: str | None, expected: tuple[str | None, str | None]
) -> None:
    assert issuing_level(None, title, number) == expected
    assert issuing_level("吉林省", title, number) == ("province", "jurisdiction")


# The PMC index


def test_a_joint_notice_has_the_highest_level_of_its_issuers() -> None:
    made = NoticeBuilder("关于某事的通知")
    for name, level in (("辽宁省人民政府", "province"), ("国家知识产权局", "national")):
        made.edge("ISSUED", made.node("Agency", name, kind="department", level=level), made.ref)
    made.measure("一", "加强保护")
    with sample.in_memory() as store:
        store.load(made.build())
        joint = read_material(store, select(store, {}))
    parts = [part for part in pmc.code_notices(joint) if part.variable == "X3"]
    assert {(part.value, part.because) for part in parts} == {(1, "国家知识产权局")}


def test_the_pmc_index(material: Material) -> None:
    parts = pmc.code_notices(material)
    rows = pmc.index_notices(material, parts)
    assert [row.rank for row in rows] == sorted(row.rank for row in rows)
    assert len(parts) == len(rows) * sum(len(v.parts) for v in load_pmc().variables)
    assert all((part.value == 1) == (part.because is not None) for part in parts)
    by_title = {row.notice_title: row for row in rows}
    row = by_title[sample.LIAONING_TITLE]
    # 供给 alone of three classes; targets, deadlines, roles, leaders and a basis of five.
    assert (row.x4, row.x9, row.x10) == (pytest.approx(1 / 3, abs=1e-4), 1, 1)
    # 省级及以上 three of four; 2024-12-31 is within three years, 2025 and 持续推进 besides.
    assert (row.x3, row.x2) == (0.75, 0.75)
    total = sum(getattr(row, f"x{n}") for n in range(1, 11))
    assert row.index == pytest.approx(total, abs=0.001)
    assert [len(line) for line in pmc.matrix_of(row)] == [3, 3, 3]
    [goal] = [p for p in parts if p.notice_title == sample.LIAONING_TITLE and p.part == "X9.1"]
    assert goal.quote == "培训人员500名"


@pytest.mark.parametrize(
    ("index", "grade"),
    [(10, "完美"), (9, "完美"), (8.99, "优秀"), (5, "可接受"), (4.99, "不良"), (0, "不良")],
)
def test_grades(index: float, grade: str) -> None:
    assert load_pmc().grade(index).zh == grade


# Coding by hand


def test_a_seed_draws_the_same_sample(material: Material) -> None:
    assert draw_sample(material, 4, 3) == draw_sample(material, 4, 3)
    drawn = {tuple(row.measure_id for row in draw_sample(material, 4, seed)) for seed in range(9)}
    assert len(drawn) > 1
    assert len(draw_sample(material, 100, 1)) == len(material.measures)


@pytest.mark.parametrize(
    ("table", "value"),
    [
        ((20, 5, 10, 15), 0.4),  # 35 of 50 agree, 25 by chance
        ((5, 0, 0, 5), 1.0),
        ((0, 5, 5, 0), -1.0),
        ((9, 0, 0, 0), None),
        ((0, 0, 0, 0), None),
    ],
)
def test_kappa(table: tuple[int, int, int, int], value: float | None) -> None:
    assert kappa(table) == (None if value is None else pytest.approx(value))


def _sheet(material: Material, **cells: str) -> list[dict[str, str]]:
    return [{"measure_id": row.measure_id, **cells} for row in material.measures]


def test_a_coder_who_says_what_the_graph_says_agrees(material: Material) -> None:
    classes: dict[str, set[str]] = defaultdict(set)
    for use in material.uses:
        classes[use.measure_id].add(use.instrument_class)
    sheet = [
        {
            "measure_id": m.measure_id,
            "coder1_class": "；".join(classes[m.measure_id]) or "无",
            "coder2_class": "供给型",
        }
        for m in material.measures
    ]
    rows, notes = rate_agreement(material, sheet)
    assert notes == []
    found = {(row.rater_a, row.rater_b, row.code): row for row in rows}
    assert found["graph", "coder1", "all"].kappa == 1
    assert found["graph", "coder1", "all"].strength == "almost perfect"
    assert found["graph", "coder1", "all"].items == 3 * len(material.measures)
    assert found["coder1", "coder2", "supply"].kappa == 0
    assert found["graph", "coder1", "demand"].kappa is None  # nobody ever says yes
    assert ("graph", "coder1") in {(row.rater_a, row.rater_b) for row in rows}


def test_what_is_not_coded_does_not_count(material: Material) -> None:
    sheet = _sheet(material, coder1_leader="")
    sheet[0]["coder1_leader"] = "是"
    sheet.append({"measure_id": "nothing", "coder1_leader": "1"})
    rows, [note] = rate_agreement(material, sheet)
    assert [(row.dimension, row.items) for row in rows] == [("leader", 1)]
    assert "1 items are not in the graph" in note


def test_a_cell_that_holds_no_code_is_told(material: Material) -> None:
    with pytest.raises(
        QueryError, match="row 2, column coder1_class: '需要' is no code; write supply"
    ):
        rate_agreement(material, _sheet(material, coder1_class="供给;需要"))
    with pytest.raises(QueryError, match="nothing is coded"):
        rate_agreement(material, _sheet(material, coder1_class=" "))


# The pack


def test_every_table_opens_and_is_described(pack: Path) -> None:
    book = pd.read_csv(pack / "codebook.csv")
    assert book["table"].nunique() == 13
    for name, columns in book.groupby("table", sort=False)["column"]:
        table = pd.read_csv(pack / f"{name}.csv")
        assert list(table.columns) == list(columns)
        assert (pack / f"{name}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(pd.read_csv(pack / "pmc_index.csv")) == 3


def test_figures_are_vectors_that_need_no_font(pack: Path) -> None:
    drawn = sorted(path.stem for path in pack.glob("*.svg"))
    assert drawn == sorted(path.stem for path in pack.glob("*.pdf"))
    assert len(drawn) == 9
    for name in drawn:
        root = etree.parse(pack / f"{name}.svg").getroot()
        assert root.tag == f"{SVG}svg"
        assert not root.findall(f".//{SVG}text")  # letters are outlines
        assert len(root.findall(f".//{SVG}path")) > 20
        assert (pack / f"{name}.pdf").read_bytes().startswith(b"%PDF")


def test_the_note_tells_versions_counts_quality_and_sources(pack: Path) -> None:
    note = (pack / "methods.md").read_text(encoding="utf-8")
    for expected in (
        "policykg 0", "Grafeo", "| 措施 | 6 |", "| INSTRUMENT | 0.", "种子 3", "4 条措施", "开发样本",
        "Ruiz Estrada", "Borgatti", "Rothwell", "Cohen", "2021-2025", "fig9_pmc_surfaces.svg", "X9 | 政策评价",
    ):  # fmt: skip
        assert expected in note, expected
    assert not [name for name in Note.__dataclass_fields__ if f"${name}" in note]
    assert "coder2_activity" in (pack / "coding_guide.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8-sig", ","), ("gb18030", ","), ("utf-16", "\t"), ("utf-8", ";")],
)
def test_a_sheet_is_rated_however_it_was_saved(
    pack: Path, file: Path, tmp_path: Path, encoding: str, separator: str
) -> None:
    with (pack / "coding_sheet.csv").open(encoding="utf-8-sig", newline="") as opened:
        rows = [*csv.DictReader(opened)]
    assert len(rows) == 4
    assert not any(row[name] for row in rows for name in row if name.startswith("coder"))
    for row in rows:
        row |= {"coder1_class": "供给", "coder1_deadline": "1", "coder2_deadline": "0"}
    coded = tmp_path / "coded.csv"
    with coded.open("w", encoding=encoding, newline="") as opened:
        writer = csv.DictWriter(opened, rows[0], delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)
    assert "deadline" in run("agreement", coded, "--db", file).output
    told = json.loads(run("agreement", coded, "--db", file, "--format", "json").stdout)
    [between] = [r for r in told if (r["rater_a"], r["rater_b"]) == ("coder1", "coder2")]
    assert (between["items"], between["agreement"], between["kappa"]) == (4, 0, 0)
    assert run("agreement", coded, "--db", file, "--format", "csv").stdout.startswith("dimension,")


def test_a_blank_or_foreign_sheet_is_told(pack: Path, file: Path, tmp_path: Path) -> None:
    assert (
        "nothing is coded"
        in run("agreement", pack / "coding_sheet.csv", "--db", file, status=1).output
    )
    (tmp_path / "x.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    assert (
        "no column measure_id"
        in run("agreement", tmp_path / "x.csv", "--db", file, status=1).output
    )
    assert "no such file" in run("agreement", tmp_path / "none.csv", "--db", file, status=1).output


def test_the_same_data_draw_the_same_bytes(material: Material, tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        with figure_style(find_font()):
            figure = draw_crosstab(crosstab.code_uses(material), "en")
            assert figure is not None
            made.append(
                [
                    (tmp_path / name / f).read_bytes()
                    for f in save_figure(figure, tmp_path / name, "f")
                ]
            )
    assert made[0] == made[1]
    assert (
        mpl.rcParams["svg.fonttype"] == mpl.rcParamsDefault["svg.fonttype"]
    )  # nothing is left set


def test_a_part_in_english(file: Path, tmp_path: Path) -> None:
    told = run(
        "research-pack", "-o", tmp_path / "p", "--db", file, "--language", "en", "--jurisdiction", "吉林省",
        "--periods", "2021-2023", "--coders", "1",
    )  # fmt: skip
    assert "13 tables" in told.output
    note = (tmp_path / "p" / "methods.md").read_text(encoding="utf-8")
    assert "`jurisdiction` = 吉林省" in note
    assert "not drawn: lag of derivation" in note  # no lag is known within one place
    assert "needs at least two jurisdictions" in note
    assert "development data" in note
    own = note.replace("吉林省", "")
    assert not [char for char in own if "\u4e00" <= char <= "\u9fff"]
    grades = pd.read_csv(tmp_path / "p" / "pmc_index.csv")["grade"]
    assert set(grades) <= {grade.en for grade in load_pmc().grades}
    assert not (tmp_path / "p" / "fig7_lags.svg").exists()


def test_words_are_in_both_languages() -> None:
    assert all(zh and en and zh != en for zh, en in WORDS.values())
    keys = {*load_activities(), *("supply", "environment", "demand"), *crosstab.LEVELS}
    assert keys <= WORDS.keys()
    assert {item.class_ for item in load_instruments()} <= WORDS.keys()


# What cannot be done is told


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    latin = [f for f in font_manager.fontManager.ttflist if f.name not in FAMILIES]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", latin)
    monkeypatch.setattr(font_manager, "findSystemFonts", list)


@pytest.mark.usefixtures("no_fonts")
def test_a_missing_font_is_told_before_anything_is_written(file: Path, tmp_path: Path) -> None:
    told = run("research-pack", "-o", tmp_path / "p", "--db", file, status=1)
    assert "no font with Chinese characters was found; install one" in told.output
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize(
    ("font", "reason"),
    [
        ("No Such Font", "no such font"),
        ("DejaVu Sans", "no Chinese characters"),
        ("x.ttf", "no font that can be read"),
    ],
)
def test_a_font_that_will_not_do_is_told(font: str, reason: str) -> None:
    with pytest.raises(ExportError, match=reason):
        find_font(font)


def test_a_font_can_be_named_or_given_as_a_file() -> None:
    name = find_font()
    assert find_font(name) == name
    [path] = {
        entry.fname
        for entry in font_manager.fontManager.ttflist
        if entry.name == name and entry.weight == 400
    }
    assert find_font(path) in {e.name for e in font_manager.fontManager.ttflist if e.fname == path}


def test_nothing_to_write_and_nowhere_to_write_it(file: Path, pack: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "empty.grafeo", mode="write"):
        pass
    told = run("research-pack", "-o", tmp_path / "p", "--db", tmp_path / "empty.grafeo", status=1)
    assert "the graph is empty" in told.output
    told = run("research-pack", "-o", tmp_path / "p", "--db", file, "--actor", "火星局", status=1)
    assert "no measure meets the conditions" in told.output
    assert "is not empty" in run("research-pack", "-o", pack, "--db", file, status=1).output
    (tmp_path / "file").touch()
    told = run("research-pack", "-o", tmp_path / "file" / "p", "--db", file, status=1)
    assert "cannot be written" in told.output


def test_options_that_make_no_sense_are_told(file: Path, tmp_path: Path) -> None:
    base = ("research-pack", "-o", tmp_path / "p", "--db", file)
    assert "is no span of years" in run(*base, "--periods", "从前", status=1).output
    assert "is not zh or en" in run(*base, "--language", "fr", status=2).output
    assert "has no parameter" in run(*base, "--nonsense", "1", status=1).output
