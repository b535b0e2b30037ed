"""What the fuzzer found is read well now, and it finds nothing within a thousand inputs."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from targets import SEEDS, TARGETS

FUZZ = Path(__file__).parent / "fuzz"
FINDINGS = sorted(FUZZ.glob("findings/*/*"))
RUNS = 1_000


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda p: f"{p.parent.name}-{p.name[:14]}")
def test_findings_are_read(finding: Path) -> None:
    TARGETS[finding.parent.name](finding.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_the_fuzzer_begins_with_sound_seeds(name: str) -> None:
    for seed in SEEDS[name]:
        TARGETS[name](seed)


def test_nothing_is_found(tmp_path: Path) -> None:
    if importlib.util.find_spec("atheris") is None:
        assert sys.platform != "linux", "atheris is missing: `make test` installs it"
        pytest.skip("atheris has no wheels for this system")
    command = [sys.executable, str(FUZZ / "fuzz.py"), "all"]
    limits = [f"-runs={RUNS}", "-timeout=60", "-max_len=1500", "-seed=1", "-verbosity=0"]
    done = subprocess.run(
        [*command, *limits], cwd=tmp_path, capture_output=True, text=True, errors="replace"
    )
    assert done.returncode == 0, done.stderr[-4000:]
