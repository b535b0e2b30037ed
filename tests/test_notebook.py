"""The graph in a notebook: data frames, and the worked example."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import graph_fixture as sample
import nbformat
import pandas as pd
import polars as pl
import pytest
from builders import small_notice
from nbclient import NotebookClient

import queries
from kg.errors import ExportError, QueryError, StoreError
from kg.stores import open_store
from queries import PolicyGraph, Rows, open_graph, to_pandas, to_polars
from queries.catalogue import load_catalogue
from queries.tables import load_tables
from queries.types import column_names

EXAMPLES = sorted((Path(__file__).parent.parent / "data" / "examples").glob("*.ipynb"))


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyGraph]:
    path = tmp_path_factory.mktemp("graph") / "graph.grafeo"
    odd = small_notice()
    odd.measure("三", "<script>alert(1)</script>")
    with open_store(path, mode="write") as store:
        for fragment in [*sample.fragments(), odd.build()]:
            store.load(fragment)
    with open_graph(str(path)) as graph:
        yield graph


def test_a_query_as_data_frames(graph: PolicyGraph) -> None:
    rows = graph.query("measures", leader="省教育厅", from_="2025")
    frame = rows.to_pandas()
    assert list(frame["measure"]) == ["设立知识产权学院"]
    assert rows.notes  # 省教育厅 means several
    assert rows.to_polars()["measure"].to_list() == ["设立知识产权学院"]
    assert [row["measure"] for row in rows.to_dicts()] == ["设立知识产权学院"]


def test_a_query_is_answered_in_full(graph: PolicyGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = graph.query("measures")
    monkeypatch.setattr("queries.notebook.MAX_LIMIT", 2)
    assert graph.query("measures").rows == whole.rows
    assert len(whole) == 9
    assert graph.query("measures", skip=3).rows == whole.rows[3:]
    assert graph.query("measures", limit=2).rows == whole.rows[:2]


@pytest.mark.parametrize("name", load_tables())
def test_a_table_keeps_its_types(graph: PolicyGraph, name: str) -> None:
    rows = graph.table(name)
    frame, other = rows.to_pandas(), rows.to_polars()
    names = column_names(load_tables()[name].row)
    assert list(frame.columns) == other.columns == names
    assert len(frame) == other.height == len(rows)
    assert frame.equals(to_pandas(rows.rows, load_tables()[name].row))


def test_numbers_stay_what_they_are(graph: PolicyGraph) -> None:
    measures = graph.table("measures").to_pandas()
    assert str(measures["year"].dtype) == "Int64"
    assert str(measures["ongoing"].dtype) == "boolean"
    # The one notice without a jurisdiction has none, rather than a text that says so.
    assert measures["jurisdiction"].isna().sum() == 3
    assert graph.table("measures").to_polars().schema["year"] == pl.Int64


def test_an_empty_answer_has_its_columns(graph: PolicyGraph) -> None:
    rows = graph.table("targets", jurisdiction="盘锦市")
    assert len(rows) == 0
    assert "metric" in rows.to_pandas().columns
    assert rows.to_polars().schema["value"] == pl.Float64
    assert "measure_id" in graph.query("measures", actor="火星局").to_pandas().columns
    assert isinstance(to_pandas([]), pd.DataFrame)


def test_a_question(graph: PolicyGraph) -> None:
    assert "辽宁省教育厅" in set(graph.ask("哪些措施涉及省教育厅").to_pandas()["actor"])


def test_what_there_is_can_be_listed(graph: PolicyGraph) -> None:
    assert graph.queries.keys() == load_catalogue().keys()
    assert graph.tables == list(load_tables())
    assert all(getattr(queries, name) is not None for name in queries.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = queries.nothing  # type: ignore[attr-defined]


def test_markup_in_a_title_is_shown_not_run(graph: PolicyGraph) -> None:
    shown = graph.query("measures")._repr_html_()
    assert "&lt;script&gt;" in shown
    assert "<script" not in shown
    assert "9 rows" in shown
    assert Rows(())._repr_html_() == "<table><tr></tr></table><p>0 rows</p>"


def test_what_is_wrong_is_told(graph: PolicyGraph, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="did you mean measures"):
        graph.query("measure")
    with pytest.raises(QueryError, match="no parameter"):
        graph.query("measures", colour="red")
    with pytest.raises(QueryError, match="did you mean roles"):
        graph.table("role")
    with pytest.raises(StoreError):
        open_graph(str(tmp_path / "none.grafeo"))


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_a_missing_library_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    make = to_pandas if name == "pandas" else to_polars
    with pytest.raises(ExportError, match=r"pip install 'policykg\[frames\]'"):
        make([])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("default")  # what Jupyter's own packages warn of is theirs
def test_the_example_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(path.parents[2])]))
    notebook = nbformat.read(path, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells)  # kept out of the repository
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(tmp_path)}},
    )
    client.execute()
    kinds = [output.output_type for cell in notebook.cells for output in cell.get("outputs", ())]
    assert "error" not in kinds
    shown = str([cell.get("outputs") for cell in notebook.cells])
    for expected in ("image/png", "辽宁省知识产权局", "utilisation", "core_fit", "可接受"):
        assert expected in shown, expected


def test_there_is_an_example() -> None:
    assert EXAMPLES
