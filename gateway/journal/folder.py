"""The journal's folder: one lock, and one file after another if one gets damaged.

A damaged file is never changed, moved or deleted: a new one is begun beside it.
"""

import fcntl
import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from gateway.durable import sync_folder
from gateway.errors import JournalCorruptError, JournalError, JournalFullError
from gateway.journal.connection import open_file
from gateway.journal.room import Ballast
from gateway.journal.schema import create_tables
from gateway.journal.sqlite_errors import translated_errors
from gateway.journal.sqlite_journal import SqliteJournal
from gateway.journal.store_mode import StoreMode
from protocol.identifiers import Epoch

logger = logging.getLogger(__name__)

LOCK_NAME = "lock"
_FILE_NAME = re.compile(r"journal-([0-9]+)\.sqlite")


@dataclass(frozen=True, slots=True)
class DamagedFile:
    """A journal file that can't be written any more, and what is wrong with it."""

    path: Path
    finding: str


class JournalFolder:
    """Holds the lock for as long as it is open: one gateway a journal."""

    def __init__(self, path: Path) -> None:
        """Make the folder if there is none. Raises JournalError if another gateway uses it."""
        self.path = path
        self.ballast = Ballast(path / "ballast")
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = (path / LOCK_NAME).open("w")
        except OSError as error:
            raise JournalError(f"cannot use the journal folder {path}: {error.strerror}") from error
        _lock_or_refuse(self._lock, path)

    def open_journal(
        self, mode: StoreMode, epoch: Epoch
    ) -> tuple[SqliteJournal, list[DamagedFile]]:
        """The newest journal file, or a new one with `epoch`; and the damaged ones beside it.

        On a full disk with the room of the ballast. Raises JournalFullError where there is none.
        """
        try:
            return self._open_newest(mode, epoch)
        except JournalFullError:
            if not self.ballast.throw_off():
                raise
        logger.warning("the journal's disk is full: ballast thrown off to open the journal")
        return self._open_newest(mode, epoch)

    def _open_newest(
        self, mode: StoreMode, epoch: Epoch
    ) -> tuple[SqliteJournal, list[DamagedFile]]:
        files = journal_files(self.path)
        damaged = [DamagedFile(path, "replaced by a newer journal") for path in files[:-1]]
        if files:
            try:
                return SqliteJournal(files[-1], mode), damaged
            except JournalCorruptError as error:
                damaged.append(DamagedFile(files[-1], str(error)))
        number = _file_number(files[-1]) + 1 if files else 1
        path = self.path / f"journal-{number}.sqlite"
        create_file(path, epoch, owes_inheritance=bool(damaged))
        return SqliteJournal(path, mode), damaged

    def close(self) -> None:
        """Give the lock back."""
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def journal_files(folder: Path) -> list[Path]:
    """Journal files of a folder, oldest first."""
    found = [path for path in folder.glob("journal-*.sqlite") if _FILE_NAME.fullmatch(path.name)]
    return sorted(found, key=_file_number)


def create_file(path: Path, epoch: Epoch, *, owes_inheritance: bool = False) -> None:
    """A new, empty journal file, whole or not at all: made aside, synced, then named.

    `owes_inheritance`: a damaged journal before it is still to be asked where its gaps begin.
    """
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with translated_errors():
        connection = open_file(draft, "rwc")
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA synchronous = EXTRA")
            create_tables(connection, epoch, owes_inheritance=owes_inheritance)
        finally:
            connection.close()
    draft.chmod(0o600)
    draft.rename(path)
    sync_folder(path.parent)


def _file_number(path: Path) -> int:
    found = _FILE_NAME.fullmatch(path.name)
    return int(found[1]) if found else 0


def _lock_or_refuse(lock: IO[str], path: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise JournalError(
            f"another gateway is using the journal in {path}; stop it or name another folder"
        ) from None
