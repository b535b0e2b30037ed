"""Which files a name stands for, and what is said of those that cannot be read."""

import os
from pathlib import Path

import pytest

from kg.errors import SourceError
from loaders.fetch import find_files, read_file
from loaders.readers.types import MAX_BYTES


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "b.txt",
        "a.HTML",
        "deep/er/c.htm",
        "deep/d.text",
        "e.png",
        ".git/f.txt",
        ".g.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("各县人民政府:", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["b.txt"], ["b.txt"]),
        (["e.png"], ["e.png"]),  # a file that is named is tried, whatever its suffix
        (["."], ["a.HTML", "b.txt", "deep/d.text", "deep/er/c.htm"]),
        (["deep"], ["deep/d.text", "deep/er/c.htm"]),
        (["b.txt", "."], ["b.txt", "a.HTML", "deep/d.text", "deep/er/c.htm"]),
        (["b.txt", "./deep/../b.txt"], ["b.txt"]),
        (["*.txt"], ["b.txt"]),
        (["**/*.htm"], ["deep/er/c.htm"]),
        (["dee?"], ["deep/d.text", "deep/er/c.htm"]),
        (["[ab].*"], ["a.HTML", "b.txt"]),
    ],
)
def test_names(tree: Path, names: list[str], expected: list[str]) -> None:
    found = find_files(names)
    assert [str(path) for path in found.paths] == expected
    assert found.errors == ()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nowhere.txt", "no such file or folder"),
        ("empty", "holds no notices"),
        ("*.docx", "no file matches"),
        ("", "holds no notices"),
    ],
)
def test_what_is_not_there_is_said_and_the_rest_goes_on(tree: Path, name: str, reason: str) -> None:
    if not name:
        os.chdir("empty")
    found = find_files([name, str(tree / "b.txt")])
    assert [path.name for path in found.paths] == ["b.txt"]
    (error,) = found.errors
    assert reason in error.reason


def test_a_file_with_brackets_in_its_name_is_itself(tree: Path) -> None:
    (tree / "[2024]6号.txt").write_text("通知", encoding="utf-8")
    assert [path.name for path in find_files(["[2024]6号.txt"]).paths] == ["[2024]6号.txt"]


def test_a_circle_of_links_ends(tree: Path) -> None:
    (tree / "deep" / "loop").symlink_to(tree)
    assert len(find_files(["."]).paths) == 4


def test_bytes_are_read(tree: Path) -> None:
    assert read_file(Path("b.txt")).decode() == "各县人民政府:"


def test_unreadable(tree: Path) -> None:
    (tree / "empty.txt").touch()
    os.mkfifo(tree / "pipe.txt")
    for name, reason in [
        ("empty.txt", "empty"),
        ("pipe.txt", "neither a file nor a folder"),
        ("deep", "is a folder"),
        ("nowhere.txt", "no such file"),
        ("n" * 300, "file name too long"),
    ]:
        with pytest.raises(SourceError, match=reason):
            read_file(Path(name))


def test_too_large_is_said_at_once(tree: Path) -> None:
    with (tree / "large.txt").open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(SourceError, match=r"50\.0 MB are more than the 20 MB"):
        read_file(tree / "large.txt")
    assert MAX_BYTES == 20_000_000


def test_files_that_hold_notices_but_are_not_read_are_found_and_told(tree: Path) -> None:
    (tree / "deep" / "g.rtf").write_bytes(b"{\\rtf1 x}")
    assert "deep/g.rtf" in [str(path) for path in find_files(["deep"]).paths]
