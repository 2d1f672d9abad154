"""Rows out of raw pages: every intact one, and never an exception, whatever the bytes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.journal.carving import DEFAULT_PAGE_BYTES, carve_page, read_page_size
from gateway.journal.entries import Entry, Observation, Silence, first_number
from gateway.journal.folder import create_file
from gateway.journal.sqlite_journal import SqliteJournal
from gateway.journal.store_mode import choose_store_mode
from protocol.identifiers import BootId, Epoch, StrapId
from protocol.messages.uplink import GapReason
from protocol.moments import ReceivedAt

STRAP = StrapId("51ADA001")
AT = ReceivedAt(BootId("boot"), 1, 2)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows of every length that a characteristic can have, and a gap: SQLite wrote them."""
    path = tmp_path_factory.mktemp("carving") / "journal-1.sqlite"
    create_file(path, Epoch("e"))
    journal = SqliteJournal(path, choose_store_mode(False, (3, 40, 1)))
    journal.append([Observation(STRAP, "2a37", AT, bytes(n)) for n in range(513)])
    journal.append([Silence(STRAP, GapReason.LINK_LOST, AT, AT)])
    journal.close()
    return path


def carve(content: bytes) -> list[Entry]:
    starts = range(0, len(content), DEFAULT_PAGE_BYTES)
    pages = [content[start : start + DEFAULT_PAGE_BYTES] for start in starts]
    return [e for n, page in enumerate(pages) for e in carve_page(page, is_first=n == 0)]


def test_every_row_that_sqlite_wrote_is_found(file: Path) -> None:
    found = carve(file.read_bytes())
    assert sorted(map(first_number, found)) == list(range(1, 515))


def test_page_size_is_the_header_s_or_the_usual_one() -> None:
    assert read_page_size(bytes(16) + b"\x10\x00") == 4096
    assert read_page_size(bytes(16) + b"\x00\x01") == 65536  # file format, section 1.3.2
    assert read_page_size(bytes(16) + b"\x12\x34") == DEFAULT_PAGE_BYTES
    assert read_page_size(b"") == DEFAULT_PAGE_BYTES


@given(st.binary(max_size=5000), st.booleans())
def test_any_bytes_give_rows_or_nothing(page: bytes, is_first: bool) -> None:
    assert list(carve_page(page, is_first=is_first)) == []


@pytest.fixture(scope="module")
def written(file: Path) -> dict[int, Entry]:
    return {first_number(entry): entry for entry in carve(file.read_bytes())}


@given(data=st.data())
def test_any_damage_gives_only_rows_that_were_written(
    file: Path, written: dict[int, Entry], data: st.DataObject
) -> None:
    content = bytearray(file.read_bytes()[: 40 * DEFAULT_PAGE_BYTES])
    places = st.integers(0, len(content) - 1)
    for place in data.draw(st.lists(places, min_size=1, max_size=30)):
        content[place] ^= data.draw(st.integers(1, 255))
    for entry in carve(bytes(content)):
        assert entry == written[first_number(entry)]
