"""Backs up while the server runs: soon after anything new, and never so often that it hinders."""

import asyncio
import logging
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

from server.backup.last_backup import LastBackup
from server.backup.taking import BackupSource, drop_expired, take_backup
from server.errors import ServerError

log = logging.getLogger(__name__)

LOOK_EVERY_S: Final = 10.0
EVERY_S: Final = 300.0  # promise G5: five minutes at most are in one place only
SHARE_OF_TIME: Final = 20  # a large study that takes a minute is backed up every twenty

State = tuple[int, int]  # the ledger's head and the archive's newest chunk


@dataclass(slots=True)
class Rhythm:
    """When the next one is due. Pure: times are seconds of one clock."""

    saved: State | None = None
    next_at_s: float = 0.0

    def is_due(self, state: State, now_s: float) -> bool:
        """Whether there is anything new and the last one is long enough ago."""
        return state != self.saved and now_s >= self.next_at_s

    def note(self, state: State | None, began_s: float, ended_s: float) -> None:
        """One has ended; `state` is what it saved, None when it failed."""
        self.saved = state if state is not None else self.saved
        self.next_at_s = ended_s + max(EVERY_S, SHARE_OF_TIME * (ended_s - began_s))


async def back_up_regularly(
    source: BackupSource, place: Path, read_state: Callable[[], State]
) -> None:
    """Until cancelled. What fails is told once, and tried again."""
    rhythm = Rhythm()
    is_failing = False
    while True:
        state = await asyncio.to_thread(_read, read_state)
        began_s = time.monotonic()
        if state is not None and rhythm.is_due(state, began_s):
            taken = await asyncio.to_thread(_take, source, place, is_failing)
            is_failing = taken is None
            rhythm.note(state if taken else None, began_s, time.monotonic())
        await asyncio.sleep(LOOK_EVERY_S)


def _read(read_state: Callable[[], State]) -> State | None:
    try:
        return read_state()
    except DBAPIError:  # who asks the database for work tells of it
        return None


def _take(source: BackupSource, place: Path, was_failing: bool) -> LastBackup | None:
    try:
        taken = take_backup(source, place, time.time_ns())
        drop_expired(place)
    except (ServerError, OSError, DBAPIError, shutil.Error) as error:
        level = logging.DEBUG if was_failing else logging.ERROR
        log.log(level, "no backup in %s: %s; trying again every five minutes", place, error)
        return None
    log.info("backup: %s holds the ledger up to entry %d", taken.place, taken.ledger_n)
    return taken
