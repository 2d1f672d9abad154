"""What a person types, and the one sentence that answers a mistake."""

import json
import socket
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from server.db.opening import open_study
from server.gateways.tables import GATEWAY_TOKENS
from server.gateways.tokens import hash_token
from tests.server_process import ServerProcess, run_command
from tests.studies import Study, make_study

EVERYWHERE = "0.0.0.0"  # noqa: S104


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return make_study(tmp_path / "study").path


def _refused(*words: str | Path, **environment: str) -> str:
    """The sentence of a command that ends with 2."""
    done = run_command(*map(str, words), **environment)
    assert done.returncode == 2, done.stdout
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_init_makes_a_private_directory_once(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "study"
    assert "is ready" in run_command("init", "--data", str(path)).stdout
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert "nothing was changed" in run_command("init", "--data", str(path)).stdout


def test_init_refuses_what_is_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    assert "is not empty" in _refused("init", "--data", tmp_path)
    assert "is a file" in _refused("init", "--data", tmp_path / "letter.txt")
    assert "--data (or DOSELINE_DATA) is needed" in _refused("init")
    assert "can't be made" in _refused("init", "--data", "/proc/zzz")


def test_an_address_with_a_port_that_is_no_number_is_one_sentence(tmp_path: Path) -> None:
    told = _refused("init", "--data", tmp_path / "s", "--database", "postgresql://u:p@h:notaport/d")
    assert "the database address must read postgresql://" in told


@pytest.mark.parametrize(
    "words",
    [
        ("serve",),
        ("straps", "add", "8AA87D20", "--model", "h10"),
        ("gateways", "enrol", "gym", "--token-file", "t"),
        ("export", "--profile", "archive", "--internal", "--out", "o"),
    ],
)
def test_a_folder_that_init_did_not_make_is_told_apart(tmp_path: Path, words: list[str]) -> None:
    assert "make one with 'doseline-server init" in _refused(*words, "--data", tmp_path)


def test_enrol_writes_a_private_token_and_stores_its_hash(directory: Path, tmp_path: Path) -> None:
    token_file = tmp_path / "gym.token"
    words = ("gateways", "enrol", "gym", "--token-file", str(token_file), "--data", str(directory))
    done = run_command(*words)
    token = token_file.read_text().strip()
    assert stat.S_IMODE(token_file.stat().st_mode) == 0o600
    assert token_file.read_text().count("\n") == 1
    assert token not in done.stdout + done.stderr
    with open_study(directory, None) as database, database.reading() as connection:
        stored = connection.execute(select(GATEWAY_TOKENS.c.token_sha256)).scalar_one()
    assert stored == hash_token(token)
    assert all(token.encode() not in path.read_bytes() for path in directory.iterdir())


def test_a_gateway_is_enrolled_once_until_it_is_revoked(directory: Path, tmp_path: Path) -> None:
    def enrol(file: str) -> tuple[str, ...]:
        given = ("--token-file", str(tmp_path / file), "--data", str(directory))
        return ("gateways", "enrol", "gym", *given)

    assert run_command(*enrol("t1")).returncode == 0
    assert "gateways revoke gym" in _refused(*enrol("t2"))
    assert not (tmp_path / "t2").exists()
    revoked = run_command("gateways", "revoke", "gym", "--data", str(directory))
    assert "worthless" in revoked.stdout
    assert "exists; give --token-file a new name" in _refused(*enrol("t1"))
    assert run_command(*enrol("t2")).returncode == 0
    assert "no gateway" in _refused("gateways", "revoke", "hall", "--data", directory)
    assert "gateway name" in _refused("gateways", "revoke", "b a d", "--data", directory)


def test_a_strap_is_added_once(directory: Path) -> None:
    words = ("straps", "add", "8aa87d20", "--data", str(directory), "--model", "h10")
    first = run_command(*words, "--label", "07")
    assert "8AA87D20 (h10) is on the roster; records heart rate and movement" in first.stdout
    again = run_command(*words, "--label", "07")
    assert (again.returncode, "already" in again.stdout) == (0, True)
    assert "label '07'; nothing was changed" in _refused(*words, "--label", "08")
    only_heart = ("--label", "07", "--streams", "heart_rate")
    assert "streams 'heart_rate,movement'" in _refused(*words, *only_heart)


def test_a_database_that_another_program_holds_is_told_in_a_sentence(directory: Path) -> None:
    words = ("straps", "add", "8aa87d20", "--data", str(directory), "--model", "h10")
    with closing(sqlite3.connect(directory / "archive.sqlite3")) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "database is locked; nothing of this step is stored" in _refused(*words)
    assert run_command(*words).returncode == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("=1+1", "--model", "h10"), "not a strap serial"),
        (("8AA87D20", "--model", "h10", "--label", ""), "a label has 1 to 16"),
        (("8AA87D20", "--model", "h10", "--label", "7" * 17), "a label has 1 to 16"),
    ],
)
def test_a_strap_that_is_none_is_refused(
    directory: Path, words: tuple[str, ...], sentence: str
) -> None:
    assert sentence in _refused("straps", "add", *words, "--data", directory)


