"""Backups: a copy elsewhere that is whole, says how far it goes, and comes back to life."""

import json
import os
import stat
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from sqlalchemy.exc import DBAPIError

from server.backup.changes import read_state
from server.backup.last_backup import BackupReader
from server.backup.manifest import read_manifest, sign_manifest
from server.backup.restoring import check_backup, restore_backup
from server.backup.signing_key import open_signing_key
from server.backup.taking import BackupSource, drop_expired, mark_file, take_backup
from server.db.opening import open_study
from server.db.sqlite import load_sqlite
from server.errors import BackupDamagedError, SettingsError
from server.ingest.tables import SEGMENTS
from server.people.roles import Role
from server.sessions.appending import Posting
from server.sessions.ledger import append_events, read_events
from server.storage import Storage
from server.vault.identity import EmergencyCard, Identity
from tests.compacting import compact_all, count_chunks
from tests.ledger_entries import SESSION, Tablet, attending, minute
from tests.postgresql_cluster import find_binaries
from tests.server_process import ServerProcess, Uploader, enrol, run_command
from tests.staff import add_person
from tests.studies import Study, make_study
from tests.unit.server.batches import record, upload

LEILA = Identity("Leila", EmergencyCard("her sister 0912", "Penicillin", "Fingolimod", None))
NOON_NS = int(datetime(2026, 11, 30, 12, tzinfo=UTC).timestamp() * 1e9)


@pytest.fixture(autouse=True)
def _client_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian keeps pg_dump beside the server it belongs to."""
    binaries = find_binaries()
    if binaries is not None:
        monkeypatch.setenv("PATH", f"{binaries}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def written(study: Study) -> Study:
    write_entries(study)
    return study


def write_entries(study: Study) -> None:
    """Two in the ledger, three values in the archive, one name in the vault."""
    tablet = Tablet()
    events = [tablet.write("attendance", "P01", attending(word)) for word in ("late", "left")]
    with study.open() as storage:
        posting = Posting(SESSION, events, minute(1), "sara")
        storage.writer.write(lambda c: append_events(c, posting, os.urandom)).result()
        storage.writer.submit(upload([record(1), record(2), record(3)])).result()
        storage.vault.write_identity("P01", LEILA, "os:test")


def source_of(study: Study, storage: Storage) -> BackupSource:
    return BackupSource(storage.directory, storage.database, study.database_url)


def take(study: Study, place: Path, wall_ns: int = NOON_NS) -> Path:
    with study.open() as storage:
        return Path(take_backup(source_of(study, storage), place, wall_ns).place)


def test_g5_a_backup_comes_back_with_everything(written: Study, tmp_path: Path) -> None:
    backup = take(written, tmp_path / "place")
    assert backup.name == "20261130T120000Z"
    database = None if written.new_database is None else written.new_database()
    report = restore_backup(backup, tmp_path / "again", database)
    assert (report.n_rows, report.findings) == (2, [])
    with replace(written, path=tmp_path / "again", database_url=database).open() as storage:
        assert [one.record.seq for one in storage.feed.read_after(0).records] == [1, 2, 3]
        assert storage.vault.read_people("sara", ["P01"]) == {"P01": LEILA}
        with storage.database.reading() as connection:
            assert len(read_events(connection, SESSION)) == 2


def test_g5_what_was_compacted_comes_back_too(written: Study, tmp_path: Path) -> None:
    with written.open() as storage:
        compact_all(storage.database)
    backup = take(written, tmp_path / "place")
    database = None if written.new_database is None else written.new_database()
    restore_backup(backup, tmp_path / "again", database)
    with replace(written, path=tmp_path / "again", database_url=database).open() as storage:
        assert count_chunks(storage.database) == (0, 3)
        assert [one.record.seq for one in storage.feed.read_after(0).records] == [1, 2, 3]
        with pytest.raises(DBAPIError, match="append-only"), storage.database.writing() as writing:
            writing.execute(SEGMENTS.delete())


def test_a_backup_is_taken_while_the_server_writes_and_says_how_far_it_goes(
    written: Study, tmp_path: Path
) -> None:
    with written.open() as storage:
        assert storage.backups.read() is None
        waiting = [storage.writer.submit(upload([record(n)])) for n in range(4, 200)]
        taken = take_backup(source_of(written, storage), tmp_path / "place", NOON_NS)
        assert [future.result() for future in waiting]
        newest = storage.backups.read()
        assert newest == taken
        assert (taken.ledger_n, taken.taken_at) == (2, "2026-11-30T12:00:00.000Z")
    assert check_backup(Path(taken.place)).manifest.ledger_head.startswith("2 ")


def test_a_backup_is_for_its_owner_alone_and_without_the_key(
    written: Study, tmp_path: Path
) -> None:
    backup = take(written, tmp_path / "place")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o700
    key = (written.path / "signing-key.pem").read_bytes()
    assert stat.S_IMODE((written.path / "signing-key.pem").stat().st_mode) == 0o600
    assert not [path for path in backup.iterdir() if key in path.read_bytes()]


@pytest.mark.parametrize("at", [0, 5000, -1])
def test_one_flipped_byte_of_a_copy_is_found(written: Study, tmp_path: Path, at: int) -> None:
    backup = take(written, tmp_path / "place")
    name = next(iter(check_backup(backup).manifest.files))
    content = bytearray((backup / name).read_bytes())
    content[at] ^= 1
    (backup / name).write_bytes(content)
    with pytest.raises(BackupDamagedError, match="is not what was backed up"):
        restore_backup(backup, tmp_path / "again", None)
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("field", ["ledger_n", "taken_at", "ledger_head", "public_key"])
def test_g2_a_manifest_is_what_was_signed(written: Study, tmp_path: Path, field: str) -> None:
    backup = take(written, tmp_path / "place")
    manifest = json.loads((backup / "manifest.json").read_bytes())
    was = manifest[field]
    other = "8" if str(was).startswith("7") else "7"
    manifest[field] = was + 1 if field == "ledger_n" else other + was[1:]
    (backup / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(BackupDamagedError, match="not what was signed"):
        check_backup(backup)


def test_g2_the_head_in_a_backup_shows_a_ledger_that_was_cut(
    written: Study, tmp_path: Path
) -> None:
    backup = take(written, tmp_path / "place")
    shown = run_command("verify-audit", *written.arguments, "--head", str(backup / "manifest.json"))
    assert "1 noted heads agree" in shown.stdout
    other = written.make_sibling()
    with other.open():
        pass
    cut = run_command("verify-audit", *other.arguments, "--head", str(backup / "manifest.json"))
    assert (cut.returncode, "entry 2 was there" in cut.stderr) == (1, True)


def test_a_copy_without_the_newest_entry_is_refused_though_it_is_signed(
    tmp_path: Path,
) -> None:
    """Whoever has the key can sign what she likes; the head that was signed with it tells."""
    study = make_study(tmp_path / "study")
    write_entries(study)
    backup = take(study, tmp_path / "place")
    cut_ledger(backup / "archive.sqlite3")
    manifest = read_manifest((backup / "manifest.json").read_bytes()).manifest
    files = manifest.files | {"archive.sqlite3": mark_file(backup / "archive.sqlite3")}
    changed = msgspec.structs.replace(manifest, files=files)
    (backup / "manifest.json").write_bytes(sign_manifest(changed, open_signing_key(study.path)))
    with pytest.raises(BackupDamagedError, match="entry 2 was there when its head was noted"):
        restore_backup(backup, tmp_path / "again", None)
    assert [*(tmp_path / "again").iterdir()] == []


def cut_ledger(path: Path) -> None:
    """Somebody's hand: the newest entry is gone, and so are the triggers that would refuse."""
    with closing(load_sqlite().connect(path)) as connection, connection:
        named = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'ledger%'"
        for (name,) in connection.execute(named).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("DELETE FROM ledger_values WHERE n = 2")
        connection.execute("DELETE FROM ledger_events WHERE n = 2")


