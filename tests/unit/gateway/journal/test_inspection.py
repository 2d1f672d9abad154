"""Looking at a journal from outside doesn't keep its gateway from writing."""

import sqlite3
from pathlib import Path

from gateway.journal.folder import JournalFolder
from gateway.journal.inspection import open_for_checking, verify_file
from gateway.journal.store_mode import choose_store_mode
from protocol.identifiers import Epoch

MODE = choose_store_mode(False, (3, 40, 1))


def file_of(connection: sqlite3.Connection) -> Path:
    [(_, _, name)] = connection.execute("PRAGMA database_list")
    return Path(name)


def test_a_running_gateway_s_file_is_checked_in_a_copy(tmp_path: Path) -> None:
    """Goes red if the structure is checked under a read lock on the file in use."""
    with JournalFolder(tmp_path) as folder:
        journal, _ = folder.open_journal(MODE, Epoch("e"))
        with open_for_checking(journal.path) as connection:
            assert file_of(connection) != journal.path
        assert verify_file(journal.path).finding is None
        journal.close()
    with open_for_checking(tmp_path / "journal-1.sqlite") as connection:
        assert file_of(connection) == tmp_path / "journal-1.sqlite"
