"""What printed sheets say, as it is kept: once each, and never changed."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.sessions.sheet_prints import append_print, read_print
from tests.ledger_entries import SESSION
from tests.studies import Study

CODE = "c0fe72655212"
CONTENT = [SESSION, "0" * 64, [["P01", [[0, "heel-raise", {"amount": 8, "band": None}]]]], [1]]


def keep(study: Study, session: str = SESSION) -> bool:
    with study.open() as storage, storage.database.writing() as connection:
        return append_print(connection, session, CODE, CONTENT, "sara")


def test_a_print_is_kept_once_and_read_as_it_was(study: Study) -> None:
    assert [keep(study), keep(study), keep(study, "another")] == [True, False, True]
    with study.open() as storage, storage.database.reading() as connection:
        assert read_print(connection, SESSION, CODE) == CONTENT
        assert read_print(connection, SESSION, "000000000000") is None
        assert read_print(connection, "a third", CODE) is None


@pytest.mark.parametrize("statement", ["UPDATE sheet_prints SET code = 'x'",
                                       "DELETE FROM sheet_prints"])  # fmt: skip
def test_the_database_itself_refuses_to_change_a_print(study: Study, statement: str) -> None:
    keep(study)
    with (
        study.connect() as database,
        pytest.raises(DBAPIError, match="append-only"),
        database.writing() as connection,
    ):
        connection.execute(text(statement))
