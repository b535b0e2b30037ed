"""What is told of the reading: a report on each notice, the signals over all, JSON and page."""

import json
import pickle
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from kg.errors import SourceError
from loaders.pipeline import extract_bytes
from loaders.report import Report, ReportBook, check_path

HEAD = "吉林省知识产权局关于做好某项工作的通知\n吉知发〔2023〕4号\n各市（州）知识产权局：\n"
FOOT = "吉林省知识产权局\n2023年3月6日\n"
NOTICE = (
    HEAD
    + "一、必威体育开展宣传。（省市场监管厅牵头，奇怪组、省教育厅配合）\n"
    + "二、完善服务。（省科技厅、奇怪组负责）\n三、加强保障。\n"
    + FOOT
    + "责任编辑：某某\n"
)


def report_of(text: str, uri: str = "notice.txt") -> Report:
    return extract_bytes(text.encode(), uri).report


def test_a_report_tells_what_was_read_and_what_was_not() -> None:
    report = report_of(NOTICE)
    assert report.title == "吉林省知识产权局关于做好某项工作的通知"
    assert (report.encoding, report.measures, report.without_actor) == ("utf-8", 3, 1)
    assert [(name.name, name.count) for name in report.unresolved] == [("奇怪组", 2)]
    assert report.unresolved[0].reason
    assert report.unresolved_mentions == 2
    assert {(r.reason, r.pieces, r.characters) for r in report.removed} == {
        ("advertising", 1, 4),
        ("furniture", 1, 7),
    }
    assert report.noise == 2
    assert report.warnings == ()
    assert report.doubts == ()


def test_text_in_no_section_is_counted_as_a_share_of_the_notice() -> None:
    outside = "前言" * 40
    report = report_of(HEAD + outside + "。\n一、做事。\n" + FOOT)
    assert report.unsectioned == 81
    assert 0.3 < report.share_unsectioned < 0.7
    assert report_of(HEAD + "一、做事。\n" + FOOT).unsectioned == 0


def test_what_is_missing_is_warned_of() -> None:
    assert set(report_of("今天天气很好，我们去公园。").warnings) == {
        "可能不是公文：如列表页、出错页 perhaps no notice, but a listing or an error page",
        "没有找到标题 no title was found",
        "没有找到发文机关 no issuer was found",
        "没有找到成文日期 no date of issue was found",
        "没有找到编号的措施 no numbered measure was found",
    }


@pytest.mark.parametrize(
    ("body", "doubt"),
    [
        ("一、做甲。\n二、做乙。\n四、做丙。\n", "编号不连续：二之后是四"),
        ("一、做甲。\n二、做乙。\n二、做丙。\n三、做丁。\n", "行首编号没有读作条目：二、做丙。"),
        ("二、做甲。\n三、做乙。\n四、做丙。\n", "编号不从一开始：二"),
        ("一、做甲。\n二、做乙。" + "做事情" * 1000 + "。\n三、做丙。\n", "条目过长：二有3007字"),
    ],
)
def test_a_doubtful_outline_is_told_with_its_place(body: str, doubt: str) -> None:
    assert any(found.startswith(doubt) for found in report_of(HEAD + body + FOOT).doubts)


def test_numbers_that_run_on_or_begin_again_are_not_doubted() -> None:
    running = "一、甲\n（一）做甲。\n（二）做乙。\n二、乙\n（三）做丙。\n（四）做丁。\n"
    again = "一、甲\n（一）做甲。\n（二）做乙。\n二、乙\n（一）做丙。\n（二）做丁。\n"
    for body in (running, again):
        assert report_of(HEAD + body + FOOT).doubts == ()


