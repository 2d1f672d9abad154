"""Which journal mode a SQLite library may have, and that every connection has it."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from server.db.sqlite import (
    choose_journal_mode,
    is_wal_safe,
    load_sqlite,
    prepare_connection,
)
from server.errors import SettingsError

# sqlite.org/wal.html, "The WAL-Reset Bug": fixed in 3.51.3, 3.50.7 and 3.44.6
FIXED = [(3, 51, 3), (3, 53, 4), (4, 0, 0), (3, 50, 7), (3, 50, 9), (3, 44, 6)]
AFFECTED = [(3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 46, 1), (3, 50, 6), (3, 51, 0), (3, 51, 2)]


@pytest.mark.parametrize("version", FIXED)
def test_a1_a_fixed_library_may_use_wal(version: tuple[int, int, int]) -> None:
    assert is_wal_safe(version)
    assert choose_journal_mode(version) == ("WAL", "FULL")


@pytest.mark.parametrize("version", AFFECTED)
def test_a1_an_affected_library_gets_delete_and_extra(version: tuple[int, int, int]) -> None:
    assert not is_wal_safe(version)
    assert choose_journal_mode(version) == ("DELETE", "EXTRA")


@pytest.mark.parametrize(
    ("version", "mode", "synchronous"), [((3, 40, 1), "delete", 3), ((3, 53, 0), "wal", 2)]
)
def test_a_prepared_connection_has_its_settings(
    tmp_path: Path, version: tuple[int, int, int], mode: str, synchronous: int
) -> None:
    connection = load_sqlite().connect(tmp_path / "x.sqlite3")
    prepare_connection(connection, version=version, writes=True)
    found = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
    }
    connection.close()
    assert found == {
        "journal_mode": mode,
        "synchronous": synchronous,
        "foreign_keys": 1,
        "trusted_schema": 0,
    }


def test_readers_cannot_write(tmp_path: Path) -> None:
    module = load_sqlite()
    connection = module.connect(tmp_path / "x.sqlite3")
    prepare_connection(connection, version=module.sqlite_version_info, writes=False)
    with pytest.raises(module.OperationalError, match="readonly"):
        connection.execute("CREATE TABLE t (a)")
    connection.close()


class DeafConnection:
    """A connection on which no setting takes, as on some network file systems."""

    def execute(self, _statement: str) -> Any:
        return self

    def fetchone(self) -> tuple[str]:
        return ("off",)


def test_a_setting_that_does_not_take_is_refused() -> None:
    with pytest.raises(SettingsError, match="busy_timeout"):
        prepare_connection(DeafConnection(), version=sqlite3.sqlite_version_info, writes=True)
