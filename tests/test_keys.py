"""API keys: what is kept of them, and the commands that make and revoke them."""

import json
import stat
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api import keys as keys_module
from api.cli import app
from api.keys import GRANTS, KeyFile, KeysError, Scope


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys" / "keys.json")


def test_a_key_is_found_by_itself_alone(keys: KeyFile) -> None:
    made, secret = keys.add("Lab", [Scope.READ])
    assert keys.find(secret) == made
    for wrong in (secret[:-1], secret + "x", secret.upper(), made.id, made.digest, "", "pkg_"):
        assert keys.find(wrong) is None
    _, other = keys.add("Office", [Scope.READ])
    swapped = f"pkg_{made.id}_{other.rpartition('_')[2]}"
    assert keys.find(swapped) is None


def test_only_a_digest_is_kept_and_nobody_else_may_read_it(keys: KeyFile) -> None:
    _, secret = keys.add("Lab", [Scope.READ])
    text = keys.path.read_text(encoding="utf-8")
    assert secret not in text
    assert secret.split("_", 2)[2] not in text
    assert stat.S_IMODE(keys.path.stat().st_mode) == 0o600


def test_a_running_server_sees_what_another_process_changed(keys: KeyFile) -> None:
    server = KeyFile(keys.path)
    assert server.find("pkg_00000000_x") is None
    _, secret = keys.add("Lab", [Scope.READ])
    assert server.find(secret) is not None
    keys.revoke("Lab")
    assert server.find(secret) is None
    keys.path.unlink()
    assert server.list_keys() == []


def test_a_key_is_good_to_the_end_of_its_last_day(
    keys: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, secret = keys.add("Lab", [Scope.READ], date(2030, 5, 6))
    monkeypatch.setattr(keys_module, "_today", lambda: date(2030, 5, 6))
    assert keys.find(secret) is not None
    monkeypatch.setattr(keys_module, "_today", lambda: date(2030, 5, 7))
    assert keys.find(secret) is None


@pytest.mark.parametrize("name", ["", " ", " x", "x\n", "x" * 101])
def test_names_without_a_meaning_are_refused(keys: KeyFile, name: str) -> None:
    with pytest.raises(KeysError, match="no name"):
        keys.add(name, [Scope.READ])
    assert keys.list_keys() == []


def test_a_name_is_borne_by_one_key(keys: KeyFile) -> None:
    keys.add("Lab", [Scope.READ])
    with pytest.raises(KeysError, match="already"):
        keys.add("Lab", [Scope.ADMIN])
    with pytest.raises(KeysError, match="no key"):
        keys.revoke("Office")
    assert len(keys.list_keys()) == 1


@pytest.mark.parametrize("text", ["", "{", "[]", '{"keys": [{"id": "1"}]}', "\xff"])
def test_a_spoilt_file_opens_nothing(keys: KeyFile, text: str) -> None:
    keys.path.parent.mkdir()
    keys.path.write_bytes(text.encode("latin-1"))
    with pytest.raises(KeysError, match="not a file of keys"):
        keys.find("pkg_00000000_x")


def test_every_scope_is_granted_something() -> None:
    assert set(GRANTS) == set(Scope)
    assert all(scope in granted for scope, granted in GRANTS.items())


def run(path: Path, *words: str, status: int = 0) -> tuple[str, str]:
    result = CliRunner().invoke(app, ["keys", *words, "--keys", str(path)])
    assert result.exit_code == status, result.output
    return result.stdout, result.stderr


def test_the_commands(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    assert run(path, "list") == ("", "no keys\n")
    out, told = run(path, "add", "Lab", "--scope", "read", "--scope", "cypher")
    secret = out.strip()
    assert secret not in told
    key = KeyFile(path).find(secret)
    assert key is not None
    assert key.allowed == {Scope.READ, Scope.CYPHER}
    run(path, "add", "Prometheus", "--scope", "admin", "--expires", "2999-12-31")
    listed = json.loads(run(path, "list", "--format", "json")[0])
    assert [(entry["name"], entry["expires_on"]) for entry in listed] == [
        ("Lab", None),
        ("Prometheus", "2999-12-31"),
    ]
    assert key.digest not in run(path, "list")[0]
    run(path, "revoke", key.id)
    assert KeyFile(path).find(secret) is None


@pytest.mark.parametrize(
    "words", [["add", "x", "--scope", "write"], ["add", "x", "--expires", "soon"], ["add"]]
)
def test_wrong_usage_is_told(tmp_path: Path, words: list[str]) -> None:
    run(tmp_path / "keys.json", *words, status=2)
    assert not (tmp_path / "keys.json").exists()


def test_what_cannot_be_done_is_one_sentence(tmp_path: Path) -> None:
    _, told = run(tmp_path / "keys.json", "revoke", "Lab", status=1)
    assert told.startswith("policykg: there is no key 'Lab'")
    (tmp_path / "file").write_text("x")
    _, told = run(tmp_path / "file" / "keys.json", "add", "Lab", status=1)
    assert len(told.splitlines()) == 1
