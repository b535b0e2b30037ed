"""The built wheel, installed where nothing of this checkout can be seen."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("kg", "loaders", "queries", "viz", "api")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def policykg(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the installed command; the dependencies come from the environment of the tests."""
    folder = tmp_path_factory.mktemp("clean") / "venv"
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    context = venv.EnvBuilder().ensure_directories(folder)
    python = Path(context.env_exe)
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True)
    site = sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)})
    # A line of a .pth file adds a folder, but no .pth file in it is read: the editable install
    # of this checkout stays out of sight.
    dependencies = sysconfig.get_path("purelib")
    Path(site, "dependencies.pth").write_text(f"{dependencies}\n", encoding="utf-8")
    where = _run([str(python), "-c", "import kg; print(kg.__file__)"], folder)
    assert Path(where.decode().strip()).is_relative_to(folder)
    return Path(context.bin_path) / "policykg"


def _run(command: list[str], folder: Path) -> bytes:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "POLICYKG"))}
    environment["XDG_DATA_HOME"] = str(folder)
    done = subprocess.run(command, capture_output=True, cwd=folder, env=environment, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_every_data_file_is_in_the_wheel(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    listed = subprocess.check_output(
        ["git", "-c", "core.quotePath=false", "ls-files", *PACKAGES], cwd=ROOT, text=True
    )
    assert set(listed.splitlines()) <= inside
    assert "loaders/sample_data/manifest.tsv" in inside
    assert not [name for name in inside if name.startswith(("tests/", "benchmarks/", "data/"))]
    assert any(name.endswith("licenses/LICENSE") for name in inside)


def test_extract_gives_the_bytes_of_the_checkout(policykg: Path, tmp_path: Path) -> None:
    sample = str(ROOT / "data" / "notices" / "000.txt")
    command = [sys.executable, "-c", "from api.cli import main; main()", "extract", sample]
    assert _run([str(policykg), "extract", sample], tmp_path) == _run(command, tmp_path)


def test_demo(policykg: Path, tmp_path: Path) -> None:
    shown = _run([str(policykg), "demo", "--no-serve"], tmp_path).decode()
    assert "5 notices loaded" in shown
    assert "辽宁省教育厅" in shown


@pytest.mark.parametrize("named", [True, False], ids=["PYTHON=…", "on the PATH"])
def test_a_python_that_is_too_old_is_one_sentence(tmp_path: Path, named: bool) -> None:
    old = tmp_path / "python3"
    # An interpreter that fails the check of its version, and tells it when asked.
    old.write_text('#!/bin/sh\ncase "$2" in *sys*) exit 1;; *) echo 3.9.18;; esac\n')
    old.chmod(0o755)
    environment = {"PATH": str(tmp_path), "HOME": str(tmp_path), "PYENV_ROOT": str(tmp_path)}
    done = subprocess.run(
        ["/bin/sh", str(ROOT / ".ci" / "find-python")],
        env=environment | ({"PYTHON": str(old)} if named else {}),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "policykg needs Python 3.12 or later" in done.stderr
    assert "is 3.9.18" in done.stderr
