"""A damaged file in bundles: SQLite first, its pages where SQLite can't reach."""

from pathlib import Path

import pytest

from gateway.journal.entries import Entry, Observation, first_number
from gateway.journal.folder import create_file
from gateway.journal.row_index import BUNDLE
from gateway.journal.sqlite_journal import SqliteJournal
from gateway.journal.store_mode import choose_store_mode
from gateway.journal.wreck import PAGES_A_SLICE, Wreck
from protocol.identifiers import BootId, Epoch, StrapId
from protocol.moments import ReceivedAt

STRAP, LATE_STRAP = StrapId("51ADA001"), StrapId("51ADA002")
N_ENTRIES = 2 * BUNDLE + 100
PAGE = 4096


def value(n: int, strap: StrapId) -> Observation:
    return Observation(strap, "2a37", ReceivedAt(BootId("boot"), n, n), bytes(240))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "journal-1.sqlite"
    create_file(file, Epoch("e"))
    journal = SqliteJournal(file, choose_store_mode(False, (3, 40, 1)))
    journal.append([value(n, STRAP) for n in range(1, N_ENTRIES)])
    journal.append([value(N_ENTRIES, LATE_STRAP)])
    journal.close()
    return file


def read_all(wreck: Wreck) -> list[Entry]:
    return [entry for numbers in wreck.ranges() for entry in wreck.read(*numbers)]


def zero_pages(path: Path, *numbers: int) -> None:
    content = bytearray(path.read_bytes())
    for number in numbers:
        content[number * PAGE : (number + 1) * PAGE] = bytes(PAGE)
    path.write_bytes(content)


def test_bundles_cover_the_numbers_from_any_of_them_on(path: Path) -> None:
    with Wreck(path) as wreck:
        bundles = [(1, BUNDLE), (BUNDLE + 1, 2 * BUNDLE), (2 * BUNDLE + 1, N_ENTRIES)]
        assert list(wreck.ranges()) == bundles
        assert list(wreck.ranges(BUNDLE + 7)) == [(BUNDLE + 7, 2 * BUNDLE), bundles[2]]
        assert list(wreck.ranges(N_ENTRIES + 1)) == []


def test_one_damaged_page_costs_its_own_rows_only(path: Path) -> None:
    """Goes red if reading ends where SQLite first meets damage."""
    zero_pages(path, 100)
    with Wreck(path) as wreck:
        reached = read_all(wreck)
        for _ in wreck.scan():
            pass
        found = read_all(wreck)
    assert len(reached) < len(found)
    assert N_ENTRIES - 15 <= len(found) < N_ENTRIES
    assert [first_number(entry) for entry in found] == sorted(map(first_number, found))


def test_without_a_first_page_a_scan_finds_everything_in_order(path: Path) -> None:
    zero_pages(path, 0)
    with Wreck(path) as wreck:
        assert (wreck.meta, wreck.epoch, read_all(wreck)) == (None, "e", [])
        assert wreck.read_stamps() is None
        n_slices = sum(1 for _ in wreck.scan())
        assert n_slices == path.stat().st_size // PAGE // PAGES_A_SLICE
        assert [first_number(entry) for entry in read_all(wreck)] == list(range(1, N_ENTRIES + 1))
        assert (
            wreck.read_stamps()
            == wreck.read_unclosed()
            == {
                (strap, "2a37"): value(n, strap).received
                for n, strap in [(N_ENTRIES - 1, STRAP), (N_ENTRIES, LATE_STRAP)]
            }
        )


def test_what_an_earlier_numbering_left_in_the_file_is_never_taken_for_this_one(
    tmp_path: Path,
) -> None:
    """Goes red where SQLite leaves deleted rows in its pages (secure_delete OFF)."""
    path = tmp_path / "journal-1.sqlite"
    create_file(path, Epoch("e1"))
    journal = SqliteJournal(path, choose_store_mode(False, (3, 40, 1)))
    journal.append([value(n, STRAP) for n in range(1, 1001)])
    journal.open_epoch(0, ((1, 900),), Epoch("e2"), 1)
    journal.append([value(n, STRAP) for n in range(2001, 2301)])
    journal.close()
    with Wreck(path) as wreck:
        written = read_all(wreck)
    content = path.read_bytes()
    for page in range(1, len(content) // PAGE):
        path.write_bytes(content)
        zero_pages(path, page)
        with Wreck(path) as wreck:
            for _ in wreck.scan():
                pass
            assert all(entry in written for entry in read_all(wreck))


def test_a_number_that_the_counters_never_gave_is_nobody_s(path: Path) -> None:
    """Pages that SQLite no longer uses may hold more than the journal ever had in force."""
    with Wreck(path) as wreck:
        assert wreck.meta is not None
        wreck.meta = type(wreck.meta)("e", 11, 0, clean_stop=False)
        for _ in wreck.scan():
            pass
        assert len(read_all(wreck)) == 10
        assert wreck.straps == {STRAP}
