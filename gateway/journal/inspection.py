"""Looking at journal files from outside, also while a gateway writes: reads, never writes."""

import fcntl
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from gateway.errors import JournalError
from gateway.journal.connection import check_file, open_file
from gateway.journal.entry_table import rows_after
from gateway.journal.folder import LOCK_NAME, journal_files
from gateway.journal.rows import decode_row
from gateway.journal.schema import Meta
from gateway.journal.sqlite_errors import translated_errors
from gateway.journal.store_mode import BUSY_TIMEOUT_MS

_READ_AT_ONCE = 2000  # rows a read: the writer waits for milliseconds, not for the whole file


@dataclass(frozen=True, slots=True)
class FileReport:
    """What one journal file holds. `finding` says what is wrong with it, None for nothing."""

    name: str
    size_bytes: int
    epoch: str | None = None
    next_seq: int | None = None
    acknowledged: int | None = None
    n_waiting: int | None = None
    n_entries: int = 0
    n_gaps: int = 0
    n_damaged: int = 0
    n_missing: int = 0  # numbers between the first and the last that no entry has
    n_quarantined: int = 0
    ended_cleanly: bool | None = None
    finding: str | None = None


def find_files(folder: Path) -> list[Path]:
    """The journal files of a folder. Raises JournalError if there are none."""
    if folder.is_file():
        raise JournalError(f"{folder} is a file; name the folder it is in: {folder.parent}")
    files = journal_files(folder) if folder.is_dir() else []
    if not files:
        raise JournalError(f"there is no journal in {folder}; name the folder given to 'run'")
    return files


def report_state(path: Path) -> FileReport:
    """Counters only: quick, whatever the size."""
    report = FileReport(path.name, path.stat().st_size)
    try:
        with open_for_reading(path) as connection:
            return _add_state(report, connection)
    except JournalError as error:
        return replace(report, finding=str(error))


def verify_file(path: Path) -> FileReport:
    """Every entry against its digest, and the file's own structure."""
    report = FileReport(path.name, path.stat().st_size)
    try:
        with open_for_checking(path) as connection:
            report = _add_state(report, connection)
            report = _add_entries(report, connection)
            check_file(connection, path)
    except JournalError as error:
        return replace(report, finding=str(error))
    if report.n_damaged or report.n_missing:
        finding = f"{report.n_damaged} entries damaged, {report.n_missing} numbers missing"
        return replace(report, finding=finding)
    return report


@contextmanager
def open_for_reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as its last commit left it. Raises JournalError.

    After a crash SQLite would first have to undo half a commit: that happens in a copy.
    """
    undo_file = path.with_name(path.name + "-journal")
    with TemporaryDirectory() as aside, translated_errors():
        source, access = path, "ro"
        if undo_file.exists() and not _is_in_use(path.parent):
            source, access = copy_file(path, Path(aside)), "rw"
        connection = open_file(source, access)
        try:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            yield connection
        finally:
            connection.close()


@contextmanager
def open_for_checking(path: Path) -> Iterator[sqlite3.Connection]:
    """The same for a long look: a gateway that runs is let go on after a copy of the pages.

    Raises JournalError.
    """
    with open_for_reading(path) as source:
        if not _is_in_use(path.parent):
            yield source
            return
        with (
            TemporaryDirectory() as aside,
            translated_errors(),
            closing(open_file(Path(aside) / path.name, "rwc")) as copy,
        ):
            _copy_pages(source, copy, aside)
            yield copy


def _copy_pages(source: sqlite3.Connection, copy: sqlite3.Connection, aside: str) -> None:
    copy.execute("PRAGMA synchronous = OFF")  # nobody needs this copy after a power cut
    try:
        source.backup(copy)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_FULL:
            raise
        where = Path(aside).parent
        raise JournalError(f"no room for a copy in {where}; free some, or set TMPDIR") from error


def copy_file(path: Path, folder: Path) -> Path:
    """A copy of a journal file, with what SQLite keeps beside it."""
    for suffix in ("", "-journal", "-wal"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            shutil.copyfile(part, folder / part.name)
    return folder / path.name


def _add_state(report: FileReport, connection: sqlite3.Connection) -> FileReport:
    meta = Meta.read(connection)
    oldest = "SELECT (SELECT min(seq) FROM entry), (SELECT count(*) FROM quarantine)"
    first, n_quarantined = connection.execute(oldest).fetchone()
    return replace(
        report,
        epoch=meta.epoch,
        next_seq=meta.next_seq,
        acknowledged=meta.acknowledged,
        n_waiting=meta.next_seq - 1 - meta.acknowledged,
        n_entries=0 if first is None else meta.next_seq - first,
        n_quarantined=n_quarantined,
        ended_cleanly=meta.clean_stop,
    )


def _add_entries(report: FileReport, connection: sqlite3.Connection) -> FileReport:
    n_entries = n_gaps = n_damaged = n_missing = 0
    last: int | None = None
    while rows := rows_after(connection, last or 0, _READ_AT_ONCE):
        for row in rows:
            n_missing += row.seq - (last if last is not None else row.seq - 1) - 1
            n_damaged += decode_row(row) is None
            n_gaps += bool(row.is_gap)
            last = row.seq
        n_entries += len(rows)
    return replace(
        report, n_entries=n_entries, n_gaps=n_gaps, n_damaged=n_damaged, n_missing=n_missing
    )


def _is_in_use(folder: Path) -> bool:
    """Whether a gateway holds the folder's lock now."""
    try:
        with (folder / LOCK_NAME).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False
