"""`policykg query` and `policykg ask`, as a person or a program uses them."""

import csv
import io
import json
from pathlib import Path

import graph_fixture as sample
import pytest
import typer
from pydantic import ValidationError
from typer.testing import CliRunner, Result

from api.cli import app
from api.cli.query import read_parameters
from api.output import rows_as_csv, rows_for_people
from kg.stores import open_store
from queries.ask import EXAMPLES
from queries.catalogue import load_catalogue
from queries.search import HitRow
from queries.types import column_names


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "small.grafeo"
    with open_store(path, mode="write") as store:
        for fragment in sample.fragments():
            store.load(fragment)
        sample.relate(store)
    return path


@pytest.fixture(autouse=True)
def environment(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYKG_DB", str(db))


def run(*words: str, status: int = 0) -> Result:
    result = CliRunner().invoke(app, [*words])
    assert result.exit_code == status, result.output + repr(result.exception)
    assert "Traceback" not in result.output
    return result


def test_the_catalogue_is_listed() -> None:
    result = run("query")
    for query in load_catalogue().values():
        assert query.name in result.stdout
        assert query.summary_zh in result.stdout
        assert query.summary_en in result.stdout
    listed = json.loads(run("query", "--format", "json").stdout)
    assert [entry["name"] for entry in listed] == [*load_catalogue()]


def test_help() -> None:
    result = run("query", "--help")
    assert "policykg query measures_by_actor" in result.stdout
    assert "shortest_path" in result.stdout
    described = run("query", "measures_by_actor", "--help").stdout
    assert "--role LEADS|RESPONSIBLE_FOR|SUPPORTS" in described
    assert "必填 required" in described
    assert "--limit 1…1000  (默认 default: 100)" in described
    assert "policykg query measures_by_actor --actor 省教育厅" in described


@pytest.mark.parametrize("name", load_catalogue())
def test_every_example_runs_as_it_is_printed(name: str) -> None:
    printed = run("query", name, "--help").stdout.splitlines()[-1]
    command, *words = printed.split("policykg ")[1].split(" ")
    rows = json.loads(run(command, *words, "--format", "json").stdout)["rows"]
    assert rows


def test_table() -> None:
    result = run("query", "measures_by_actor", "--actor", "省教育厅", "--role", "LEADS")
    assert "设立知识产权学院" in result.stdout
    assert "省教育厅" in result.stdout.split("quote")[-1]
    assert "eid" not in result.stdout
    assert "吉林省教育厅、辽宁省教育厅" in result.stderr


def test_json_and_csv_say_the_same() -> None:
    words = ("query", "measures_by_actor", "--param", "actor=省教育厅")
    answer = json.loads(run(*words, "--format", "json").stdout)
    assert answer["query"] == "measures_by_actor"
    assert answer["parameters"] == {"actor": "省教育厅"}
    assert answer["truncated"] is False
    assert "relative" in answer["notes"][0]
    table = [*csv.DictReader(io.StringIO(run(*words, "--format", "csv").stdout))]
    assert [row["eid"] for row in table] == [row["eid"] for row in answer["rows"]]
    assert table[0]["stands_for"] == ""
    assert table[-1]["ongoing"] == "true"


def test_truncation_goes_to_stderr() -> None:
    result = run("query", "measures_by_actor", "--actor=省教育厅", "--limit", "1", "--format=csv")
    assert len(result.stdout.splitlines()) == 2
    assert "truncated" in result.stderr
    rest = run("query", "measures_by_actor", "--actor=省教育厅", "--skip", "3", "--format=csv")
    assert "truncated" not in rest.stderr


def test_nothing_found() -> None:
    result = run("query", "measures_by_actor", "--actor", "火星局")
    assert result.stdout == ""
    assert "没有找到「火星局」" in result.stderr
    assert "no rows" in result.stderr


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("measure_by_actor",), 1, "did you mean measures_by_actor"),
        (("measures_by_actor",), 1, "needs the parameter actor"),
        (("measures_by_actor", "--aktor", "x"), 1, "did you mean actor"),
        (("measures_by_actor", "--formt", "json"), 1, "did you mean format"),
        (("measures_by_actor", "--actor", "x", "--limit", "0"), 1, "1 to 1000"),
        (("measures_by_actor", "--actor", "x", "--format", "xml"), 2, "table, json, csv"),
        (("measures_by_actor", "x"), 2, "'x' is no parameter"),
        (("measures_by_actor", "--param", "x"), 2, "is not KEY=VALUE"),
        (("measures_by_actor", "--actor", "x", "--param", "actor=y"), 2, "given twice"),
        (("search", "--text", "大米", "--db", "/nowhere/x.grafeo"), 1, "there is no database"),
    ],
)
def test_mistakes(words: tuple[str, ...], status: int, message: str) -> None:
    result = run("query", *words, status=status)
    assert message in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("extra", "parameters"),
    [
        (["--a", "1", "--b=2"], {"a": "1", "b": "2"}),
        (["--max-length", "3"], {"max_length": "3"}),
        (["--units", "--actor", "x"], {"units": "true", "actor": "x"}),
        (["--actor", "x", "--units"], {"actor": "x", "units": "true"}),
        (["--actor=--x"], {"actor": "--x"}),
        (["--actor="], {"actor": ""}),
        (["--skip", "-1"], {"skip": "-1"}),
    ],
)
def test_read_parameters(extra: list[str], parameters: dict[str, str]) -> None:
    assert read_parameters([], extra) == parameters
    assert read_parameters([f"{k}={v}" for k, v in parameters.items()], []) == parameters


