"""The one place that reads SQLite's error codes: which of our errors, so what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from gateway.errors import (
    GatewayError,
    JournalBusyError,
    JournalCorruptError,
    JournalError,
    JournalFullError,
)

_PRIMARY_CODE_MASK = 0xFF  # the low byte of an extended result code (SQLite C interface)


def classify_error(error: sqlite3.Error) -> GatewayError:
    """Full: shed. Busy: try again. Corrupt: new epoch. Anything else: stop.

    That is a failed sync above all: after it nobody knows what the disk holds, and a second sync
    that succeeds proves nothing.
    """
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE)
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    match code & _PRIMARY_CODE_MASK:
        case sqlite3.SQLITE_FULL:
            return JournalFullError("no room on the disk of the journal; free some space")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return JournalBusyError("another program holds the journal's file; close that program")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return JournalCorruptError(f"the journal's file is damaged ({name}: {error})")
    return JournalError(f"the disk of the journal failed ({name}: {error}); check it, restart")


@contextmanager
def translated_errors() -> Iterator[None]:
    """Every error of SQLite inside becomes one of ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise classify_error(error) from error
    except (OverflowError, TypeError, ValueError) as error:
        # A flipped bit in a column's type: SQLite hands out a value that its column can't hold.
        raise JournalCorruptError(f"the journal holds what was never written ({error})") from error
