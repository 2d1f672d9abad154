"""5.6: records of decisions are chained: changed, removed, inserted or reordered, each is named."""

import hashlib
import json
import sqlite3
import time
from pathlib import Path

import pytest
from sqlalchemy import Table, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from server.backup.restoring import restore_backup
from server.backup.taking import BackupSource, take_backup
from server.db import migrate
from server.db.database import Database
from server.db.migrate import SCHEMA_REVISION
from server.db.opening import require_data_directory
from server.errors import BackupDamagedError
from server.sessions.audit import AuditReport
from server.sessions.chain import GENESIS, Head
from server.study.participant import Flag
from server.study.participants import read_participants
from server.study.record_chain import check_records, read_records_head
from server.study.record_erasing import erase_sentence
from server.study.record_tables import CHAINED, RECORD_CHAIN
from server.study.reporting_sentences import read_histories
from server.study.tables import REPORTING_SENTENCES
from tests.server_process import run_command
from tests.studies import Study, make_study
from tests.study_records import CANARY, ITEM, NAMES, keep_records

TABLES = [*CHAINED, RECORD_CHAIN]


@pytest.fixture
def kept(study: Study, tmp_path: Path) -> Study:
    with study.open() as storage:
        keep_records(storage.database, tmp_path)
    return study


def check(database: Database, *noted: Head) -> AuditReport:
    with database.reading() as connection:
        return check_records(connection, noted)


def test_every_record_has_its_link_in_the_order_of_storing(kept: Study) -> None:
    with kept.connect() as database:
        report = check(database)
        with database.reading() as connection:
            chained = select(RECORD_CHAIN.c.id).order_by(RECORD_CHAIN.c.n)
            assert list(connection.execute(chained).scalars()) == NAMES
    assert (report.findings, report.n_rows) == ([], len(NAMES))


def test_a_link_is_the_construction_of_promise_5_6(kept: Study) -> None:
    """h_n = SHA-256(h_(n-1) || canonical JSON of the row), worked out with the library alone."""
    with kept.connect() as database, database.reading() as connection:
        rows = connection.execute(select(RECORD_CHAIN).order_by(RECORD_CHAIN.c.n)).all()
        before = GENESIS
        for row in rows:
            told = {"commitment": bytes(row.commitment).hex(), "envelope": json.loads(row.envelope)}
            told |= {"n": row.n}
            text_of_it = json.dumps(told, sort_keys=True, separators=(",", ":"))
            before = hashlib.sha256(before + text_of_it.encode()).digest()
            assert bytes(row.hash) == before
        assert read_records_head(connection) == Head(len(NAMES), before)


@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.name)
def test_the_database_itself_refuses_changes(kept: Study, table: Table) -> None:
    *_, column = table.columns
    for change in (update(table).values({column: column}), delete(table)):
        with (
            kept.connect() as database,
            pytest.raises(DBAPIError, match="append-only|never changes|no erasure of this row"),
            database.writing() as connection,
        ):
            connection.execute(change)
    with kept.connect() as database:
        assert check(database).findings == []


def write(database: Database, statements: tuple[str, ...]) -> None:
    """All of them in one transaction, or none."""
    with database.writing() as connection:
        for one in statements:
            connection.execute(text(one))


def test_the_database_itself_wants_a_second_person(kept: Study) -> None:
    request = "'Clinic', 'csv', 'arms', 'why', 1, 1, 'ana', 1"
    decision = "'ana', 'approved', NULL, 'ana', 1"
    unapproved = "'Clinic', 'csv', 'arms', 'why', 'aa', 'ana', 1, NULL"
    with kept.connect() as database:
        for statements in (
            (f"INSERT INTO approval_requests VALUES (2, {request})",
             f"INSERT INTO approval_decisions VALUES (2, {decision})"),
            (f"INSERT INTO approval_requests VALUES (2, {request})",
             "INSERT INTO approval_decisions VALUES (2, 'bo', 'approved', NULL, 'ana', 1)"),
            (f"INSERT INTO handed_out VALUES (3, {unapproved})",),
        ):  # fmt: skip
            with pytest.raises(DBAPIError):
                write(database, statements)