def test_read_parameters_refuses_bare_words() -> None:
    with pytest.raises(typer.BadParameter, match="no parameter"):
        read_parameters([], ["--", "x"])


def test_ask() -> None:
    result = run("ask", "哪些措施涉及省教育厅", "--format", "json")
    answer = json.loads(result.stdout)
    assert (answer["query"], answer["parameters"]) == (
        "measures_by_actor",
        {"actor": "省教育厅"},
    )
    assert len(answer["rows"]) == 4
    assert "understood as: measures_by_actor(actor=省教育厅)" in result.stderr
    table = run("ask", "which", "measures", "involve", "盘锦大米?")
    assert "加强盘锦大米保护" in table.stdout


def test_ask_says_what_it_does_not_understand() -> None:
    result = run("ask", "今天天气怎么样", status=1)
    assert result.stdout == ""
    assert "没有看懂" in result.stderr
    assert all(example in result.stderr for example in EXAMPLES)
    answer = json.loads(run("ask", "今天天气怎么样", "--format", "json", status=1).stdout)
    assert (answer["query"], answer["rows"]) == (None, [])
    assert "at most 500" in run("ask", "谁牵头" * 4_000, status=1).stderr


HIT = HitRow(
    id="x",
    label="Notice",
    name='[red]关于[/red]\x1b[31m=1+1,"引号"的通知\n',
    score=1.5,
    notice_id=None,
    notice_title=None,
    snippet="长" * 500,
)


@pytest.mark.parametrize("width", [400, 30])
def test_text_of_notices_does_not_steer_the_terminal(width: int) -> None:
    from rich.console import Console

    out = io.StringIO()
    Console(file=out, width=400).print(rows_for_people(HitRow, [HIT], width))
    assert "[red]关于[/red]" in out.getvalue()
    assert "\x1b" not in out.getvalue()
    assert "长" * 121 not in out.getvalue()
    assert "notice_title" not in out.getvalue()  # empty everywhere


def test_a_narrow_terminal_gets_blocks() -> None:
    from rich.console import Console

    out = io.StringIO()
    Console(file=out, width=60).print(rows_for_people(HitRow, [HIT, HIT], 30))
    assert out.getvalue().count("label    Notice") == 2


def test_csv_keeps_every_character() -> None:
    [row] = csv.DictReader(io.StringIO(rows_as_csv(HitRow, [HIT])))
    assert row["name"] == HIT.name
    assert row["notice_id"] == ""


def test_columns_of_its_own_come_first() -> None:
    for query in load_catalogue().values():
        columns = column_names(query.row)
        assert sorted(columns) == sorted(query.row.model_fields)
    assert column_names(load_catalogue()["measures_by_actor"].row)[:3] == [
        "stands_for",
        "role",
        "actor_id",
    ]
    with pytest.raises(ValidationError):
        HitRow(**{**HIT.model_dump(), "extra": 1})
