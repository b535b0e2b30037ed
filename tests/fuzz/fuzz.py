"""Fuzz one target under coverage: `python tests/fuzz/fuzz.py TARGET [libFuzzer options]`.

The target `all` fuzzes each in turn: the first byte of an input chooses.

`-max_total_time=600` fuzzes for ten minutes; `-runs=1000` runs as many inputs. What it finds is
written to the working folder: put the file into tests/fuzz/findings/TARGET/, where the tests
replay it, and mend the cause.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["loaders", "kg.agencies", "kg.divisions"]):
    from targets import SEEDS, TARGETS

NAMES = tuple(TARGETS)


def fuzz_all(data: bytes) -> None:
    """Let the first byte choose the target of the others."""
    if data:
        TARGETS[NAMES[data[0] % len(NAMES)]](data[1:])


def seeds_of(name: str) -> Iterator[bytes]:
    """Yield what the fuzzing of a target begins with."""
    if name in TARGETS:
        yield from SEEDS[name]
        return
    for number, target in enumerate(NAMES):
        yield from (bytes([number]) + seed for seed in SEEDS[target])


def main() -> None:
    """Run libFuzzer on the target named first; the other words are its options."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in (*NAMES, "all"):
        sys.exit(f"usage: fuzz.py {{{','.join(NAMES)},all}} [libFuzzer options]")
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds_of(name)):
            Path(corpus, str(number)).write_bytes(seed)
        atheris.Setup([sys.argv[0], *sys.argv[2:], corpus], TARGETS.get(name, fuzz_all))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
