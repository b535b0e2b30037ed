"""What the project says about itself: manifest, lock files, README."""

import csv
import hashlib
import io
import re
import shlex
import tomllib
from pathlib import Path

import pytest
import typer
from neo4j_server import Server
from typer.testing import CliRunner

from api.cli import app
from kg.ontology import load_ontology, markdown_table
from loaders.readers import read_document
from loaders.samples import read_samples
from loaders.scoring import fold

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")
SERVER = "neo4j://graph.example/policies"
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("policykg ")
]


class TestSamples:
    def test_the_manifest_lists_every_file_once(self) -> None:
        listed = [sample.path for sample in read_samples()]
        assert listed == sorted((ROOT / "data" / "notices").iterdir())

    def test_what_the_manifest_says_stands_in_the_file(self) -> None:
        for sample in read_samples():
            text = read_document(sample.path.read_bytes(), sample.path.name).text
            assert fold(sample.title) in fold(text)
            for issuer in sample.issuers:
                # 004 is unsigned; its number 辽知发 tells the issuer, which it names otherwise.
                assert fold(issuer) in fold(text) or issuer == "辽宁省知识产权局"
            if sample.document_number:
                number = re.findall(r"\d+", sample.document_number)
                assert re.search(rf"{number[0]}\D{{1,3}}{number[1]}", text)
            if sample.source_page:
                assert sample.source_page in text
            else:
                assert "原文链接" not in text
            assert "第五条" in sample.basis

    def test_the_annotated_notices_are_the_samples(self) -> None:
        texts = list((ROOT / "tests" / "gold").glob("*.txt"))
        assert len(texts) == 3
        for text in texts:
            sample = ROOT / "data" / "notices" / text.name
            digests = {hashlib.sha256(p.read_bytes()).digest() for p in (text, sample)}
            assert len(digests) == 1


class TestLocks:
    @pytest.mark.parametrize("name", LOCKS)
    def test_every_requirement_is_pinned_with_hashes_and_no_address(self, name: str) -> None:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index-url" not in text
        assert "--find-links" not in text
        for block in re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", text)):
            assert re.match(
                r"[\w.-]+(\[[\w, -]+\])?==[\w.+-]+( ;.*)? \\\n    --hash=sha256:[0-9a-f]{64}", block
            )

    def test_the_lock_pins_every_dependency(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        wanted = {_name(text) for text in project["project"]["dependencies"]}
        groups = project["dependency-groups"]
        tools = {name: {_name(t) for t in groups[name] if isinstance(t, str)} for name in groups}
        run, dev, bench = (_pins(ROOT / name) for name in LOCKS)
        assert wanted | tools["build"] <= run.keys()
        assert wanted | tools["build"] | tools["dev"] <= dev.keys()
        assert wanted | tools["bench"] <= bench.keys()
        assert run.items() <= dev.items()


class TestReadme:
    def test_the_table_is_that_of_the_ontology(self) -> None:
        begin, end = "<!-- ontology -->\n", "<!-- /ontology -->"
        table = README.split(begin)[1].split(end)[0]
        assert table.strip() == markdown_table(load_ontology()).strip(), (
            "README.md: put the output of `make table` between the markers"
        )

    def test_the_scoreboard_is_that_of_the_methods_note(self) -> None:
        table = README.split("<!-- quality -->\n")[1].split("<!-- /quality -->")[0]
        kept = (ROOT / "loaders" / "scoreboard.md").read_text(encoding="utf-8")
        assert table.strip() == kept.strip(), "run `make table`"

    def test_every_command_is_shown(self) -> None:
        shown = {shlex.split(line)[1] for line in COMMANDS}
        assert shown == set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]

    @pytest.mark.parametrize("line", COMMANDS)
    def test_every_example_runs(
        self, line: str, loaded: Path, request: pytest.FixtureRequest
    ) -> None:
        words = shlex.split(line.split("  #")[0])[1:]
        if SERVER in words:
            server: Server = request.getfixturevalue("neo4j_server")
            server.empty()
            words = [server.uri if word == SERVER else word for word in words]
            monkeypatch = request.getfixturevalue("monkeypatch")
            monkeypatch.setenv("POLICYKG_NEO4J_PASSWORD", server.password)
        if words[0] in ("serve", "mcp"):
            words = [*words, "--help"]
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 0, result.output

    def test_links_lead_somewhere(self) -> None:
        for target in re.findall(r"\]\(([^)#]+)\)", README):
            assert "://" in target or (ROOT / target).is_file(), target


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder as the README has it: notices, annotations, and what its lines build on."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "tests").mkdir()
    (folder / "tests" / "gold").symlink_to(ROOT / "tests" / "gold")
    (folder / "notices").symlink_to(ROOT / "data" / "notices")
    row = {"标题": "关于加强商标品牌建设的通知", "正文": "一、加强商标保护。(责任单位:市教育局)"}
    with (folder / "corpus.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)
    with pytest.MonkeyPatch.context() as patch:
        _enter(folder, patch)
        for words in (
            ["load", "notices"],
            ["load", "notices", "--db", "policykg.grafeo"],
            ["extract", "notices", "-o", "graph.jsonl"],
            ["evaluate", "tests/gold", "--save", "before.json"],
        ):
            assert CliRunner().invoke(app, words).exit_code == 0
        listed = CliRunner().invoke(app, ["query", "measures", "--format", "csv"]).stdout
        with (folder / "coded.csv").open("w", encoding="utf-8", newline="") as file:
            coded = csv.writer(file)
            coded.writerow(["measure_id", "coder1_leader"])
            coded.writerows((row["measure_id"], "0") for row in csv.DictReader(io.StringIO(listed)))
    return folder


@pytest.fixture
def loaded(prepared: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    _enter(prepared, monkeypatch)
    return prepared


def _enter(folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("XDG_DATA_HOME", str(folder / "user"))
    patch.delenv("POLICYKG_DB", raising=False)
    patch.chdir(folder)


def test_the_changelog_has_an_unreleased_part() -> None:
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def _name(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def _pins(path: Path) -> dict[str, str]:
    lines = re.findall(
        r"(?m)^([\w.-]+)(?:\[[^\]]*\])?==([\w.+-]+)", path.read_text(encoding="utf-8")
    )
    return {_name(name): version for name, version in lines}
