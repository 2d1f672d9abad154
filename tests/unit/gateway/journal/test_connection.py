"""Settings in force are read back from SQLite itself, and a file that isn't ours is refused."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from gateway.errors import JournalCorruptError, JournalError
from gateway.journal.connection import check_file, connect
from gateway.journal.folder import create_file
from gateway.journal.store_mode import StoreMode, choose_store_mode
from protocol.identifiers import Epoch

MODE = choose_store_mode(False, (3, 40, 1))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "journal-1.sqlite"
    create_file(file, Epoch("e"))
    return file


def test_a5_commits_are_synced_with_the_directory(path: Path) -> None:
    """Mutants synchronous=OFF, NORMAL and FULL go red here: the connection itself is asked."""
    connection, settings = connect(path, MODE)
    assert connection.execute("PRAGMA synchronous").fetchone() == (3,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert connection.execute("PRAGMA trusted_schema").fetchone() == (0,)
    assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert connection.execute("PRAGMA busy_timeout").fetchone() == (5000,)
    assert settings["synchronous"] == "3"
    connection.close()


class Unsettable(StoreMode):
    """A mode whose setting SQLite doesn't take."""

    def pragmas(self) -> tuple[tuple[str, str, str], ...]:
        return (("synchronous", "NORMAL", "3"),)


def test_a_setting_that_doesn_t_hold_refuses_the_start(path: Path) -> None:
    mode = Unsettable("DELETE", "EXTRA", "test")
    with pytest.raises(JournalError, match="synchronous is 1, not 3"):
        connect(path, mode)


def test_a_file_of_a_newer_gateway_is_left_alone(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version = 99")
    other.execute("CREATE TABLE of_the_future (anything)")
    other.close()
    with pytest.raises(JournalError, match="update this one"):
        connect(path, replace(MODE))


def test_g8_a_file_of_an_older_gateway_gets_what_is_new_and_keeps_what_it_has(path: Path) -> None:
    """Goes red if it is taken for damaged, which would start a new journal beside it."""
    other = sqlite3.connect(path)
    other.execute("DROP TABLE pruned")
    other.execute("PRAGMA user_version = 1")
    other.execute("INSERT INTO entry VALUES (1, '51ADA001', 0, x'00', x'00')")
    other.commit()
    check_file(other, path)  # whoever only reads it needn't change it
    other.close()
    for _ in range(2):
        connection, _ = connect(path, MODE)
        check_file(connection, path)
        counts = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("entry", "pruned")
        ]
        assert (counts, connection.execute("PRAGMA user_version").fetchone()) == ([1, 0], (2,))
        connection.close()


@pytest.mark.parametrize("change", ["PRAGMA user_version = 7", "DROP TABLE quarantine"])
def test_tables_that_are_not_as_they_were_made_are_damage(path: Path, change: str) -> None:
    other = sqlite3.connect(path)
    other.execute(change)
    other.close()
    with pytest.raises(JournalCorruptError, match="not as they were made"):
        connect(path, MODE)


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "journal-1.sqlite"
    path.write_bytes(b"not a database at all " * 400)
    with pytest.raises(JournalCorruptError):
        connect(path, MODE)
