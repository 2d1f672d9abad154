"""A disk that really fills up under the journal (promise A6)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.errors import JournalFullError
from gateway.journal.entries import Observation, first_number
from gateway.journal.folder import JournalFolder
from gateway.journal.inspection import report_state, verify_file
from gateway.journal.keeping import Keeping
from gateway.journal.room import Ballast
from gateway.journal.shedding import Keep
from gateway.journal.sqlite_journal import SqliteJournal
from gateway.journal.store_mode import choose_store_mode
from protocol.ble import uuids
from protocol.identifiers import BootId, Epoch, StrapId
from protocol.messages.uplink import GapDeclaration
from protocol.moments import ReceivedAt
from tests.faults.small_disk import SmallDisk, mounted_disk

pytestmark = pytest.mark.faults

STRAP = StrapId("51ADA001")
MODE = choose_store_mode(False, (3, 40, 1))
BIG = 1 << 30
FRAME = bytes(240)  # about what an H10 sends at 200 Hz


def at(ms: int) -> ReceivedAt:
    return ReceivedAt(BootId("boot"), ms * 10**6, 1_700_000_000 * 10**9 + ms * 10**6)


class Session:
    """A strap that sends heart rate and movement every second, and the journal under it."""

    def __init__(self, disk: SmallDisk) -> None:
        self.opened = JournalFolder(disk.folder / "journal")
        self.journal, _ = self.opened.open_journal(MODE, Epoch("e"))
        self.keeping = Keeping(self.journal, Ballast(self.opened.path / "ballast"), disk.read_room)
        self.second = 0
        self.keeping.look_around(at(0))

    def seconds(self, n: int, frames: int = 6) -> None:
        for _ in range(n):
            self.second += 1
            ms = self.second * 1000
            movement = [
                Observation(STRAP, uuids.PMD_DATA, at(ms + f), FRAME) for f in range(frames)
            ]
            self.keeping.keep([*movement, Observation(STRAP, "2a37", at(ms + 900), b"\x00\x48")])
            self.keeping.look_around(at(ms + 950))

    def state(self) -> tuple[Keep, bool]:
        return self.keeping.state.level, self.keeping.state.has_ballast

    def kept(self) -> list[str]:
        entries = self.journal.read_after(0, 1 << 20, BIG)
        assert [first_number(entry) for entry in entries] == list(range(1, len(entries) + 1))
        return [
            f"gap {entry.characteristic}"
            if isinstance(entry, GapDeclaration)
            else entry.characteristic
            for entry in entries
        ]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with mounted_disk(tmp_path / "disk") as mounted:
        if mounted is None:
            pytest.skip("no right to mount a small disk here: run as root")
        yield mounted


@pytest.fixture
def session(disk: SmallDisk) -> Iterator[Session]:
    made = Session(disk)
    yield made
    made.journal.close()
    made.opened.close()


def test_a6_the_ballast_carries_heart_rate_through_a_full_disk(
    disk: SmallDisk, session: Session
) -> None:
    """Goes red if the ballast isn't given up, or if movement is kept at heart rate's cost."""
    session.seconds(3)
    assert session.state() == (Keep.EVERYTHING, True)
    disk.fill()
    session.seconds(30)
    assert session.state() == (Keep.WITHOUT_MOVEMENT, False)
    assert session.kept().count("2a37") == 33
    assert session.keeping.state.n_dropped > 0


def test_a6_nothing_fits_then_room_returns(disk: SmallDisk, session: Session) -> None:
    """Reads go on, numbers have no holes, every drop is declared, five looks are enough."""
    session.seconds(5)
    disk.fill()
    session.seconds(2)
    disk.fill()
    session.seconds(400, frames=1)
    n_before = len(session.kept())
    session.seconds(5)
    assert len(session.kept()) == n_before, "nothing fits any more"
    assert report_state(session.journal.path).next_seq == n_before + 1, "reading goes on"
    disk.release()
    session.seconds(5)
    assert session.state() == (Keep.EVERYTHING, True)
    back = session.kept()[n_before:]
    assert {"gap 2a37", f"gap {uuids.PMD_DATA}", "2a37", uuids.PMD_DATA} <= set(back)
    assert verify_file(session.journal.path).finding is None


def test_a6_every_value_is_stored_or_lies_in_a_declared_gap(
    disk: SmallDisk, session: Session
) -> None:
    session.seconds(5)
    disk.fill()
    session.seconds(50)
    disk.fill(leave_bytes=64 * 1024)
    session.seconds(200)
    disk.release()
    session.seconds(10)
    entries = session.journal.read_after(0, 1 << 20, BIG)
    gaps = [e for e in entries if isinstance(e, GapDeclaration) and e.characteristic == "2a37"]
    beats = {e.monotonic_ns for e in entries if not isinstance(e, GapDeclaration)}
    for second in range(1, session.second + 1):
        sent_ns = at(second * 1000 + 900).monotonic_ns
        declared = any(
            (gap.from_monotonic_ns or 0) <= sent_ns <= (gap.to_monotonic_ns or 0) for gap in gaps
        )
        assert sent_ns in beats or declared, f"the beat of second {second} is gone without a word"


def test_a6_a_write_that_is_refused_leaves_the_journal_whole(
    disk: SmallDisk, session: Session
) -> None:
    session.seconds(3)
    disk.fill()
    too_much = [Observation(STRAP, "2a37", at(9000 + n), FRAME) for n in range(200_000)]
    before = session.journal.next_seq
    with pytest.raises(JournalFullError):
        session.journal.append(too_much)
    assert session.journal.next_seq == before
    session.journal.close()
    session.journal = SqliteJournal(session.journal.path, MODE)
    assert session.journal.next_seq == before
    assert verify_file(session.journal.path).finding is None


def _append_until_refused(journal: SqliteJournal) -> int:
    for n in range(100_000):
        try:
            journal.append([Observation(STRAP, "2a37", at(n), FRAME)])
        except JournalFullError:
            return n
    return pytest.fail("the journal never got full")


def test_a6_the_same_with_sqlite_s_own_limit(tmp_path: Path) -> None:
    """Needs no right to mount: the file may not grow, whatever the disk says."""
    with JournalFolder(tmp_path / "journal") as opened:
        journal, _ = opened.open_journal(MODE, Epoch("e"))
        journal._connection.execute("PRAGMA max_page_count = 40")
        n_kept = _append_until_refused(journal)
        assert n_kept > 100
        assert len(journal.read_after(0, 1 << 20, BIG)) == n_kept == journal.next_seq - 1
        journal._connection.execute("PRAGMA max_page_count = 400")
        assert journal.append([Observation(STRAP, "2a37", at(n_kept), FRAME)]) == n_kept + 1
        journal.close()
