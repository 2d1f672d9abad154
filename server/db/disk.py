"""How full the disk under the data directory is, and an alarm before it is full (promise A6)."""

import asyncio
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from protocol.disk_use import compute_used_fraction
from server.db.ballast import Ballast

log = logging.getLogger(__name__)

WARN_AT: Final = 0.80
ALARM_AT: Final = 0.90
LOOK_EVERY_S: Final = 30.0  # a full session fills megabytes in that time, not a disk


def read_used_share(path: Path) -> float:
    """Used share of the file system that holds `path`, as its owner sees it: 0 to 1."""
    disk = os.statvfs(path)
    return compute_used_fraction(disk.f_blocks, disk.f_bfree, disk.f_bavail)


class DiskAlarm:
    """Says once when a limit is crossed, and once when there is room again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._level = logging.INFO

    def note(self, used_share: float) -> None:
        """Take in how full the disk is now."""
        level = logging.INFO
        if used_share >= WARN_AT:
            level = logging.ERROR if used_share >= ALARM_AT else logging.WARNING
        if level == self._level:
            return
        self._level = level
        if level == logging.INFO:
            log.info("disk: %s has room again, %.0f %% used", self._path, used_share * 100)
        else:
            log.log(
                level,
                "disk: %s is %.0f %% full; make room. On a full disk nothing is acknowledged;"
                " deleting the file 'ballast' there gives 16 MiB to work with",
                self._path,
                used_share * 100,
            )


async def watch_disk(
    path: Path, ballast: Ballast, read: Callable[[Path], float] = read_used_share
) -> None:
    """Look at the disk until cancelled; the ballast comes back as soon as there is room for it."""
    alarm = DiskAlarm(path)
    while True:
        alarm.note(read(path))
        ballast.lay()
        await asyncio.sleep(LOOK_EVERY_S)