def test_a_report_is_small_and_crosses_processes() -> None:
    lists = ("、".join(f"奇怪{i}第{n}组" for n in range(100)) for i in range(4))
    body = "".join(
        f"{n}、做事。（责任单位：省教育厅、{x}）\n" for n, x in zip("一二三四", lists, strict=True)
    )
    report = report_of(HEAD + body + FOOT)
    assert report.unresolved_mentions > len(report.unresolved)
    assert pickle.loads(pickle.dumps(report)) == report
    assert len(pickle.dumps(report)) < 60_000


def book() -> ReportBook:
    made = ReportBook()
    made.add(report_of(NOTICE))
    made.add(report_of("今天<b>天气</b>&很好。", "<script>alert(1)</script>.txt"))
    made.fail(SourceError("bad<i>.pdf", "has no text layer"))
    return made


def test_the_signals_say_what_a_person_should_look_at() -> None:
    signals = {signal.name: signal for signal in book().signals()}
    assert signals["measures_without_actor"].value == pytest.approx(1 / 3)
    assert all("条" in told for told in signals["measures_without_actor"].examples)
    assert signals["measures_without_actor"].examples
    assert signals["unresolved_per_measure"].value == pytest.approx(2 / 3)
    assert signals["unresolved_per_measure"].examples == ("奇怪组（2次）",)
    assert signals["no_title"].examples == ("<script>alert(1)</script>.txt",)
    assert signals["failed"].examples == ("bad<i>.pdf：has no text layer",)
    assert not signals["doubtful_outline"].alarming
    assert all(not s.alarming for s in ReportBook().signals())


def test_the_json_document_has_its_keys(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    book().write(path)
    record = json.loads(path.read_text(encoding="utf-8"))
    assert set(record) == {"version", "summary", "signals", "files", "failed"}
    assert record["version"] == 1
    assert record["summary"]["files"] == 2
    assert record["summary"]["failed"] == 1
    assert record["summary"]["measures"] == 3
    assert record["failed"] == [{"uri": "bad<i>.pdf", "reason": "has no text layer"}]
    assert {
        *("uri", "kind", "encoding", "characters", "measures", "unsectioned", "unresolved"),
        *("removed", "warnings", "doubts", "title", "without_actor", "share_unsectioned"),
    } <= set(record["files"][0])


class _Page(HTMLParser):
    """What a browser would load or run, and the text it would show."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.shown = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [f"{name}={value}" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.shown += data


def test_the_page_is_escaped_and_loads_nothing(tmp_path: Path) -> None:
    path = tmp_path / "out.html"
    book().write(path)
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    assert page.loads == []
    assert not {"script", "i", "link", "img", "iframe"} & set(page.tags)
    assert "<script>alert(1)</script>.txt" in page.shown
    assert "bad<i>.pdf" in page.shown
    assert "奇怪组" in page.shown
    assert "has no text layer" in page.shown


def test_a_report_that_cannot_be_written_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.json"
    path.write_text("old", encoding="utf-8")

    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        book().write(path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]


def test_a_report_under_another_name_is_refused() -> None:
    with pytest.raises(ValueError, match="neither"):
        check_path(Path("report.txt"))


@pytest.mark.parametrize("suffix", ["json", "html"])
def test_load_writes_a_report_even_where_files_failed(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "good.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"")
    out = tmp_path / f"report.{suffix}"
    command = ["load", str(tmp_path / "*.txt"), "--db", str(tmp_path / "g.grafeo")]
    result = CliRunner().invoke(app, [*command, "--report", str(out)])
    assert result.exit_code == 1
    text = out.read_text(encoding="utf-8")
    assert "good.txt" in text
    assert "bad.txt" in text


def test_load_refuses_a_report_it_could_not_write_before_it_loads(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(NOTICE, encoding="utf-8")
    for name in ("report.doc", "nowhere/report.json"):
        database = tmp_path / "g.grafeo"
        command = ["load", str(tmp_path / "good.txt"), "--db", str(database)]
        result = CliRunner().invoke(app, [*command, "--report", str(tmp_path / name)])
        assert result.exit_code == 2
        assert not database.exists()
