"""What a journal owes, as a number without a digest in its file's header."""

import sqlite3

import pytest

from gateway.journal.schema import create_tables, read_debt, write_debt


def connect_new(*, owes: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    create_tables(connection, "e", owes_inheritance=owes)
    return connection


@pytest.mark.parametrize("owes", [False, True])
def test_a9_no_flipped_bit_makes_a_debt_or_pays_it(*, owes: bool) -> None:
    """Goes red if one bit puts a gap over a life that is kept, or loses one that is owed."""
    connection = connect_new(owes=owes)
    assert read_debt(connection) is owes
    (written,) = connection.execute("PRAGMA application_id").fetchone()
    for bit in range(32):
        flipped = int.from_bytes(((written & 0xFFFF_FFFF) ^ 1 << bit).to_bytes(4), signed=True)
        connection.execute(f"PRAGMA application_id = {flipped}")
        assert read_debt(connection) is owes


def test_a_debt_that_is_paid_is_owed_no_more_and_an_older_gateway_s_file_owes_none() -> None:
    connection = connect_new(owes=True)
    write_debt(connection, owes=False)
    assert read_debt(connection) is False
    assert connection.execute("PRAGMA application_id").fetchone() == (0,)
