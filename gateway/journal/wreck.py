"""A damaged journal's file, read a bundle of numbers at a time; nothing of it is ever changed.

SQLite is asked first. What it can't reach is looked for in the file's pages, after one pass over
all of them. Memory holds one bundle and a few bytes a page, whatever the size of the file.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from gateway.errors import JournalError
from gateway.journal.carving import carve_page
from gateway.journal.connection import open_file
from gateway.journal.damaged_tables import (
    finish_commits,
    read_counters,
    read_last_stamps,
    read_while_it_works,
)
from gateway.journal.entries import Entry, first_number
from gateway.journal.epoch_note import read_epoch
from gateway.journal.heard import Streams
from gateway.journal.page_file import PageFile
from gateway.journal.row_index import BUNDLE, RowIndex, bundle_of
from gateway.journal.rows import decode_row, read_row
from gateway.journal.sqlite_errors import translated_errors
from protocol.identifiers import Epoch, StrapId

PAGES_A_SLICE = 256  # 1 MiB: a tenth of a second, so that whoever scans can stop in between

_BETWEEN = """SELECT seq, strap, is_gap, body, digest FROM entry
    WHERE seq BETWEEN ? AND ? ORDER BY seq"""
_LOWEST = "SELECT min(seq) FROM entry"
_QUARANTINE = "SELECT epoch, seq, strap, is_gap, body, digest, reason FROM quarantine"


class Wreck:
    """An open damaged file. `meta` None: not even the counters are readable."""

    def __init__(self, path: Path, copy: Path | None = None) -> None:
        """`copy`: the copy of it that is read instead. Raises JournalError."""
        self.path = path
        try:
            self._pages = PageFile(copy or path)
        except OSError as error:
            raise JournalError(f"{path} can't be read: {error.strerror}") from error
        with translated_errors():
            self._connection = open_file(copy or path, "rw" if copy else "ro")
        if copy is not None:
            finish_commits(self._connection)
        self._index: RowIndex | None = None
        self.meta = read_counters(self._connection)

    @property
    def epoch(self) -> Epoch | None:
        """Under which numbering; None if nothing says so any more."""
        return read_epoch(self.path) if self.meta is None else Epoch(self.meta.epoch)

    @property
    def straps(self) -> set[StrapId]:
        """Whoever has a record in the file; known after a scan."""
        return self._index.straps if self._index else set()

    @property
    def is_scanned(self) -> bool:
        """Whether the pages were searched."""
        return self._index is not None

    @property
    def lowest(self) -> int | None:
        """The lowest number there is; None if SQLite can't say."""
        for (lowest,) in read_while_it_works(self._connection, _LOWEST):
            return lowest if isinstance(lowest, int) else None
        return None

    def scan(self) -> Iterator[None]:
        """Search all pages, a slice at a time."""
        index = RowIndex()
        for page in range(self._pages.n_pages):
            index.note(page, self._carve(page))
            if page % PAGES_A_SLICE == PAGES_A_SLICE - 1:
                yield
        self._index = index

    def ranges(self, first: int = 1) -> Iterator[tuple[int, int]]:
        """(first, last) of each bundle from a number on, or from the lowest that there is.

        Where the counters or the lowest number are unreadable, only a scan knows them.
        """
        last = self.meta.next_seq - 1 if self.meta else self._index.last if self._index else 0
        start = max(first, self.lowest or self._lowest_scanned())
        for bundle in range(bundle_of(start), bundle_of(last) + 1):
            numbers = max(start, bundle * BUNDLE + 1), min(last, (bundle + 1) * BUNDLE)
            if numbers[0] <= numbers[1]:
                yield numbers

    def read(self, first: int, last: int) -> tuple[Entry, ...]:
        """The intact entries with these numbers, in order, as far as they can be reached."""
        rows = read_while_it_works(self._connection, _BETWEEN, first, last)
        found = {row[0]: entry for row in rows if (entry := decode_row(read_row(row))) is not None}
        if len(found) <= last - first and self._index is not None:
            for bundle in range(bundle_of(first), bundle_of(last) + 1):
                for page in self._index.pages(bundle):
                    for entry in self._carve(page):
                        if first <= first_number(entry) <= last:
                            found.setdefault(first_number(entry), entry)
        return tuple(entry for _, entry in sorted(found.items()))

    def read_quarantine(self) -> Iterator[tuple[Any, ...]]:
        """What was set aside, in columns, as far as it can be reached."""
        return read_while_it_works(self._connection, _QUARANTINE)

    def read_stamps(self) -> Streams | None:
        """Newest stamp of each stream of the last run; None if only a scan can tell."""
        told = read_last_stamps(self._connection)
        return told if told is not None or self._index is None else self._index.streams()

    def read_unclosed(self) -> Streams | None:
        """The same; nothing after a clean stop, since nothing was on its way then."""
        return {} if self.meta is not None and self.meta.clean_stop else self.read_stamps()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        self._pages.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _carve(self, page: int) -> Iterator[Entry]:
        for entry in carve_page(self._pages.read_page(page), is_first=page == 0):
            if self.meta is None or first_number(entry) < self.meta.next_seq:
                yield entry

    def _lowest_scanned(self) -> int:
        bundles = self._index.bundles() if self._index else []
        return bundles[0] * BUNDLE + 1 if bundles else 1
