"""Backs up while the server runs."""

import asyncio
import logging
import time
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from server.backup.changes import read_state
from server.backup.last_backup import LastBackup
from server.backup.rhythm import Rhythm, State
from server.backup.taking import BackupSource, drop_expired, take_backup
from server.backup.trouble import tell_trouble
from server.daemon_thread import run_in_background
from server.db.sqlite import copies_beside_writer
from server.errors import ServerError

log = logging.getLogger(__name__)

LOOK_EVERY_S: Final = 10.0
THREAD: Final = "backup"
_TROUBLE: Final = (ServerError, OSError, SQLAlchemyError)


async def back_up_regularly(source: BackupSource, place: Path) -> None:
    """Until cancelled. What fails is told once, and tried again."""
    is_sqlite = source.directory.store == "sqlite"
    rhythm = Rhythm(needs_quiet=is_sqlite and not copies_beside_writer())
    is_failing = False
    while True:
        state = await run_in_background(partial(_read, source), THREAD)
        began_s = time.monotonic()
        if state is not None and rhythm.is_due(state, began_s):
            taken = await run_in_background(partial(_take, source, place, is_failing), THREAD)
            is_failing = taken is None
            rhythm.note(state if taken else None, began_s, time.monotonic())
        await asyncio.sleep(LOOK_EVERY_S)


def _read(source: BackupSource) -> State | None:
    try:
        return read_state(source)
    except (OSError, SQLAlchemyError):  # who asks the database for work tells of it
        return None


def _take(source: BackupSource, place: Path, was_failing: bool) -> LastBackup | None:
    try:
        taken = take_backup(source, place, time.time_ns())
    except _TROUBLE as error:
        level = logging.DEBUG if was_failing else logging.ERROR
        told = tell_trouble(error)
        log.log(level, "no backup in %s: %s; trying again every five minutes", place, told)
        return None
    log.info("backup: %s holds the ledger up to entry %d", taken.place, taken.ledger_n)
    try:
        drop_expired(source, taken)
    except _TROUBLE as error:
        log.warning("old backups in %s can't be deleted: %s", place, tell_trouble(error))
    return taken
