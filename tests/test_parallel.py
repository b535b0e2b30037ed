"""Many notices by several processes: in order, whatever becomes of a process."""

import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import readers as made
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import FragmentError, KgError, OutlineError, SourceError
from kg.jsonl import format_fragment
from loaders import parallel
from loaders.journal import Journal
from loaders.parallel import Extracted, Work, extract_one, run_all
from loaders.sources import Source


def notices(count: int) -> list[Source]:
    return [
        Source(f"{n}.txt", made.TEXT.replace("年度", f"第{n}号").encode()) for n in range(count)
    ]


def answers(
    sources: list[Source | KgError], jobs: int, work: Work[Extracted] = extract_one
) -> list[str]:
    """What came back: the URI of the report, or the error, each with its tag before it."""
    found = run_all(work, enumerate(sources), jobs)
    return [
        f"{tag} {answer.report.uri if isinstance(answer, Extracted) else answer}"
        for tag, answer in found
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_answers_come_in_order_with_errors_in_their_place(jobs: int) -> None:
    sources: list[Source | KgError] = [*notices(20)]
    sources[3] = Source("3.txt", b"")
    sources[7] = SourceError("7.txt", "gone")
    expected = [f"{n} {n}.txt" for n in range(20)]
    expected[3], expected[7] = "3 3.txt: the file is empty", "7 7.txt: gone"
    assert answers(sources, jobs) == expected


def test_processes_give_what_one_gives() -> None:
    sources = notices(14)
    lines = [
        [list(format_fragment(a.fragment)) for _, a in found if isinstance(a, Extracted)]
        for found in (run_all(extract_one, enumerate(sources), jobs) for jobs in (1, 2))
    ]
    assert len(lines[0]) == 14
    assert lines[0] == lines[1]


def test_a_notice_that_kills_its_worker_is_told_and_the_others_go_on() -> None:
    sources: list[Source | KgError] = [*notices(16)]
    sources[2] = Source("2.txt", b"die")
    sources[9] = Source("9.txt", b"die")
    found = answers(sources, 2, work=_perilous)
    assert [n for n, line in enumerate(found) if "ended the process" in line] == [2, 9]
    assert [line for n, line in enumerate(found) if n not in (2, 9)] == [
        f"{n} {n}.txt" for n in range(16) if n not in (2, 9)
    ]


def _perilous(source: Source | KgError, seconds: float = 0) -> Extracted | KgError:
    if isinstance(source, Source) and source.raw == b"die":
        import os

        os._exit(9)
    return extract_one(source, seconds)


def test_a_notice_that_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_: Source) -> Iterator[object]:
        while True:
            pass

    monkeypatch.setattr(parallel, "extract_source", endless)
    answer = extract_one(Source("a.txt", b"x"), 0.05)
    assert str(answer) == "a.txt: took more than 0.05 s to read"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGTERM")
def test_workers_end_with_the_process_that_asked(tmp_path: Path) -> None:
    for source in notices(150):
        (tmp_path / source.uri).write_bytes(source.raw)
    out = tmp_path / "out.jsonl"
    partial = tmp_path / "out.jsonl.partial"
    command = [sys.executable, "-c", "from api.cli import main; main()", "extract", str(tmp_path)]
    written = [*command, "-o", str(out), "--jobs", "2"]
    with subprocess.Popen(written, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
        while not (partial.exists() and partial.stat().st_size):
            assert running.poll() is None
            time.sleep(0.01)
        running.terminate()
        running.communicate(timeout=60)  # to the end of all who inherited its output
    assert running.returncode == -signal.SIGTERM
    subprocess.run([*written, "--resume"], check=True)
    whole = subprocess.run([*command, "--jobs", "1"], check=True, capture_output=True)
    assert out.read_bytes() == whole.stdout


def test_notices_are_taken_a_few_ahead_only() -> None:
    taken = 0

    def tasks() -> Iterator[tuple[int, Source]]:
        nonlocal taken
        for number, source in enumerate(notices(200)):
            taken += 1
            yield number, source

    running = run_all(extract_one, tasks(), 2)
    next(running)
    running.close()
    assert taken <= 20


@pytest.mark.parametrize(
    "error", [SourceError("a", "b"), OutlineError("a", 1, "b"), FragmentError("a", "b", "c")]
)
def test_errors_cross_processes(error: KgError) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), str(back), vars(back)) == (type(error), str(error), vars(error))


# Going on after an interruption

ITEMS: list[Source | KgError] = [
    Source("a", b"1"),
    SourceError("b", "gone"),
    Source("c", b"3"),
    Source("c", b"3"),  # the same bytes twice
    Source("d", b"4"),
]


def lines_of(item: Source | KgError) -> str:
    return "".join(f"{item.uri} {n}\n" for n in range(3)) if isinstance(item, Source) else ""


def run(out: Path, items: list[Source | KgError], *, resume: bool, stop: int = 99) -> int:
    """Write what is left; return how many were read. Stop after so many, as Ctrl-C would."""
    read = 0
    with Journal(out, resume=resume) as journal:
        for item in items:
            if journal.skip(item) is not None:
                continue
            if read == stop:
                return read
            journal.write(item, lines_of(item), "" if isinstance(item, Source) else str(item))
            read += 1
        journal.finish()
    return read


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_going_on_from_anywhere_gives_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("journal")
    run(folder / "whole", ITEMS, resume=False)
    out = folder / "out"
    run(out, ITEMS, resume=False, stop=data.draw(st.integers(0, 4)))
    for name in ("out.partial", "out.journal"):  # a crash loses the end of either
        path = folder / name
        raw = path.read_bytes()
        path.write_bytes(raw[: data.draw(st.integers(0, len(raw)))])
    run(out, ITEMS, resume=True)
    assert out.read_bytes() == (folder / "whole").read_bytes()
    assert sorted(p.name for p in folder.iterdir()) == ["out", "whole"]


def test_what_is_done_is_not_read_again(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(out, ITEMS, resume=False, stop=3) == 3
    assert run(out, ITEMS, resume=True) == 2


def test_a_changed_notice_is_read_again_with_all_after_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(out, ITEMS, resume=False, stop=4)
    changed = [*ITEMS]
    changed[2] = Source("c", b"new")
    assert run(out, changed, resume=True) == 3
    run(tmp_path / "whole", changed, resume=False)
    assert out.read_bytes() == (tmp_path / "whole").read_bytes()


def test_without_resume_all_is_written_anew(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(out, ITEMS, resume=False, stop=3)
    assert run(out, ITEMS, resume=False) == len(ITEMS)
