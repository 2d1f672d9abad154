"""What became of an export that failed, from what was raised. Pure."""

import errno
from typing import Final

from server.errors import ServerError, TableFailedError
from server.export.job import Failure, Trouble

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
NO_ROOM: Final = "no room is left"
_UNREADABLE: Final = "it can't be read or written"
# What SQLite says of the disk: SQLITE_FULL and SQLITE_IOERR (sqlite3_errstr).
_SQLITE: Final = {"database or disk is full": NO_ROOM, "disk I/O error": _UNREADABLE}


def tell_failure(error: BaseException) -> Failure:
    """Of an error that isn't ours only its kind: its words may hold anything."""
    of_disk = _tell_disk(error)
    if of_disk:
        return Failure(Trouble.DISK, of_disk)
    if isinstance(error, TableFailedError):
        return Failure(Trouble.TABLE, error.said, error.table, error.row)
    if isinstance(error, ServerError):
        return Failure(Trouble.OTHER, str(error))
    return Failure(Trouble.OTHER, type(error).__name__)


def _tell_disk(error: BaseException) -> str:
    """Empty where it isn't the disk's; never a path of the server."""
    if isinstance(error, OSError):
        has_no_room = error.errno in _NO_ROOM
        return NO_ROOM if has_no_room else (error.strerror or _UNREADABLE)
    told = str(error)
    return next((words for said, words in _SQLITE.items() if said in told), "")
