"""The command line, as a person uses it."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from api.cli import app
from kg.errors import QueryError
from kg.jsonl import parse_fragments
from kg.ontology import load_ontology
from loaders.samples import read_samples

SAMPLES = [str(sample.path) for sample in read_samples()]
NOTICE = """贵州省水利厅关于加强山塘管护的通知
黔水发〔2023〕4号
各市水利局:
一、加强巡查
各地要落实巡查责任。(责任单位:省水利厅、省财政厅)
二、建立台账
各地要为每座山塘建立台账。
贵州省水利厅
2023年4月2日
"""


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No command touches the user's data, and none sees a database that another test made."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    monkeypatch.delenv("POLICYKG_DB", raising=False)
    monkeypatch.chdir(tmp_path)


def run(*words: object, status: int = 0) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == status, result.output + repr(result.exception)
    assert "Traceback" not in result.output
    return result


def run_process(words: Sequence[str], **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from api.cli import main; main()", *words]
    return subprocess.run(command, capture_output=True, timeout=120, **options)  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "山塘.txt"
    path.write_text(NOTICE, encoding="utf-8")
    return path


# Files that hold no notice, and what must be said of each.
BAD_FILES = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t \r\n", "empty"),
    "image.txt": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 9, "binary"),
    "random.txt": (bytes((i * 7919 + (i >> 3) * 131) % 251 for i in range(4096)), "random.txt"),
}


@pytest.fixture
def bad_files(tmp_path: Path) -> list[Path]:
    paths = []
    for name, (content, _) in BAD_FILES.items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(content)
    return paths


class TestStart:
    def test_help_lists_every_command(self) -> None:
        output = run("--help").output
        for command in [
            "ask",
            "demo",
            "evaluate",
            "extract",
            "load",
            "query",
            "serve",
            "status",
            "viz",
        ]:
            assert f"\n  {command} " in output

    def test_help_imports_nothing_heavy(self) -> None:
        heavy = [
            "rich",
            "fastapi",
            "grafeo",
            "pydantic",
            "yaml",
            "selectolax",
            "pyvis",
            "uvicorn",
            "kg.ontology",
        ]
        code = f"import sys, api.cli; print([m for m in {heavy} if m in sys.modules])"
        shown = subprocess.check_output([sys.executable, "-c", code], text=True)
        assert shown.strip() == "[]"

    @pytest.mark.parametrize(
        "command", [c.name for c in typer.main.get_command(app).commands.values()]
    )  # type: ignore[attr-defined]
    def test_every_command_teaches_by_example(self, command: str) -> None:
        assert f"\n  policykg {command}" in run(command, "--help").output

    def test_version(self) -> None:
        assert run("--version").output.startswith("policykg 0.")

    def test_no_command_shows_the_help(self) -> None:
        assert "policykg demo" in CliRunner().invoke(app, []).output

    @pytest.mark.parametrize("words", [["lod"], ["load"], ["status", "--bd", "x"], ["extract"]])
    def test_wrong_usage_is_status_2(self, words: list[str]) -> None:
        run(*words, status=2)


class TestExtract:
    def test_lines_are_fragments_the_ontology_accepts(self) -> None:
        output = run("extract", *SAMPLES).stdout
        fragments = list(parse_fragments(output.splitlines()))
        assert len(fragments) == len(SAMPLES)
        for fragment in fragments:
            load_ontology().check_fragment(fragment)

    def test_bytes_are_the_same_every_time(self, tmp_path: Path) -> None:
        # Another hash seed and folder: neither the order of sets nor paths may show.
        runs = []
        for seed in "12":
            environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C"}
            folder = tmp_path / seed
            folder.mkdir()
            copies = [folder / Path(sample).name for sample in SAMPLES]
            for sample, copy in zip(SAMPLES, copies, strict=True):
                copy.write_bytes(Path(sample).read_bytes())
            done = run_process(["extract", *map(str, copies)], env=environment)
            assert done.returncode == 0, done.stderr
            runs.append(done.stdout)
        assert runs[0] == runs[1]
        out = tmp_path / "out.jsonl"
        run("extract", *SAMPLES, "-o", out)
        assert out.read_bytes() == runs[0]

    def test_bad_files_are_told_and_the_others_go_on(
        self, notice: Path, bad_files: list[Path]
    ) -> None:
        result = run("extract", *bad_files, "nowhere.txt", notice, status=1)
        assert len(list(parse_fragments(result.stdout.splitlines()))) == 1
        for name, (_, reason) in BAD_FILES.items():
            (line,) = [line for line in result.stderr.splitlines() if name in line]
            assert reason in line
        assert "nowhere.txt: no such file or folder" in result.stderr

    def test_a_defect_in_one_notice_is_told_and_the_others_go_on(
        self, notice: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from loaders import ingest
        from loaders.pipeline import Extraction, extract_bytes

        def stumble(raw: bytes, uri: str, page: str | None) -> Extraction:
            return extract_bytes(raw, uri) if "山塘" in uri else [][0]

        monkeypatch.setattr(ingest, "extract_bytes", stumble)
        for words in (["extract"], ["load", "--db", "g.grafeo"]):
            result = run(*words, SAMPLES[0], notice, status=1)
            assert f"{SAMPLES[0]}: a defect of policykg" in result.stderr
            assert "IndexError" in result.stderr
            assert "test_cli.py:" in result.stderr
        status = json.loads(run("status", "--db", "g.grafeo", "--format", "json").stdout)
        assert status["notices_loaded"] == 1

    def test_output_must_not_be_an_input(self, notice: Path) -> None:
        run("extract", notice, "-o", notice, status=2)
        assert notice.read_text(encoding="utf-8") == NOTICE

    def test_output_that_cannot_be_written(self, notice: Path, tmp_path: Path) -> None:
        result = run("extract", notice, "-o", tmp_path / "no" / "such.jsonl", status=1)
        assert "no such file or directory" in result.stderr

    def test_fifty_megabytes_are_refused_at_once(self, tmp_path: Path) -> None:
        large = tmp_path / "large.txt"
        large.write_text("各地要落实责任。" * 2_100_000, encoding="utf-8")
        result = run("extract", large, status=1)
        assert "large.txt: 50.4 MB are more than the 20 MB allowed" in result.stderr

    @pytest.mark.parametrize(
        "text",
        [
            "关于放假的通知",
            "本报讯 昨日,第三届山地自行车赛在某县开赛,来自各地的选手参加了比赛。\n赛事持续三天。",
        ],
    )
    def test_text_without_measures_is_still_kept(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "short.txt"
        path.write_text(text, encoding="utf-8")
        (fragment,) = parse_fragments(run("extract", path).stdout.splitlines())
        assert not [node for node in fragment.nodes if node.label == "Measure"]

    def test_a_reader_that_goes_away(self) -> None:
        code = "from api.cli import main; main()"
        command = [sys.executable, "-c", code, "extract", *SAMPLES]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            process.stdout.close()
            assert process.stderr.read() == b""
            assert process.wait(60) == 1


class TestLoad:
    def test_loading_twice_changes_nothing(self, tmp_path: Path) -> None:
        first = run("load", *SAMPLES, "--db", "g.grafeo")
        assert f"added      │ {len(SAMPLES)}" in first.stdout
        before = run("status", "--db", "g.grafeo", "--format", "json").stdout
        second = run("load", *SAMPLES, "--db", "g.grafeo")
        assert f"unchanged  │ {len(SAMPLES)}" in second.stdout
        assert run("status", "--db", "g.grafeo", "--format", "json").stdout == before
        assert json.loads(before)["notices_loaded"] == len(SAMPLES)

    def test_json_lines_give_the_graph_that_the_files_give(self, tmp_path: Path) -> None:
        run("extract", *SAMPLES, "-o", "graph.jsonl")
        run("load", "graph.jsonl", "--db", "a.grafeo")
        run("load", *reversed(SAMPLES), "--db", "b.grafeo")
        counts = [
            json.loads(run("status", "--db", name, "--format", "json").stdout)
            for name in ("a.grafeo", "b.grafeo")
        ]
        for count in counts:
            del count["location"]
        assert counts[0] == counts[1]

    def test_measures_that_reuse_words_are_related(self, tmp_path: Path) -> None:
        from kg.stores import open_store

        run("load", *SAMPLES, "--db", "g.grafeo")
        with open_store("g.grafeo", mode="read") as store:
            rows = store.run(
                "MATCH (a:Measure)-[r:DERIVES_FROM]->(b:Measure) "
                "RETURN a.notice_id AS later, b.notice_id AS earlier, r.share AS share"
            )
        assert rows
        assert all(row["later"] != row["earlier"] and 0 < row["share"] <= 1 for row in rows)

    def test_bad_files_are_told_and_the_others_loaded(
        self, notice: Path, bad_files: list[Path]
    ) -> None:
        result = run("load", *bad_files, "nowhere", notice, "--db", "g.grafeo", status=1)
        for name, (_, reason) in BAD_FILES.items():
            assert any(name in line and reason in line for line in result.stderr.splitlines())
        assert "nowhere: no such file or folder" in result.stderr
        status = json.loads(run("status", "--db", "g.grafeo", "--format", "json").stdout)
        assert status["notices_loaded"] == 1

    @pytest.mark.parametrize("line", ["{}", "[1]", '{"type":"node"', "一、加强领导"])
    def test_lines_in_another_format(self, tmp_path: Path, line: str) -> None:
        (tmp_path / "bad.jsonl").write_text(line + "\n", encoding="utf-8")
        result = run("load", "bad.jsonl", "--db", "g.grafeo", status=1)
        assert "bad.jsonl" in result.stderr

    def test_a_folder_without_notices(self, tmp_path: Path) -> None:
        (tmp_path / "none").mkdir()
        result = run("load", "none", "--db", "g.grafeo", status=1)
        assert "none: the folder holds no notices" in result.stderr

    def test_the_environment_names_the_database(
        self, notice: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("POLICYKG_DB", "mine.grafeo")
        run("load", notice)
        assert json.loads(run("status", "--format", "json").stdout)["location"].endswith(
            "mine.grafeo"
        )

    def test_a_database_that_cannot_be(self, notice: Path, tmp_path: Path) -> None:
        for wrong in (tmp_path, tmp_path / "no" / "such" / "g.grafeo", notice):
            result = run("load", notice, "--db", wrong, status=1)
            assert str(wrong.name) in result.stderr
        assert notice.read_text(encoding="utf-8") == NOTICE

    def test_unresolved_names_are_counted_or_listed(self, tmp_path: Path) -> None:
        path = tmp_path / "odd.txt"
        text = NOTICE.replace("省财政厅", "云上协同创新共同体")
        path.write_text(text, encoding="utf-8")
        assert "names unresolved: 1" in run("load", path, "--db", "g.grafeo").stderr
        shown = run("load", path, "--db", "g.grafeo", "--verbose").stderr
        assert "unresolved 云上协同创新共同体" in shown


class TestStatus:
    def test_no_database_yet(self) -> None:
        result = run("status", "--db", "nothing.grafeo", status=1)
        assert "nothing.grafeo" in result.stderr
        assert not Path("nothing.grafeo").exists()

    def test_table(self, notice: Path) -> None:
        run("load", notice, "--db", "g.grafeo")
        output = run("status", "--db", "g.grafeo").stdout
        assert "1 notices loaded" in output
        assert "Measure" in output
        assert "RESPONSIBLE_FOR" in output

    def test_unknown_format(self) -> None:
        run("status", "--format", "xml", status=2)


class TestEvaluate:
    @pytest.fixture
    def gold(self, notice: Path, tmp_path: Path) -> Path:
        folder = tmp_path / "gold"
        folder.mkdir()
        (folder / "1.txt").write_text(NOTICE, encoding="utf-8")
        (folder / "1.tsv").write_text(
            "一\tTITLE\t加强巡查\t加强巡查\n二\tTITLE\t建立台账\t建立台账\n一\tPLACE\t某县\t某处\n",
            encoding="utf-8",
        )
        return folder

    def test_scores_and_misses(self, gold: Path) -> None:
        output = run("evaluate", gold, "--show", "misses").stdout
        assert "missed 1 一 PLACE 某县  “某处”" in output
        assert "PATH" in output

    def test_floors(self, gold: Path) -> None:
        run("evaluate", gold, "--floor", "path=1", "--floor", "title=0.99")
        result = run("evaluate", gold, "--floor", "path=1", "--floor", "place=0.5", status=1)
        assert "PLACE is below its floor: F1 0.000 < 0.5" in result.stderr
        # What is neither annotated nor found is not above a floor.
        run("evaluate", gold, "--floor", "product=0.9", status=1)

    @pytest.mark.parametrize("floor", ["plaice=0.5", "place", "place=high"])
    def test_a_floor_that_is_none(self, gold: Path, floor: str) -> None:
        run("evaluate", gold, "--floor", floor, status=2)

    def test_gains_and_losses(self, gold: Path) -> None:
        run("evaluate", gold, "--save", "before.json")
        (gold / "1.tsv").write_text("一\tTITLE\t加强巡查\t加强巡查\n", encoding="utf-8")
        result = run("evaluate", gold, "--against", "before.json", "--format", "json")
        changes = json.loads(result.stdout)
        assert [fact["value"] for fact in changes["gains"]][:1] == ["某县"]
        Path("before.json").write_text("{}", encoding="utf-8")
        result = run("evaluate", gold, "--against", "before.json", status=1)
        assert "before.json: is not a saved evaluation" in result.stderr

    def test_a_folder_without_annotations(self, tmp_path: Path) -> None:
        assert "no annotations" in run("evaluate", tmp_path, status=1).stderr


class TestDemo:
    def test_from_files_to_an_answer(self) -> None:
        output = run("demo", "--no-serve").stdout
        assert f"{len(SAMPLES)} notices loaded" in output
        assert "RESPONSIBLE_FOR" in output
        assert "Measure" in output
        assert "哪些措施涉及省教育厅" in output
        assert "辽宁省教育厅" in output
        run("demo", "--no-serve")

    def test_a_folder_that_cannot_be_written(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XDG_DATA_HOME", "/proc/nowhere")
        result = run("demo", "--no-serve", status=1)
        assert "/proc/nowhere" in result.stderr


class TestEnds:
    @pytest.mark.parametrize(
        ("error", "status", "said"),
        [
            (QueryError("unknown query x"), 1, "policykg: unknown query x"),
            (PermissionError(13, "Permission denied", "f.txt"), 1, "f.txt: permission denied"),
            (KeyboardInterrupt(), 130, ""),
        ],
    )
    def test_one_sentence_and_a_status(
        self, monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int, said: str
    ) -> None:
        def fail(names: object) -> None:
            raise error

        monkeypatch.setattr("loaders.fetch.find_files", fail)
        assert run("extract", "x", status=status).stderr.strip().endswith(said)
