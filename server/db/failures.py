"""Reads database errors, once: what they say, and whether to wait for the store or to stop."""

from enum import Enum
from typing import Final

from sqlalchemy.exc import DBAPIError, IntegrityError

# sqlite.org/rescode.html: the low byte is the primary code.
_SQLITE_IOERR: Final = 10
_SQLITE_CORRUPT: Final = 11
_SQLITE_NOTADB: Final = 26
# A full disk can also refuse to grow the WAL's shared memory; nothing was synced, so it can wait.
_SQLITE_IOERR_SHMSIZE: Final = 10 | (19 << 8)
_PRIMARY_CODE: Final = 0xFF


class Failure(Enum):
    """What to do about it."""

    RETRY_LATER = "disk full, locked, or database away: acknowledge nothing, try again"
    STOP = "a write or sync failed, or the file is damaged: end the process, recover from disk"
    CLASH = "a constraint refused it: somebody else wrote"


def classify_failure(error: DBAPIError) -> Failure:
    """Sort an error of either database by what must happen next."""
    if isinstance(error, IntegrityError):
        return Failure.CLASH
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is None or code == _SQLITE_IOERR_SHMSIZE:
        return Failure.RETRY_LATER  # PostgreSQL ends and recovers by itself after a failed sync
    fatal = code & _PRIMARY_CODE in {_SQLITE_IOERR, _SQLITE_CORRUPT, _SQLITE_NOTADB}
    return Failure.STOP if fatal else Failure.RETRY_LATER


def tell_reason(error: Exception) -> str:
    """What the database said, in one line; the lines after it may quote what was to be stored."""
    told = str(error.orig if isinstance(error, DBAPIError) else error)
    return (told.strip().splitlines() or ["no answer"])[0]
