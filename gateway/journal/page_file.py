"""A file page by page, also from a disk that can't give all of it back."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Self

from gateway.journal.carving import read_page_size

_HEADER_BYTES = 100  # SQLite file format, section 1.3


class PageFile:
    """Read with plain calls: a bad sector under a memory map would end the process."""

    def __init__(self, path: Path) -> None:
        """Raises OSError if the file can't be opened."""
        self._file = path.open("rb")
        self.page_bytes = read_page_size(self._read(0, _HEADER_BYTES))
        self.n_pages = -(-path.stat().st_size // self.page_bytes)

    def read_page(self, number: int) -> bytes:
        """The bytes of a page, counted from 0; none if the disk can't read it."""
        return self._read(number * self.page_bytes, self.page_bytes)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self, at: int, n_bytes: int) -> bytes:
        with suppress(OSError):
            return os.pread(self._file.fileno(), n_bytes, at)
        return b""
