"""Which SQLite may run in write-ahead mode, and which settings the journal insists on."""

import pytest

from gateway.journal.store_mode import SqliteVersion, choose_store_mode, wal_is_safe

# The WAL-reset bug is in 3.7.0 to 3.51.2; fixed in 3.51.3 and in the lines 3.50 and 3.44.
AFFECTED = [(3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 0), (3, 51, 2)]
FIXED = [(3, 44, 6), (3, 44, 9), (3, 50, 7), (3, 51, 3), (3, 52, 0), (3, 53, 4), (4, 0, 0)]


@pytest.mark.parametrize("version", AFFECTED)
def test_write_ahead_mode_is_refused_where_it_can_lose_rows(version: SqliteVersion) -> None:
    assert not wal_is_safe(version)
    mode = choose_store_mode(True, version)
    assert (mode.journal_mode, mode.synchronous) == ("DELETE", "EXTRA")
    assert "refused" in mode.reason


@pytest.mark.parametrize("version", FIXED)
def test_write_ahead_mode_is_given_where_asked_for_and_safe(version: SqliteVersion) -> None:
    mode = choose_store_mode(True, version)
    assert (mode.journal_mode, mode.synchronous) == ("WAL", "FULL")


@pytest.mark.parametrize("version", AFFECTED + FIXED)
def test_the_default_is_the_one_that_lost_nothing_anywhere(version: SqliteVersion) -> None:
    mode = choose_store_mode(False, version)
    assert (mode.journal_mode, mode.synchronous) == ("DELETE", "EXTRA")


def test_every_setting_is_read_back() -> None:
    assert choose_store_mode(False, (3, 40, 1)).pragmas() == (
        ("busy_timeout", "5000", "5000"),
        ("journal_mode", "DELETE", "delete"),
        ("synchronous", "EXTRA", "3"),
        ("foreign_keys", "ON", "1"),
        ("trusted_schema", "OFF", "0"),
        ("secure_delete", "ON", "1"),
        ("journal_size_limit", "67108864", "67108864"),
    )
