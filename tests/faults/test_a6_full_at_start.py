"""A gateway that is started on a disk that is full already (promise A6)."""

import gc
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from gateway.journal.entries import Observation
from gateway.journal.folder import JournalFolder, journal_files
from gateway.journal.keeping import Keeping
from gateway.journal.store_mode import choose_store_mode
from protocol.identifiers import BootId, Epoch, StrapId
from protocol.moments import ReceivedAt
from tests.faults.small_disk import mounted_disk

pytestmark = pytest.mark.faults

MODE = choose_store_mode(False, (3, 40, 1))
BEAT = Observation(StrapId("51ADA001"), "2a37", ReceivedAt(BootId("boot"), 1, 1), b"\x00\x48")


def end_run_before(folder: Path, how: str) -> None:
    """The run before took its ballast aboard, kept a value, and ended in some way."""
    with JournalFolder(folder) as opened:
        journal, _ = opened.open_journal(MODE, Epoch("before"))
        assert opened.ballast.take_aboard()
        journal.append([BEAT])
        if how == "cleanly":
            journal.mark_clean_stop()
        journal.close()
    if how == "with damage":
        with closing(sqlite3.connect(journal_files(folder)[0])) as connection:
            connection.execute("UPDATE meta SET digest = x'00'")
            connection.commit()


@pytest.mark.parametrize("how", ["cleanly", "killed", "with damage"])
def test_a6_a_gateway_starts_and_keeps_values_on_a_full_disk_with_its_ballast_aboard(
    tmp_path: Path, how: str
) -> None:
    """Goes red if to note that the journal is in use, or to begin one, takes more than is left."""
    with mounted_disk(tmp_path / "disk") as disk:
        if disk is None:
            pytest.skip("no right to mount a small disk here: run as root")
        folder = disk.folder / "journal"
        end_run_before(folder, how)
        disk.fill()
        with JournalFolder(folder) as opened:
            journal, damaged = opened.open_journal(MODE, Epoch("after"))
            with closing(journal):
                assert len(damaged) == (how == "with damage")
                Keeping(journal, opened.ballast, disk.read_room).keep([BEAT] * 100)
                n_before = 0 if damaged else 1
                assert len(journal.read_after(0, 1000, 1 << 30)) == n_before + 100
        gc.collect()  # what a failed open left would hold the disk
