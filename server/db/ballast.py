"""A file of zeros to delete when the disk is full: room to work with (promise A6)."""

import logging
import os
from pathlib import Path
from typing import Final

log = logging.getLogger(__name__)

BALLAST_BYTES: Final = 16 * 1024 * 1024  # promise A6
NEEDS_FREE_BYTES: Final = 4 * BALLAST_BYTES  # never the file that fills the disk


class Ballast:
    """The file, and whether the log knows that there is none."""

    def __init__(
        self,
        path: Path,
        size_bytes: int = BALLAST_BYTES,
        needs_free_bytes: int = NEEDS_FREE_BYTES,
    ) -> None:
        self._path = path
        self._size_bytes = size_bytes
        self._needs_free_bytes = needs_free_bytes
        self._is_missed = False

    @property
    def is_laid(self) -> bool:
        """Whether it is there, whole."""
        try:
            return self._path.stat().st_size == self._size_bytes
        except OSError:
            return False

    def lay(self) -> bool:
        """Put it there again if the disk has room; whether it is there now. Says so on a change."""
        is_laid = self.is_laid or self._try_to_lay()
        if self._is_missed and is_laid:
            log.info("disk: the ballast %s is there again", self._path)
        elif not is_laid and not self._is_missed:
            sentence = (
                "disk: no ballast is laid in %s, for less than %d MiB are free; make room now:"
                " once the disk is full there is nothing to delete that is not needed"
            )
            log.warning(sentence, self._path.parent, self._needs_free_bytes >> 20)
        self._is_missed = not is_laid
        return is_laid

    def _try_to_lay(self) -> bool:
        try:
            disk = os.statvfs(self._path.parent)
            if disk.f_bavail * disk.f_frsize < self._needs_free_bytes:
                return False
            with self._path.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, self._size_bytes)
        except OSError:
            self._path.unlink(missing_ok=True)  # half of it would pass for room that isn't there
            return False
        return True
