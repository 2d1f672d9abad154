"""A journal's folder on a disk that takes nothing; tests/faults has a real one."""

from pathlib import Path

import pytest

from gateway.errors import JournalFullError
from gateway.journal.folder import DamagedFile, JournalFolder
from gateway.journal.sqlite_journal import SqliteJournal
from gateway.journal.store_mode import StoreMode, choose_store_mode
from protocol.identifiers import Epoch

MODE = choose_store_mode(False, (3, 40, 1))


class FolderOnFullDisk(JournalFolder):
    """Nothing can be written before the ballast went."""

    def _open_newest(
        self, mode: StoreMode, epoch: Epoch
    ) -> tuple[SqliteJournal, list[DamagedFile]]:
        if self.ballast.is_aboard():
            raise JournalFullError("full")
        return super()._open_newest(mode, epoch)


def test_a6_a_journal_opens_on_a_full_disk_with_the_room_of_its_ballast(tmp_path: Path) -> None:
    """Goes red if a gateway that is started on a full disk refuses, with the room for it aboard."""
    (tmp_path / "ballast").touch()
    with FolderOnFullDisk(tmp_path) as folder:
        journal, damaged = folder.open_journal(MODE, Epoch("e"))
        assert (journal.epoch, damaged, folder.ballast.is_aboard()) == ("e", [], False)
        journal.close()


class FolderOnFullerDisk(JournalFolder):
    """Nothing can be written."""

    def _open_newest(
        self, mode: StoreMode, epoch: Epoch
    ) -> tuple[SqliteJournal, list[DamagedFile]]:
        raise JournalFullError(f"full for {mode.reason}, {epoch}")


@pytest.mark.parametrize("is_aboard", [False, True])
def test_a6_without_any_room_the_start_says_so(tmp_path: Path, *, is_aboard: bool) -> None:
    if is_aboard:
        (tmp_path / "ballast").touch()
    with FolderOnFullerDisk(tmp_path) as folder, pytest.raises(JournalFullError):
        folder.open_journal(MODE, Epoch("e"))


def test_a_disk_with_room_costs_no_ballast(tmp_path: Path) -> None:
    with JournalFolder(tmp_path) as folder:
        (tmp_path / "ballast").touch()
        journal, _ = folder.open_journal(MODE, Epoch("e"))
        assert folder.ballast.is_aboard()
        journal.close()