def test_a_place_inside_the_data_directory_is_refused(written: Study) -> None:
    with pytest.raises(SettingsError, match="would be lost with it"):
        take(written, written.path / "backups")


def test_old_backups_of_this_study_go_and_nothing_else(written: Study, tmp_path: Path) -> None:
    place = tmp_path / "place"
    stranger = take(written.make_sibling(), place, NOON_NS - 3600 * 10**9)
    for minutes in range(15):
        take(written, place, NOON_NS + minutes * 60_000_000_000)
    (place / "20261130T120001Z").mkdir()  # no backup of ours
    (place / "letters").mkdir()
    for name, age_h in (("old", 25), ("now", 1)):
        (place / f".20261130T110000Z-{name}").mkdir()
        at_s = NOON_NS / 1e9 + 14 * 60 - age_h * 3600
        os.utime(place / f".20261130T110000Z-{name}", (at_s, at_s))
    with written.open() as storage:
        newest = storage.backups.read()
        assert newest is not None
        drop_expired(source_of(written, storage), newest)
    left = sorted(path.name for path in place.iterdir())
    kept = [f"20261130T12{m:02d}00Z" for m in range(3, 15)]
    others = [".20261130T110000Z-now", stranger.name, "20261130T120001Z", "letters"]
    assert left == sorted([*kept, *others])


