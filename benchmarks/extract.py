"""Print how many characters a second the extraction reads: `python benchmarks/extract.py [FILE…]`.

The same process also splits the same text at every full stop and comma with `re`, a floor that
any reader of Chinese text pays, so that runs on different machines can be compared.
"""

import platform
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from loaders.fetch import find_files
from loaders.pipeline import extract_bytes
from loaders.samples import read_samples

ROUNDS = 7


def main(names: Sequence[str]) -> None:
    """Time the extraction of the named notices, or of the samples."""
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
    _report("policykg", characters, lambda: [extract_bytes(raw, name) for name, raw in notices])
    texts = [raw.decode(errors="replace") for _, raw in notices]
    _report("re.split", characters, lambda: [re.split("[，,。；;]", text) for text in texts])


def _report(name: str, characters: int, run: Callable[[], object]) -> None:
    seconds = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - begin)
    median = statistics.median(seconds)
    print(f"{name:10} {characters / median:12,.0f} characters/s (median of {ROUNDS} rounds)")


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0]} ({len(names)} cores)" if names else "unknown processor"


if __name__ == "__main__":
    main(sys.argv[1:])
