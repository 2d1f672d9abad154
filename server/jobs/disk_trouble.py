"""Whether it was the disk that failed, from what was raised. Pure."""

import errno
from typing import Final

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
NO_ROOM: Final = "no room is left"
_UNREADABLE: Final = "it can't be read or written"
# What SQLite says of the disk: SQLITE_FULL and SQLITE_IOERR (sqlite3_errstr).
_SQLITE: Final = {"database or disk is full": NO_ROOM, "disk I/O error": _UNREADABLE}


def tell_disk_trouble(error: BaseException) -> str:
    """Empty where it isn't the disk's; never a path of the server."""
    if isinstance(error, OSError):
        has_no_room = error.errno in _NO_ROOM
        return NO_ROOM if has_no_room else (error.strerror or _UNREADABLE)
    told = str(error)
    return next((words for said, words in _SQLITE.items() if said in told), "")
