"""Room on the journal's disk: how full it is, and a ballast that can be thrown off."""

import os
from dataclasses import dataclass
from pathlib import Path

from gateway.journal.shedding import Keep
from protocol.disk_use import compute_used_fraction

MIB = 1024 * 1024
BALLAST_BYTES = 16 * MIB  # hours of heart rate of 15 straps, should the disk be full
SPARE_BYTES = 8 * MIB  # room above the ballast before it is taken on board again
TIGHT_BYTES = 4 * MIB  # below this only heart rate is kept


@dataclass(frozen=True, slots=True)
class DiskRoom:
    """What the disk says."""

    free_bytes: int
    used_fraction: float


def choose_level(free_bytes: int, has_ballast: bool) -> Keep:
    """How much may be kept with this much room, before any write was refused."""
    enough_bytes = TIGHT_BYTES if has_ballast else BALLAST_BYTES + SPARE_BYTES
    if free_bytes >= enough_bytes:
        return Keep.EVERYTHING
    return Keep.WITHOUT_MOVEMENT if free_bytes >= TIGHT_BYTES else Keep.HEART_RATE


def read_room(folder: Path) -> DiskRoom:
    """Room left to this program on the disk of a folder."""
    return judge_room(os.statvfs(folder))


def judge_room(disk: os.statvfs_result) -> DiskRoom:
    """What these numbers of a file system mean for a program without special rights."""
    used = compute_used_fraction(disk.f_blocks, disk.f_bfree, disk.f_bavail)
    return DiskRoom(disk.f_bavail * disk.f_frsize, used)


class Ballast:
    """A file that takes room until the disk is full."""

    def __init__(self, path: Path, size_bytes: int = BALLAST_BYTES) -> None:
        self._path = path
        self._size_bytes = size_bytes

    def is_aboard(self) -> bool:
        """Whether there is any left to throw off."""
        return self._path.exists()

    def take_aboard(self) -> bool:
        """Reserve the room; False if the disk hasn't got it (and then nothing is taken)."""
        if self.is_aboard():
            return True
        try:
            handle = os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o600)
            try:
                os.posix_fallocate(handle, 0, self._size_bytes)
            finally:
                os.close(handle)
        except OSError:
            self.throw_off()
            return False
        return True

    def throw_off(self) -> bool:
        """Give the room back; False if it was gone already."""
        if not self.is_aboard():
            return False
        self._path.unlink()
        return True