def test_every_file_is_on_its_disk_before_the_backup_has_its_name(
    written: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    sync, rename = os.fsync, Path.replace

    def note_sync(descriptor: int) -> None:
        steps.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        sync(descriptor)

    def note_rename(path: Path, target: Path) -> Path:
        steps.append(f"named {target.name}")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(Path, "replace", note_rename)
    backup = take(written, tmp_path / "place")
    before = steps[: steps.index(f"named {backup.name}")]
    assert {path.name for path in backup.iterdir()} <= set(before)
    steps.clear()
    if written.database_url is None:
        restore_backup(backup, tmp_path / "again", None)
        before = steps[: steps.index("named doseline.json")]
        assert set(check_backup(backup).manifest.files) <= set(before)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_may_read_signs_nothing(
    written: Study, tmp_path: Path, mode: int
) -> None:
    take(written, tmp_path / "place")
    (written.path / "signing-key.pem").chmod(mode)
    with pytest.raises(SettingsError, match="make it private"):
        take(written, tmp_path / "place", NOON_NS + 10**9)


def test_what_people_enter_by_commands_is_new_as_well(written: Study, tmp_path: Path) -> None:
    with written.open() as storage:
        source = source_of(written, storage)
        before = read_state(source)
        take_backup(source, tmp_path / "place", NOON_NS)
        if written.database_url is None:  # PostgreSQL writes to its log on its own, too
            assert read_state(source) == before
        storage.vault.write_identity("P02", LEILA, "os:test")
        after_card = read_state(source)
        assert after_card != before
        add_person(storage.database, "leyla", Role.ASSISTANT)
        assert read_state(source) != after_card


def test_the_commands_back_up_and_drill(written: Study, tmp_path: Path) -> None:
    shown = run_command("backup", *written.arguments, "--to", str(tmp_path / "place"))
    assert (shown.returncode, shown.stderr) == (0, "")
    backup, promise, key = shown.stdout.splitlines()
    assert promise.startswith("the ledger up to entry 2, and everything in the archive; it holds")
    other_key = run_command("restore", backup, "--drill", "--key", "0" * 32)
    assert (other_key.returncode, "may not be the study's" in other_key.stderr) == (2, True)
    tried = run_command("restore", backup, "--drill", "--key", key.split()[-1])
    if written.database_url is None:
        assert (tried.returncode, tried.stderr) == (0, "")
        assert "2 ledger entries, the chain is whole" in tried.stdout
    else:
        assert "a drill needs a database to fill" in tried.stderr
    assert [path.name for path in Path(backup).parent.iterdir()] == [Path(backup).name]


def test_a_note_that_is_damaged_says_nothing(tmp_path: Path) -> None:
    reader = BackupReader(tmp_path)
    assert reader.read() is None
    (tmp_path / "last-backup.json").write_bytes(b"{")
    assert reader.read() is None


def test_restoring_never_touches_a_study_that_is_there(written: Study, tmp_path: Path) -> None:
    backup = take(written, tmp_path / "place")
    with pytest.raises(SettingsError, match="is not empty"):
        restore_backup(backup, written.path, None)
    with open_study(written.path, written.database_url) as database, database.reading() as reading:
        assert len(read_events(reading, SESSION)) == 2


def test_g5_the_server_backs_up_by_itself_and_again_when_there_is_a_place(tmp_path: Path) -> None:
    """The first place is a file: told in one sentence, and uploads go on."""
    study = make_study(tmp_path / "study")
    token = enrol(study)
    place = tmp_path / "place"
    place.write_text("a file")
    with ServerProcess(study, prefix=("env", f"DOSELINE_BACKUP_TO={place}")) as server:
        log = wait_for_log(tmp_path / "server.log", "no backup in")
        assert ("Traceback" in log, "File exists" in log) == (False, True)
        with Uploader(server.url, token) as gateway:
            assert gateway.send(record(1)).status_code == 200
    place.unlink()
    with ServerProcess(study, prefix=("env", f"DOSELINE_BACKUP_TO={place}")):
        wait_for_log(tmp_path / "server.log", "holds the ledger up to entry 0")
    (backup,) = place.iterdir()
    report = restore_backup(backup, tmp_path / "again", None)
    assert report.n_rows == 0
    with replace(study, path=tmp_path / "again").open() as storage:
        assert [one.record.seq for one in storage.feed.read_after(0).records] == [1]


def wait_for_log(path: Path, words: str) -> str:
    for _ in range(200):
        if words in (log := path.read_text()):
            return log
        time.sleep(0.05)
    raise TimeoutError(f"{words!r} not in {log}")


def test_a_backup_an_hour_old_is_told_to_metrics(written: Study, tmp_path: Path) -> None:
    take(written, tmp_path / "place", time.time_ns() - 3600 * 10**9)
    with written.open() as storage:
        age_s = storage.registry.get_sample_value("doseline_backup_age_s")
    assert age_s == pytest.approx(3600, abs=60)
