"""Each database error asks for one of three things."""

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from server.db.failures import Failure, classify_failure, tell_reason


class DriverError(Exception):
    """As sqlite3 raises them: with the extended result code (sqlite.org/rescode.html)."""

    def __init__(self, sqlite_errorcode: int) -> None:
        super().__init__(sqlite_errorcode)
        self.sqlite_errorcode = sqlite_errorcode


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        (13, Failure.RETRY_LATER),  # SQLITE_FULL
        (5, Failure.RETRY_LATER),  # SQLITE_BUSY
        (14, Failure.RETRY_LATER),  # SQLITE_CANTOPEN
        (4874, Failure.RETRY_LATER),  # SQLITE_IOERR_SHMSIZE: a full disk, nothing was synced
        (1034, Failure.STOP),  # SQLITE_IOERR_FSYNC
        (1290, Failure.STOP),  # SQLITE_IOERR_DIR_FSYNC
        (778, Failure.STOP),  # SQLITE_IOERR_WRITE
        (11, Failure.STOP),  # SQLITE_CORRUPT
        (267, Failure.STOP),  # SQLITE_CORRUPT_VTAB
        (26, Failure.STOP),  # SQLITE_NOTADB
    ],
)
def test_a5_sqlite_errors_by_code(code: int, failure: Failure) -> None:
    assert classify_failure(OperationalError("", None, DriverError(code))) is failure


def test_a_broken_constraint_is_a_clash() -> None:
    assert classify_failure(IntegrityError("", None, DriverError(2067))) is Failure.CLASH


def test_postgresql_away_is_worth_another_try() -> None:
    gone = OperationalError("", None, Exception("server closed the connection"))
    assert classify_failure(gone) is Failure.RETRY_LATER


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OperationalError("INSERT", {}, Exception("disk full\nDETAIL: (hers)")), "disk full"),
        (OperationalError("INSERT", {}, Exception(" ")), "no answer"),
        (TimeoutError("no connection is free"), "no connection is free"),
    ],
)
def test_f11_a_reason_is_one_line_that_quotes_nothing(error: Exception, told: str) -> None:
    assert tell_reason(error) == told
