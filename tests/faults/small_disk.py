"""A disk of a few megabytes, as real as this machine lets us mount it."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gateway.journal.room import MIB, DiskRoom, read_room

SIZE_BYTES = 40 * MIB  # ballast of 16, its spare of 8, and some to fill


class SmallDisk:
    """Mounted: `fill` writes a real file until nothing fits any more."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "somebody else's film"

    def fill(self, leave_bytes: int = 0) -> None:
        """Take all the room that there is but `leave_bytes`."""
        with self._filler.open("ab", buffering=0) as file:
            while (left := read_room(self.folder).free_bytes - leave_bytes) > 0:
                try:
                    file.write(bytes(min(left, MIB)))
                except OSError:
                    return

    def release(self) -> None:
        """Somebody deletes the film."""
        self._filler.unlink()

    def read_room(self) -> DiskRoom:
        """As the gateway sees it."""
        return read_room(self.folder)


@contextmanager
def mounted_disk(folder: Path, size_bytes: int = SIZE_BYTES) -> Iterator[SmallDisk | None]:
    """A tmpfs of that size; None where mounting isn't allowed."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    folder.mkdir()
    command = [str(mount), "-t", "tmpfs", "-o", f"size={size_bytes}", "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode != 0:  # noqa: S603
        yield None
        return
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run([str(umount), str(folder)], check=True)  # noqa: S603