def test_rows_of_before_the_chain_are_chained_by_the_migration(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(migrate, "SCHEMA_REVISION", "0014")
        old = study.make_sibling()
    with old.connect() as database:
        statements = (
            "INSERT INTO recipients VALUES ('lab', 'aa', 'os:root', 10)",
            "INSERT INTO handed_out VALUES (1, 'lab', 'csv', 'dates', 'why', 'bb', 'ana', 30)",
            "INSERT INTO analysis_records VALUES (1, 'plan', 'cc', 'x', NULL, 'ana', 20)",
            "INSERT INTO datasets_taken VALUES (1, 1, 'ana', 40)",
        )
        write(database, statements)
    with old.open() as storage:
        report = check(storage.database)
        with storage.database.reading() as connection:
            rows = connection.execute(select(RECORD_CHAIN).order_by(RECORD_CHAIN.c.n)).all()
            assert migrate.read_revision(connection) == SCHEMA_REVISION
    assert (report.findings, report.n_rows) == ([], 4)
    assert [row.id for row in rows] == [
        "recipients/lab", "analysis_records/1", "handed_out/1", "datasets_taken/1",
    ]  # fmt: skip
    assert {json.loads(row.envelope)["chained"] for row in rows} == {"afterwards"}


OF_BEFORE = {
    "participant_entries": "'P07', 1, 'Fig', 'training', TRUE, FALSE, NULL, 'ana', 50, NULL",
    "measured_hearts": "'P07', 1, 62, 181.5, NULL, NULL, 'female', NULL, NULL, 'ana', 60, NULL",
    "quality_decisions": "1, 's1', 'gap', 'P07', 'cc', 'a gap', 'accepted', NULL, 'ana', 55",
    "reporting_sentences": f"'cert/6', 1, TRUE, '{CANARY}', NULL, 'a', 40",
}


def test_what_is_chained_later_is_chained_by_its_migration_and_can_be_erased_then(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Entries of before read as they did, on both kinds of database, and say `afterwards`."""
    with monkeypatch.context() as before:
        before.setattr(migrate, "SCHEMA_REVISION", "0019")
        old = study.make_sibling()
    with old.connect() as database:
        statements = (
            "INSERT INTO recipients VALUES ('lab', 'aa', 'os:root', 10)",
            *(f"INSERT INTO {table} VALUES ({row})" for table, row in OF_BEFORE.items()),
        )
        write(database, statements)
    with old.open() as storage:
        assert check(storage.database).findings[0].code == "row_unchained"  # by hand, that one
        with storage.database.reading() as connection:
            rows = connection.execute(select(RECORD_CHAIN).order_by(RECORD_CHAIN.c.n)).all()
            assert read_participants(connection)[0].flags == (Flag.HEAT_SENSITIVE,)
            assert read_histories(connection)["cert/6"][0].text == CANARY
        assert [row.id for row in rows] == [
            "reporting_sentences/cert/6/1", "participant_entries/P07/1", "quality_decisions/1",
            "measured_hearts/P07/1",
        ]  # fmt: skip
        assert {json.loads(row.envelope)["chained"] for row in rows} == {"afterwards"}
        with storage.database.writing() as connection:
            erase_sentence(connection, "cert/6", 1, "it names somebody", "os:root")
        codes = [one.code for one in check(storage.database).findings]
        assert codes == ["row_unchained"]


def test_of_what_is_erased_the_act_stays_and_neither_words_nor_salt(kept: Study) -> None:
    with kept.connect() as database, database.reading() as connection:
        assert [one.text for one in read_histories(connection)[ITEM]] == ["Music."]
        link = connection.execute(select(RECORD_CHAIN).where(RECORD_CHAIN.c.n == 14)).one()
        salts = [bytes(one) for one in connection.execute(select(REPORTING_SENTENCES.c.salt))
                 .scalars()]  # fmt: skip
        report = check_records(connection, [])
    act = json.loads(link.envelope)
    assert (act["recorded_by"], act["id"]) == ("ana", "reporting_sentences/cert/6/1")
    assert isinstance(act["recorded_wall_ns"], int)
    assert (bytes(link.salt), len(salts)) == (b"", 1)
    assert (report.findings, [row.n for row in report.erased]) == ([], [14])


TAMPERING = {
    "changed": (
        "UPDATE handed_out SET recipient = 'Clinic' WHERE number = 1",
        "handed_out/1: entry 5 doesn't say what it said (content_changed)",
    ),
    "changed_to_nothing": (
        "UPDATE handed_out SET approval = NULL WHERE number = 1",
        "handed_out/1: entry 5 doesn't say what it said (content_changed)",
    ),
    "removed": (
        "DELETE FROM datasets_taken",
        "datasets_taken/1: what entry 7 said is gone, undecided (content_missing)",
    ),
    "removed_with_its_link": (
        "DELETE FROM datasets_taken; DELETE FROM record_chain WHERE n = 7",
        "entry 7 is missing (row_missing)",
    ),
    "inserted": (
        "INSERT INTO recipients VALUES ('Eve', 'ff', 'os:root', 1)",
        "recipients/Eve: it has no entry in the chain, and was slipped in (row_unchained)",
    ),
    "inserted_with_a_link": (
        """INSERT INTO recipients VALUES ('Eve', 'ff', 'os:root', 1); INSERT INTO record_chain
        SELECT 17, 'recipients/Eve', kind, 'Eve', envelope, salt, commitment, hash
        FROM record_chain WHERE n = 1""",
        "recipients/Eve: entry 17 is not what was written there (row_changed)",
    ),
    "reordered": (
        """UPDATE handed_out SET number = -number, approval = NULL;
        UPDATE handed_out SET number = CASE number WHEN -1 THEN 2 ELSE 1 END""",
        "handed_out/2: entry 6 doesn't say what it said (content_changed)",
    ),
    "reordered_links": (
        """UPDATE record_chain SET n = -n WHERE n IN (5, 6);
        UPDATE record_chain SET n = CASE n WHEN -5 THEN 6 ELSE 5 END WHERE n < 0""",
        "handed_out/2: entry 5 is not what was written there (row_changed)",
    ),
    "pointed_elsewhere": (
        "UPDATE record_chain SET about = '2' WHERE n = 5",
        "handed_out/1: the search columns of entry 5 were changed (row_changed)",
    ),
    "the_lock": (
        """UPDATE analysis_records SET content = '{"a": 1}' WHERE number = 2""",
        "analysis_records/2: entry 9 doesn't say what it said (content_changed)",
    ),
    "an_arm": (
        "UPDATE participant_entries SET arm = 'control'",
        "participant_entries/P07/1: entry 11 doesn't say what it said (content_changed)",
    ),
    "a_heart": (
        "UPDATE measured_hearts SET max_bpm = 181.25",
        "measured_hearts/P07/1: entry 12 doesn't say what it said (content_changed)",
    ),
    "a_quality_decision": (
        "DELETE FROM quality_decisions",
        "quality_decisions/1: what entry 13 said is gone, undecided (content_missing)",
    ),
    "a_sentence": (
        "UPDATE reporting_sentences SET text = 'Silence.'",
        "reporting_sentences/cert/6/2: entry 16 doesn't say what it said (content_changed)",
    ),
    "a_sentence_without_a_decision": (
        "DELETE FROM reporting_sentences",
        "reporting_sentences/cert/6/2: what entry 16 said is gone, undecided (content_missing)",
    ),
    "a_sentence_by_a_decision_of_nobody": (
        """DELETE FROM reporting_sentences;
        INSERT INTO record_erasures VALUES ('reporting_sentences/cert/6/2', 'x', 'ana', 1)""",
        "reporting_sentences/cert/6/2: what entry 16 said is gone, undecided (content_missing)",
    ),
    "an_erased_sentence_put_back": (
        """INSERT INTO reporting_sentences
        SELECT item, 1, applies, text, NULL, recorded_by, recorded_wall_ns, salt
        FROM reporting_sentences""",
        "reporting_sentences/cert/6/1: entry 14 doesn't say what it said (content_changed)",
    ),
    "cut_off": (
        "DELETE FROM reporting_sentences; DELETE FROM record_chain WHERE n = 16",
        "entry 16 was there when its head was noted (end_missing)",
    ),
}


def tamper(path: Path, statements: str) -> None:
    """As somebody who owns the file can: without triggers and keys in the way."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys=OFF")
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in triggers.fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.executescript(statements)
    connection.close()


@pytest.mark.parametrize("how", TAMPERING)
def test_tampering_is_found_and_named_by_the_command_and_by_a_restored_backup(
    tmp_path: Path, how: str
) -> None:
    study = make_study(tmp_path / "study")
    with study.open() as storage:
        keep_records(storage.database, tmp_path)
    book = tmp_path / "heads.txt"
    shown = run_command("verify-audit", *study.arguments)
    assert f"{len(NAMES)} study records, their chain is whole" in shown.stdout
    book.write_text(shown.stdout)
    with study.connect() as database, database.reading() as connection:
        head = read_records_head(connection)
    statements, said = TAMPERING[how]
    tamper(study.path / "archive.sqlite3", statements)
    shown = run_command("verify-audit", *study.arguments, "--head", str(book))
    assert (shown.returncode, f"study records: {said}" in shown.stderr) == (1, True), shown.stderr
    with study.connect() as database:
        found = [f"{one.sentence} ({one.code})" for one in check(database, head).findings]
    assert said in found


def back_up(study: Study, place: Path) -> Path:
    directory = require_data_directory(study.path)
    place.mkdir()
    with study.connect() as database:
        source = BackupSource(directory, database, None)
        return Path(take_backup(source, place, time.time_ns()).place)


def test_a_backup_holds_the_heads_and_its_restore_asks_for_them(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    with study.open() as storage:
        keep_records(storage.database, tmp_path)
    folder = back_up(study, tmp_path / "backups")
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["heads"]["records"].startswith(f"records {len(NAMES)} ")
    restore_backup(folder, tmp_path / "restored", None)
    told = run_command("verify-audit", *study.arguments, "--head", str(folder / "manifest.json"))
    assert "said was erased by decision, 1 noted heads agree" in told.stdout
    tamper(study.path / "archive.sqlite3", TAMPERING["changed"][0])
    with pytest.raises(BackupDamagedError, match="its study records are not whole: handed_out/1"):
        restore_backup(back_up(study, tmp_path / "later"), tmp_path / "again", None)


def test_a_row_that_the_table_refuses_leaves_no_link(kept: Study) -> None:
    (recipients, *_) = CHAINED
    row = {"name": "Clinic", "key_fingerprint": "x", "recorded_by": "a", "recorded_wall_ns": 1}
    with kept.connect() as database:
        with pytest.raises(DBAPIError), database.writing() as connection:
            connection.execute(insert(recipients), [row])
        assert check(database).n_rows == len(NAMES)
