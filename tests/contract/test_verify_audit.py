"""`verify-audit` on a copy of the database that somebody has had a hand in."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from server.sessions.appending import Posting
from server.sessions.ledger import append_events
from tests.ledger_entries import SESSION, Tablet, attending, minute
from tests.server_process import run_command
from tests.studies import Study, make_study


@pytest.fixture
def written(study: Study) -> Study:
    """A study with four entries."""
    tablet = Tablet()
    words = ("late", "away", "back", "left")
    events = [tablet.write("attendance", "P01", attending(word)) for word in words]
    with study.open() as storage:
        posting = Posting(SESSION, events, minute(1), "sara")
        storage.writer.write(lambda c: append_events(c, posting, os.urandom)).result()
    return study


def test_a_whole_ledger_prints_its_head_to_note_elsewhere(written: Study, tmp_path: Path) -> None:
    shown = run_command("verify-audit", *written.arguments)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("4 entries, the chain is whole\n")
    book = tmp_path / "heads.txt"
    book.write_text(shown.stdout)
    again = run_command("verify-audit", *written.arguments, "--head", str(book))
    assert (again.returncode, again.stdout.splitlines()[0]) == (
        0,
        "4 entries, the chain is whole, 1 noted heads agree",
    )


def test_an_empty_ledger_is_whole(study: Study) -> None:
    shown = run_command("verify-audit", *study.arguments)
    assert (shown.returncode, shown.stdout) == (0, "0 entries, the chain is whole\n")


TAMPERING = {
    "edit": (
        "UPDATE ledger_events SET envelope = replace(envelope, '\"sara\"', '\"zara\"') WHERE n = 2",
        "entry 2 is not what was written there (row_changed)",
    ),
    "edit_of_content": (
        'UPDATE ledger_values SET value = \'{"status":"present","why":null}\' WHERE n = 2',
        "entry 2 doesn't say what it said (content_changed)",
    ),
    "delete": ("DELETE FROM ledger_events WHERE n = 2", "entry 2 is missing (row_missing)"),
    "delete_of_content": (
        "DELETE FROM ledger_values WHERE n = 3",
        "what entry 3 said is gone, undecided (content_missing)",
    ),
    "insert": (
        """INSERT INTO ledger_events SELECT 5, 'x', session, kind, about, envelope, commitment,
        hash FROM ledger_events WHERE n = 1""",
        "entry 5 is not what was written there (row_changed)",
    ),
    "reorder": (
        """UPDATE ledger_events SET n = CASE n WHEN 2 THEN -3 ELSE -2 END WHERE n IN (2, 3);
        UPDATE ledger_events SET n = -n WHERE n < 0""",
        "entry 2 is not what was written there (row_changed)",
    ),
    "truncate": (
        "DELETE FROM ledger_values WHERE n = 4; DELETE FROM ledger_events WHERE n = 4",
        "entry 4 was there when its head was noted (end_missing)",
    ),
}


@pytest.mark.parametrize("how", TAMPERING)
def test_tampering_with_a_copy_is_told(tmp_path: Path, how: str) -> None:
    original = make_study(tmp_path / "study")
    tablet = Tablet()
    words = ("late", "away", "back", "left")
    events = [tablet.write("attendance", "P01", attending(word)) for word in words]
    with original.open() as storage:
        posting = Posting(SESSION, events, minute(1), "sara")
        storage.writer.write(lambda c: append_events(c, posting, os.urandom)).result()
    book = tmp_path / "heads.txt"
    book.write_text(run_command("verify-audit", *original.arguments).stdout)
    copy = tmp_path / "copy"
    shutil.copytree(original.path, copy)
    statements, said = TAMPERING[how]
    _tamper(copy / "archive.sqlite3", statements)
    shown = run_command("verify-audit", "--data", str(copy), "--head", str(book))
    assert shown.returncode == 1
    assert said in shown.stderr
    assert "restore a backup" in shown.stderr
    assert run_command("verify-audit", *original.arguments).returncode == 0


def _tamper(path: Path, statements: str) -> None:
    """As somebody who owns the file can: without triggers and keys in the way."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys=OFF")
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in triggers.fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    before = connection.execute("SELECT * FROM ledger_events").fetchall()
    values = connection.execute("SELECT * FROM ledger_values").fetchall()
    connection.executescript(statements)
    after = connection.execute("SELECT * FROM ledger_events").fetchall()
    assert (before, values) != (
        after,
        connection.execute("SELECT * FROM ledger_values").fetchall(),
    )
    connection.close()
