"""What became of an export that failed, from what was raised. Pure."""

import errno
from typing import Final

from server.errors import ServerError, TableFailedError
from server.export.job import Failure, Trouble

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_SQLITE_FULL: Final = "database or disk is full"  # sqlite3ErrStr(SQLITE_FULL)


def tell_failure(error: BaseException) -> Failure:
    """Of an error that isn't ours only its kind: its words may hold anything."""
    if _is_of_disk(error):
        return Failure(Trouble.DISK, _tell_disk(error))
    if isinstance(error, TableFailedError):
        return Failure(Trouble.TABLE, error.said, error.table, error.row)
    if isinstance(error, ServerError):
        return Failure(Trouble.OTHER, str(error))
    return Failure(Trouble.OTHER, type(error).__name__)


def _is_of_disk(error: BaseException) -> bool:
    return isinstance(error, OSError) or _SQLITE_FULL in str(error)


def _tell_disk(error: BaseException) -> str:
    has_no_room = not isinstance(error, OSError) or error.errno in _NO_ROOM
    return "no room is left" if has_no_room else (getattr(error, "strerror", None) or "")
