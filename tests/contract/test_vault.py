"""Names stay in the vault: nobody reads one unseen, and nothing else of the study holds one."""

import logging
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, inspect, select, update
from sqlalchemy.exc import DBAPIError

from server.db.database import Database, parse_database_url
from server.db.metadata import METADATA
from server.errors import SettingsError
from server.storage import Storage
from server.vault.identity import EmergencyCard, Identity
from server.vault.tables import IDENTITY_EVENTS, VAULT
from tests.server_process import ServerProcess, enrol, run_command
from tests.studies import Study, make_study

CANARY = "Canarina"
HERS = Identity(CANARY, EmergencyCard(f"sister {CANARY}", None, f"drug {CANARY}", None))


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        opened.vault.write_identity("P07", HERS, "os:test")
        yield opened


def trail(storage: Storage) -> list[tuple[str, str, str]]:
    return [(event.done_by, event.what, event.code) for event in storage.vault.read_events()]


def test_what_was_put_in_comes_out(storage: Storage) -> None:
    assert storage.vault.read_people("sara", ["P07", "P08"]) == {"P07": HERS}


def test_g1_whoever_reads_is_written_down(storage: Storage) -> None:
    """Asking for somebody who isn't there is written down as well."""
    storage.vault.read_people("sara", ["P07", "P08"])
    assert trail(storage) == [
        ("os:test", "written", "P07"),
        ("sara", "read", "P07"),
        ("sara", "read", "P08"),
    ]


def test_g1_what_can_not_be_written_down_is_not_read(storage: Storage) -> None:
    with storage.vault.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE identity_events RENAME TO gone")
    with pytest.raises(DBAPIError):
        storage.vault.read_people("sara", ["P07"])


def test_the_trail_can_not_be_changed(storage: Storage) -> None:
    for statement in (delete(IDENTITY_EVENTS), update(IDENTITY_EVENTS).values(done_by="nobody")):
        with pytest.raises(DBAPIError, match="append-only"), storage.vault.writing() as connection:
            connection.execute(statement)


def test_what_is_corrected_is_gone(storage: Storage, study: Study) -> None:
    storage.vault.write_identity("P07", Identity("Nour"), "os:test")
    assert storage.vault.read_people("sara", ["P07"]) == {"P07": Identity("Nour")}
    if study.database_url is not None:
        return
    for path in study.path.glob("identity.sqlite3*"):
        assert CANARY.encode() not in path.read_bytes()


def test_a_vault_opens_again_with_what_it_holds(study: Study) -> None:
    with study.open() as storage:
        storage.vault.write_identity("P07", HERS, "os:test")
    with study.open() as storage:
        assert storage.vault.read_people("sara", ["P07"]) == {"P07": HERS}


def test_a_vault_of_another_doseline_is_left_alone(study: Study) -> None:
    with study.open() as storage, storage.vault.writing() as connection:
        connection.exec_driver_sql("UPDATE vault_schema SET revision = 2")
    with pytest.raises(SettingsError, match="written by another doseline"), study.open():
        pass


def test_names_and_study_never_share_a_table(storage: Storage) -> None:
    assert not VAULT.tables.keys() & METADATA.tables.keys()
    with storage.database.reading() as connection:
        assert not set(inspect(connection).get_table_names()) & VAULT.tables.keys()


def test_f11_no_log_of_the_vault_has_a_name(
    storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        storage.vault.write_identity("P08", HERS, "os:test")
        storage.vault.read_people("sara", ["P07", "P08"])
        row = {"code": "P07", "first_name": CANARY, "written_wall_ns": 1}
        twice = VAULT.tables["identities"].insert().values(row)
        with pytest.raises(DBAPIError) as refused, storage.vault.writing() as connection:
            connection.execute(twice)
    assert CANARY not in caplog.text
    assert CANARY not in str(refused.value)


# On SQLite, where it is a file of its own.


@pytest.fixture
def study_on_disk(tmp_path: Path) -> Study:
    return make_study(tmp_path / "study")


def set_identity(study: Study, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    path = tmp_path / "p07.toml"
    path.write_text(f'first_name = "{CANARY}"\ncontact = "sister {CANARY}"\n')
    added = ("participants", "add", "P07", "--sign", "Fig", "--arm", "training")
    run_command(*added, "--data", str(study.path))
    done = run_command("vault", "set", "P07", "--from", str(path), "--data", str(study.path))
    path.unlink()
    return done


def test_its_file_is_for_its_owner_alone(study_on_disk: Study, tmp_path: Path) -> None:
    with study_on_disk.open() as storage:
        storage.vault.write_identity("P07", HERS, "os:test")
        files = list(study_on_disk.path.glob("identity.sqlite3*"))
        assert len(files) >= 2  # with its log of what isn't moved into it yet
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_a_file_that_others_may_read_is_refused(study_on_disk: Study) -> None:
    with study_on_disk.open():
        pass
    path = study_on_disk.path / "identity.sqlite3"
    path.chmod(0o640)
    with pytest.raises(SettingsError, match=f"chmod 600 {path}"), study_on_disk.open():
        pass


def test_the_commands(study_on_disk: Study, tmp_path: Path) -> None:
    done = set_identity(study_on_disk, tmp_path)
    assert (done.returncode, CANARY in done.stdout) == (0, False)
    logged = run_command("vault", "log", "--data", str(study_on_disk.path)).stdout
    assert logged.endswith(" written P07\n")
    assert CANARY not in logged
    absent = run_command("vault", "set", "P07", "--from", "x", "--data", str(study_on_disk.path))
    assert (absent.returncode, "can't read x" in absent.stderr) == (2, True)


def test_a_name_needs_a_participant(study_on_disk: Study, tmp_path: Path) -> None:
    path = tmp_path / "p08.toml"
    path.write_text(f'first_name = "{CANARY}"\n')
    done = run_command(
        "vault", "set", "P08", "--from", str(path), "--data", str(study_on_disk.path)
    )
    assert (done.returncode, "P08 is not in the study" in done.stderr) == (2, True)


def test_f11_g3_a_name_is_in_no_other_file_no_log_and_no_export(
    study_on_disk: Study, tmp_path: Path
) -> None:
    """A whole life of a study with a canary in its vault."""
    assert set_identity(study_on_disk, tmp_path).returncode == 0
    enrol(study_on_disk)
    with ServerProcess(study_on_disk) as server:
        assert server.stop() == 0
    out = tmp_path / "export"
    words = (
        "export",
        "--profile",
        "archive",
        "--internal",
        "--out",
        str(out),
        "--data",
        str(study_on_disk.path),
    )
    assert run_command(*words).returncode == 0
    holding = [
        path.name
        for path in tmp_path.rglob("*")
        if path.is_file() and CANARY.encode() in path.read_bytes()
    ]
    assert holding == ["identity.sqlite3"]
    assert (tmp_path / "server.log").stat().st_size > 0


def test_the_address_of_a_study_is_the_vaults_too(study: Study) -> None:
    if study.database_url is None:
        return
    with study.open() as storage:
        storage.vault.write_identity("P07", HERS, "os:test")
    with Database(parse_database_url(study.database_url)) as database:
        with database.reading() as connection:
            assert "identity" in inspect(connection).get_schema_names()
        with database.reading() as connection, pytest.raises(DBAPIError):
            connection.execute(select(VAULT.tables["identities"]))
