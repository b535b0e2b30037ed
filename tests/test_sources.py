"""Files that hold many notices: archives and corpora."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
import readers as made

from kg.errors import SourceError
from loaders.ingest import extract_file
from loaders.readers import archive
from loaders.sources import Columns, Source, iter_sources

ROWS = [
    {"编号": "1", "标题": "甲通知", "正文": "一、加强保护。", "网址": "https://example.cn/1"},
    {"编号": "2", "标题": "乙通知", "正文": "乙通知\n一、“引”用，\n二、换行。", "网址": "无"},
]


def sources(path: Path, columns: Columns | None = None) -> list[Source | str]:
    """What a file holds; errors as their reasons."""
    return [s.reason if isinstance(s, SourceError) else s for s in iter_sources(path, columns)]


def texts(path: Path, columns: Columns | None = None) -> list[str]:
    return [s if isinstance(s, str) else s.raw.decode() for s in sources(path, columns)]


# Archives


def test_members_of_every_type_give_the_same_facts(tmp_path: Path) -> None:
    members: dict[str, bytes | str] = {f"市/{n}": form() for n, form in made.FORMS.items()}
    path = made.written(tmp_path, "a.zip", made.packed({**members, "图.png": b"\x89PNG"}))
    found = list(extract_file(path))
    assert [type(item).__name__ for item in found] == ["Extraction"] * len(members)
    reports = [item.report for item in found if not isinstance(item, Exception)]
    assert [report.uri for report in reports] == [f"{path}!/{name}" for name in members]
    assert {report.measures for report in reports} == {3}


def test_names_that_chinese_windows_wrote_are_read(tmp_path: Path) -> None:
    class Member(zipfile.ZipInfo):
        """A member whose name is written in GBK without the flag of UTF-8."""

        def _encodeFilenameFlags(self) -> tuple[bytes, int]:
            return self.filename.encode("gbk"), self.flag_bits

    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(Member("通知/一.txt"), "甲")
    assert [s.uri for s in sources(path) if isinstance(s, Source)] == [f"{path}!/通知/一.txt"]


@pytest.mark.parametrize(
    "name", ["../up.txt", "/etc/x.txt", "a/../../b.txt", "C:/x.txt", "..\\x.txt"]
)
def test_a_name_that_points_out_of_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    path = made.written(tmp_path, "a.zip", made.packed({name: "甲", "b.txt": "乙"}))
    reasons = texts(path)
    assert "unsafe name" in reasons[0]
    assert reasons[1] == "乙"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip"]


def test_what_expands_too_far_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = made.written(
        tmp_path, "a.zip", made.packed({"a.txt": b"\x20" * 19_000_000, "b.txt": "乙"})
    )
    reasons = texts(bomb)
    assert "thousandfold" in reasons[0]
    assert reasons[1] == "乙"
    monkeypatch.setattr(archive, "MOST_MEMBERS", 1)
    assert "more than 1 files" in texts(bomb)[1]


def test_a_large_member_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_STORED) as package:
        package.writestr("a.txt", b" " * 20_000_001)
    assert "more than" in texts(tmp_path / "a.zip")[0]


@pytest.mark.parametrize("cut", [10, 60, -30])
def test_a_damaged_archive_is_told(tmp_path: Path, cut: int) -> None:
    raw = made.packed({"a.txt": made.TEXT, "b.txt": made.TEXT})
    path = made.written(tmp_path, "a.zip", raw[:cut])
    assert any("damaged" in text for text in texts(path))


def test_an_archive_in_an_archive_and_an_empty_one_are_told(tmp_path: Path) -> None:
    inner = made.packed({"b.txt": "乙"})
    path = made.written(tmp_path, "a.zip", made.packed({"x.png": inner}))
    assert "holds no notices" in texts(path)[0]


# Corpora


def as_csv(folder: Path) -> Path:
    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    lines = [",".join(quoted(v) for v in row) for row in ([*ROWS[0]], *(r.values() for r in ROWS))]
    return made.written(folder, "rows.csv", "\n".join(lines).encode("gb18030"))


def as_jsonl(folder: Path) -> Path:
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)
    return made.written(folder, "rows.jsonl", lines.encode())


def as_parquet(folder: Path) -> Path:
    path = folder / "rows.parquet"
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(ROWS), path)
    return path


@pytest.mark.parametrize("form", [as_csv, as_jsonl, as_parquet])
def test_a_row_is_a_notice(form: "object", tmp_path: Path) -> None:
    assert callable(form)
    path = form(tmp_path)
    first, second = sources(path)
    assert first == Source(f"{path}#1", "甲通知\n一、加强保护。".encode(), "https://example.cn/1")
    assert second == Source(f"{path}#2", ROWS[1]["正文"].encode(), None)
    named = Columns(text="标题", title="编号")
    assert texts(path, named) == ["1\n甲通知", "2\n乙通知"]


def test_the_page_of_a_row_is_kept(tmp_path: Path) -> None:
    (first, *_) = extract_file(as_csv(tmp_path))
    assert not isinstance(first, Exception)
    notice = next(n for n in first.fragment.nodes if n.label == "Notice")
    assert notice.properties["source_uri"] == "https://example.cn/1"


@pytest.mark.parametrize(
    ("raw", "columns", "reason"),
    [
        ("甲,乙\n1,2\n", None, "--text-column"),
        ("甲,乙\n1,2\n", Columns(text="丙"), "no column '丙'; it has 2 columns: 甲、乙"),
        ("正文\n \n", None, "is empty"),
        ("正文\n", None, "no rows"),
    ],
)
def test_what_is_wrong_with_a_table_is_told(
    tmp_path: Path, raw: str, columns: Columns | None, reason: str
) -> None:
    assert any(
        reason in text for text in texts(made.written(tmp_path, "a.csv", raw.encode()), columns)
    )


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("a.jsonl", b'{"text": "x"}\n{"text"\n', "no JSON"),
        ("a.jsonl", b"[1]\n", "no JSON object"),
        ("a.parquet", b"PAR1" + b"\x00" * 40 + b"PAR1", "damaged Parquet"),
        ("a.csv", "正文\n甲\n".encode() + b"\xff\xff\n", "is not"),
    ],
)
def test_a_damaged_table_is_told(tmp_path: Path, name: str, raw: bytes, reason: str) -> None:
    assert reason in texts(made.written(tmp_path, name, raw))[-1]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert texts(tmp_path / "none.zip") == ["no such file or folder"]


# Corpora as people hold them


@pytest.mark.parametrize(
    ("header", "separator", "encoding"),
    [
        ("标题,政策全文", ",", "utf-8"),
        ("标题,通知全文", ",", "utf-8-sig"),
        ("Title ,Full Text", ",", "utf-8"),
        ("title,full_text", ",", "gb18030"),
        ("标题\t正文", "\t", "utf-16"),
        ("文件标题;文件内容", ";", "gb18030"),
    ],
)
def test_columns_are_found_whatever_parts_them(
    tmp_path: Path, header: str, separator: str, encoding: str
) -> None:
    table = f"{header}\n甲通知{separator}一、加强保护。\n".encode(encoding)
    assert texts(made.written(tmp_path, "c.csv", table)) == ["甲通知\n一、加强保护。"]


def test_two_columns_that_may_be_the_text_are_asked_about(tmp_path: Path) -> None:
    table = "通知全文,解读全文\n甲,乙\n".encode()
    assert "which column is the text?" in texts(made.written(tmp_path, "c.csv", table))[0]


@pytest.mark.parametrize(
    "wrap",
    [
        pytest.param(lambda rows: rows, id="list"),
        pytest.param(lambda rows: {"total": 2, "data": rows}, id="list in an object"),
        pytest.param(lambda rows: rows[0], id="one object"),
    ],
)
def test_json_is_read(tmp_path: Path, wrap: Callable[[list[object]], object]) -> None:
    rows = [{"标题": f"{name}通知", "正文": ["一、甲。", "二、乙。"]} for name in "甲乙"]
    raw = json.dumps(wrap(rows), ensure_ascii=False, indent=1).encode()
    found = texts(made.written(tmp_path, "c.json", raw))
    assert found == ["甲通知\n一、甲。\n二、乙。", "乙通知\n一、甲。\n二、乙。"][: len(found)]


def test_json_lines_under_another_name_are_read(tmp_path: Path) -> None:
    raw = '{"text": "甲"}\n{"text": "乙"}\n'.encode()
    assert texts(made.written(tmp_path, "c.json", raw)) == ["甲", "乙"]


@pytest.mark.parametrize("raw", [b"[]", b"[1, 2]", b"{}"])
def test_json_without_rows_is_told(tmp_path: Path, raw: bytes) -> None:
    (reason,) = texts(made.written(tmp_path, "c.json", raw))
    assert "no list of JSON objects" in reason or "which column" in reason


def test_members_that_hold_notices_but_are_not_read_are_told(tmp_path: Path) -> None:
    inner = made.packed({"b.txt": "乙"})
    members: dict[str, bytes | str] = {"a.txt": "甲", "in.zip": inner, "c.rtf": b"{\\rtf1 x}"}
    path = made.written(
        tmp_path, "a.zip", made.packed({**members, "t.csv": "正文\n甲", "p.png": "x"})
    )
    reasons = {
        found.uri.rpartition("/")[2]: found.reason
        for found in extract_file(path)
        if isinstance(found, SourceError)
    }
    assert set(reasons) == {"in.zip", "c.rtf", "t.csv"}
    assert "within an archive" in reasons["in.zip"]