def test_serve_refuses_a_host_that_is_not_loopback(directory: Path) -> None:
    said = _refused("serve", "--data", directory, "--host", EVERYWHERE)
    assert "over the network unencrypted" in said


@pytest.mark.parametrize("command", ["serve", "check-config"])
@pytest.mark.parametrize(
    ("words", "environment", "sentence"),
    [
        (("--port", "abc"), {}, "port: 'abc' is no port; give a number from 0 to 65535"),
        ((), {"DOSELINE_PORT": "abc"}, "port: 'abc' is no port"),
        (("--host", ""), {}, "host: the address is empty; give 127.0.0.1"),
        ((), {"DOSELINE_HOST": ""}, "host: the address is empty; give 127.0.0.1"),
    ],
)
def test_a_port_that_is_no_number_and_an_empty_host_are_one_sentence(
    directory: Path,
    command: str,
    words: tuple[str, ...],
    environment: dict[str, str],
    sentence: str,
) -> None:
    said = _refused(command, "--data", directory, *words, **environment)
    assert said.startswith(f"doseline-server {command}: {sentence}")


def test_serve_says_when_its_port_is_taken(directory: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert "choose another --port" in _refused("serve", "--data", directory, "--port", port)


def test_serve_says_when_another_server_has_the_directory(directory: Path) -> None:
    with ServerProcess(Study(directory, None)) as server:
        said = _refused("serve", "--data", directory, "--port", "0")
        assert "another doseline server uses" in said
        assert server.stop() == 0


def test_a_database_of_another_kind_is_refused(directory: Path) -> None:
    url = "postgresql://u:hunter2@127.0.0.1:1/d"
    said = _refused("serve", "--data", directory, "--port", "0", "--database", url)
    assert "keeps its own database" in said
    assert "hunter2" not in said
    assert "postgresql://" in _refused("init", "--data", directory / "x", "--database", "mysql://h")


def test_f11_an_unreachable_database_is_named_without_its_password(tmp_path: Path) -> None:
    url = "postgresql://u:hunter2@127.0.0.1:1/d"
    said = _refused("init", "--data", tmp_path / "study", "--database", url)
    assert "can't use the database" in said
    assert "hunter2" not in said


def test_check_config_masks_secrets(directory: Path) -> None:
    url = "postgresql://u:hunter2@h/d"
    done = run_command("check-config", "--data", str(directory), "--database", url, "--json")
    shown = json.loads(done.stdout)
    assert shown["database"] == "postgresql://u:***@h/d"
    assert shown["data"] == str(directory)
    assert "hunter2" not in done.stdout + done.stderr


def test_a_damaged_marker_is_told_and_left_alone(directory: Path) -> None:
    marker = directory / "doseline.json"
    marker.write_text("{")
    assert "damaged or of a newer doseline" in _refused("serve", "--data", directory)
    assert marker.read_text() == "{"


def test_a8_a_damaged_database_is_told_and_left_alone(directory: Path) -> None:
    path = directory / "archive.sqlite3"
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.write_bytes(b"not a database" * 1000)
    said = _refused("serve", "--data", directory, "--port", "0")
    assert "can't use the database" in said
    assert path.read_bytes() == b"not a database" * 1000
