"""A journal file with a flipped byte anywhere: never deleted, never emptied, salvageable (A8)."""

from pathlib import Path

import pytest

from gateway.journal.entries import Entry, Observation, first_number
from gateway.journal.folder import JournalFolder, create_file
from gateway.journal.inspection import verify_file
from gateway.journal.salvage import salvage
from gateway.journal.sqlite_journal import SqliteJournal
from gateway.journal.store_mode import choose_store_mode
from gateway.journal.wreck_copy import opened_wreck
from protocol.identifiers import BootId, Epoch, StrapId
from protocol.messages.uplink import GapDeclaration
from protocol.moments import ReceivedAt

pytestmark = pytest.mark.faults

MODE = choose_store_mode(False, (3, 40, 1))
BIG = 1 << 30
N_ENTRIES = 60
ENTRIES_A_PAGE = 12  # 4096 bytes over about 360 a row; what one damaged page may cost at most
EVERY_NTH_BYTE = 64
NAME = "journal-1.sqlite"


def read_all(path: Path) -> list[Entry]:
    """Everything readable of a file."""
    with opened_wreck(path) as wreck:
        list(wreck.scan())
        return [entry for numbers in wreck.ranges() for entry in wreck.read(*numbers)]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / NAME
    create_file(path, Epoch("e1"))
    journal = SqliteJournal(path, MODE)
    for n in range(N_ENTRIES):
        at = ReceivedAt(BootId("3e1ba4a6-7b1e-4f0b-9d53-4ea2a4b44e0a"), n * 10**9, n * 10**9)
        journal.append([Observation(StrapId("51ADA001"), "2a37", at, bytes([n]) * 240)])
    journal.acknowledge(10, 1)
    journal.close()
    return path.read_bytes()


@pytest.fixture(scope="module")
def whole(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    path = tmp_path_factory.mktemp("read") / NAME
    path.write_bytes(content)
    return read_all(path)


def damaged_at(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


def test_a8_any_flipped_byte_leaves_a_journal_that_works_and_the_file_where_it_was(
    content: bytes, whole: list[Entry], tmp_path: Path
) -> None:
    """Mutants that go red: deleting, renaming or emptying a damaged file; going on in it."""
    n_replaced = 0
    for place in range(0, len(content), EVERY_NTH_BYTE):
        folder = tmp_path / f"at-{place}"
        folder.mkdir()
        file = folder / NAME
        file.write_bytes(damaged_at(content, place))
        with JournalFolder(folder) as opened:
            journal, damaged = opened.open_journal(MODE, Epoch("e2"))
            assert file.exists()
            if damaged:
                n_replaced += 1
                assert [found.path for found in damaged] == [file]
                assert file.read_bytes() == damaged_at(content, place)
                assert (journal.epoch, journal.next_seq) == ("e2", 1)
            else:
                _assert_others_are_whole(journal, whole)
            journal.append([])
            journal.close()
    assert n_replaced > 0


def _assert_others_are_whole(journal: SqliteJournal, whole: list[Entry]) -> None:
    """SQLite saw nothing, so at most one entry is hit, and its digest has seen it (A9)."""
    found = journal.read_after(0, 1000, BIG)
    assert [first_number(entry) for entry in found] == list(range(1, N_ENTRIES + 1))
    changed = [mine for mine, entry in zip(found, whole, strict=True) if mine != entry]
    assert len(changed) <= 1
    assert all(isinstance(entry, GapDeclaration) for entry in changed)
    assert journal.state().n_damaged == len(changed)


def test_a8_salvage_finds_all_but_one_page_and_changes_nothing(
    content: bytes, whole: list[Entry], tmp_path: Path
) -> None:
    for place in range(0, len(content), EVERY_NTH_BYTE):
        file = tmp_path / NAME
        file.write_bytes(damaged_at(content, place))
        found = read_all(file)
        assert file.read_bytes() == damaged_at(content, place)
        assert len(found) >= N_ENTRIES - ENTRIES_A_PAGE, (
            f"byte {place} cost {N_ENTRIES - len(found)}"
        )
        assert set(map(first_number, found)) <= set(map(first_number, whole))
        assert all(entry in whole for entry in found), "nothing is made up"


def test_a8_a_file_that_lost_its_first_page_is_still_carved(
    content: bytes, whole: list[Entry], tmp_path: Path
) -> None:
    file = tmp_path / NAME
    file.write_bytes(bytes(4096) + content[4096:])
    assert read_all(file) == whole


def test_a8_salvaged_rows_make_a_journal_that_verifies(
    content: bytes, whole: list[Entry], tmp_path: Path
) -> None:
    file, out = tmp_path / NAME, tmp_path / "journal-1.salvaged.sqlite"
    file.write_bytes(content)
    with opened_wreck(file) as wreck:
        salvage(wreck, out)
    report = verify_file(out)
    assert (report.finding, report.n_entries, report.epoch) == (None, N_ENTRIES, "e1")
    assert report.acknowledged == 10
    assert read_all(out) == whole


def test_a8_a_replaced_journal_stays_in_sight(content: bytes, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"\0" * len(content))
    for epoch in ("e2", "e3"):
        with JournalFolder(tmp_path) as opened:
            journal, damaged = opened.open_journal(MODE, Epoch(epoch))
            assert [found.path.name for found in damaged] == [NAME]
            assert journal.epoch == "e2"
            journal.close()
