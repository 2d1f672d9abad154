"""Opens `derived.sqlite3` beside the study, whatever became of it: it can be built again."""

import fcntl
import logging
from pathlib import Path
from typing import Final

from sqlalchemy import inspect, select
from sqlalchemy.exc import DatabaseError

from server.db.database import Database, sqlite_url
from server.projection.tables import DERIVED, SHAPE, compute_shape

log = logging.getLogger(__name__)

FILE: Final = "derived.sqlite3"
_LOCK: Final = "derived.lock"
_OWN_FILES: Final = ("", "-wal", "-shm", "-journal")


def open_derived(folder: Path) -> Database:
    """What is derived of the study in a data directory; empty where there is nothing usable.

    One program at a time: two that found nothing would throw each other's new file away.
    """
    with (folder / _LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _open_or_make(folder)


def _open_or_make(folder: Path) -> Database:
    path = folder / FILE
    database = Database(sqlite_url(path))
    try:
        if _has_shape(database):
            return database
    except DatabaseError:
        log.warning("%s is damaged; it is built again from archive and ledger", path)
    database.close()
    remove_derived(folder)
    return _make(path)


def remove_derived(folder: Path) -> None:
    """Throw everything derived away."""
    for suffix in _OWN_FILES:
        (folder / (FILE + suffix)).unlink(missing_ok=True)


def _has_shape(database: Database) -> bool:
    with database.reading() as connection:
        if not inspect(connection).has_table(SHAPE.name):
            return False
        return connection.execute(select(SHAPE.c.sha256)).scalar() == compute_shape()


def _make(path: Path) -> Database:
    path.touch(mode=0o600)
    database = Database(sqlite_url(path))
    with database.writing() as connection:
        DERIVED.create_all(connection)
        connection.execute(SHAPE.insert().values(sha256=compute_shape()))
    return database
