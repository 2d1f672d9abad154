"""Writing when the disk fills up: the order of sacrifice, the gaps, and the way back."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from gateway.errors import JournalBusyError, JournalFullError
from gateway.journal.disk_alarm import DiskAlarm
from gateway.journal.entries import Observation, Silence, Unnumbered, first_number
from gateway.journal.keeping import Keeping
from gateway.journal.memory_journal import MemoryJournal
from gateway.journal.room import MIB, Ballast, DiskRoom
from gateway.journal.shedding import Keep
from protocol.ble import uuids
from protocol.identifiers import BootId, Epoch, StrapId
from protocol.messages.uplink import GapDeclaration, GapReason, NotificationRecord
from protocol.moments import ReceivedAt

STRAP = StrapId("51ADA001")
BIG = 1 << 20
HOUR_MS = 3600 * 1000


class SmallDisk:
    """Room that the test sets; a write is refused while there is none."""

    def __init__(self) -> None:
        self.free_bytes = 100 * MIB
        self.used_fraction = 0.5

    def read(self) -> DiskRoom:
        return DiskRoom(self.free_bytes, self.used_fraction)


class JournalOnSmallDisk(MemoryJournal):
    """Refuses to write while its disk is full."""

    def __init__(self, disk: SmallDisk) -> None:
        super().__init__(Epoch("e"))
        self._disk = disk
        self.stopped_cleanly = False
        self.n_reusable = 0
        self.is_busy = False

    def append(self, entries: Sequence[Unnumbered]) -> int:
        if self._disk.free_bytes <= 0:
            raise JournalFullError("no room")
        return super().append(entries)

    def prune(self, acknowledged_before_ns: int | None, limit: int) -> int:
        if self.is_busy:
            raise JournalBusyError("another program reads it")
        return super().prune(acknowledged_before_ns, limit)

    def reusable_bytes(self) -> int:
        return self.n_reusable

    def mark_clean_stop(self) -> None:
        self.stopped_cleanly = True


class BallastOnSmallDisk(Ballast):
    """Changes the disk's room, as a real one does."""

    def __init__(self, disk: SmallDisk, path: Path) -> None:
        super().__init__(path, size_bytes=4096)
        self._disk = disk

    def take_aboard(self) -> bool:
        if not self.is_aboard():
            self._disk.free_bytes -= 16 * MIB
        return super().take_aboard()

    def throw_off(self) -> bool:
        if self.is_aboard():
            self._disk.free_bytes += 16 * MIB
        return super().throw_off()


def at(ms: int) -> ReceivedAt:
    return ReceivedAt(BootId("boot"), ms * 10**6, 1_700_000_000 * 10**9 + ms * 10**6)


def heart(ms: int) -> Observation:
    return Observation(STRAP, "2a37", at(ms), b"\x00\x48")


def movement(ms: int) -> Observation:
    return Observation(STRAP, uuids.PMD_DATA, at(ms), b"\x02")


def battery(ms: int) -> Observation:
    return Observation(STRAP, "2a19", at(ms), b"\x64")


@pytest.fixture
def disk() -> SmallDisk:
    return SmallDisk()


@pytest.fixture
def journal(disk: SmallDisk) -> JournalOnSmallDisk:
    return JournalOnSmallDisk(disk)


@pytest.fixture
def keeping(disk: SmallDisk, journal: JournalOnSmallDisk, tmp_path: Path) -> Keeping:
    made = Keeping(journal, BallastOnSmallDisk(disk, tmp_path / "ballast"), disk.read)
    made.look_around(at(0))
    return made


def kept(journal: MemoryJournal) -> list[str]:
    """What the journal holds, a word each: the characteristic, or the reason of a gap."""
    found = journal.read_after(0, 1000, BIG)
    assert [first_number(entry) for entry in found] == list(range(1, len(found) + 1))
    return [
        f"gap {e.reason} {e.characteristic}" if isinstance(e, GapDeclaration) else e.characteristic
        for e in found
    ]


def test_with_room_everything_is_kept(keeping: Keeping, journal: JournalOnSmallDisk) -> None:
    keeping.keep([heart(1), movement(2), battery(3)])
    assert kept(journal) == ["2a37", uuids.PMD_DATA, "2a19"]
    assert keeping.state.has_ballast
    assert (keeping.state.n_kept, keeping.state.n_dropped) == (3, 0)


def test_a6_a_full_disk_throws_off_the_ballast_and_gives_up_movement_first(
    keeping: Keeping, journal: JournalOnSmallDisk, disk: SmallDisk
) -> None:
    keeping.keep([movement(1)])
    disk.free_bytes = 0
    keeping.keep([heart(1000), movement(1001), battery(1002)])
    assert kept(journal) == [uuids.PMD_DATA, "2a37", "2a19"]
    assert keeping.state.level is Keep.WITHOUT_MOVEMENT
    assert disk.free_bytes == 16 * MIB


def test_a6_heart_rate_is_the_last_to_go(
    keeping: Keeping, journal: JournalOnSmallDisk, disk: SmallDisk
) -> None:
    disk.free_bytes = 0
    keeping.keep([heart(1)])
    disk.free_bytes = 3 * MIB
    keeping.look_around(at(2000))
    keeping.keep([heart(2001), movement(2002), battery(2003)])
    assert kept(journal) == ["2a37", "2a37"]
    assert keeping.state.level is Keep.HEART_RATE


def test_a6_nothing_is_kept_when_nothing_fits_and_every_drop_is_declared_later(
    keeping: Keeping, journal: JournalOnSmallDisk, disk: SmallDisk
) -> None:
    """Goes red if a drop isn't declared, or if a number is given to what wasn't stored."""
    keeping.keep([heart(0), movement(1), battery(2)])
    disk.free_bytes = -16 * MIB
    keeping.keep([heart(1000), movement(1001), battery(1002)])
    assert keeping.state.level is Keep.NOTHING
    assert len(kept(journal)) == 3
    disk.free_bytes = 200 * MIB
    keeping.look_around(at(3000))
    keeping.keep([heart(4000), movement(4001), battery(4002)])
    assert kept(journal)[3:] == [
        "gap journal_full 2a37", "2a37",
        f"gap journal_full {uuids.PMD_DATA}", uuids.PMD_DATA,
        "gap journal_full 2a19", "2a19",
    ]  # fmt: skip
    gap = journal.read_after(3, 1, BIG)[0]
    assert isinstance(gap, GapDeclaration)
    assert (gap.from_ns, gap.to_ns) == (at(0).wall_ns, at(4000).wall_ns)


def test_a6_room_that_returns_brings_everything_back_within_one_look(
    keeping: Keeping, journal: JournalOnSmallDisk, disk: SmallDisk
) -> None:
    """A look is once a second: well within the five seconds that are promised."""
    disk.free_bytes = 0
    keeping.keep([heart(1)])
    disk.free_bytes = 300 * MIB
    keeping.look_around(at(2500))
    assert keeping.state.level is Keep.EVERYTHING
    assert keeping.state.has_ballast
    keeping.keep([movement(3000)])
    assert kept(journal)[-1] == uuids.PMD_DATA


def test_a6_each_crossing_of_80_and_90_per_cent_is_logged_once(
    keeping: Keeping, disk: SmallDisk, caplog: pytest.LogCaptureFixture
) -> None:
    """Goes red without the log, with a line at every look, or without the recovery."""
    caplog.set_level("INFO")
    for n, used_fraction in enumerate([0.79, 0.81, 0.82, 0.91, 0.93, 0.90, 0.85, 0.84, 0.5, 0.5]):
        disk.used_fraction = used_fraction
        keeping.look_around(at(2000 * (n + 1)))
    told = [(r.levelname, r.message) for r in caplog.records if "'s disk is" in r.message]
    assert told == [
        ("WARNING", "The journal's disk is 81 % full. Free some space soon."),
        ("WARNING", "The journal's disk is 91 % full. Free some space now."),
        ("INFO", "The journal's disk is 85 % full. Free some space soon."),
        ("INFO", "The journal's disk is 50 % full, which is enough room again."),
    ]
    assert (keeping.state.alarm, keeping.state.used_fraction) == (DiskAlarm.NONE, 0.5)


def test_a6_a_busy_journal_doesn_t_hide_a_disk_that_fills_up(
    keeping: Keeping, disk: SmallDisk, journal: JournalOnSmallDisk
) -> None:
    journal.is_busy = True
    disk.used_fraction = 0.95
    keeping.look_around(at(2000))
    assert keeping.state.alarm is DiskAlarm.RED


def test_a6_above_seventy_per_cent_what_the_server_has_stays_an_hour(
    keeping: Keeping, journal: JournalOnSmallDisk, disk: SmallDisk
) -> None:
    """Goes red if the newest hour goes as well, or what isn't acknowledged."""
    keeping.keep([heart(n) for n in range(5)])
    journal.acknowledge(2, at(0).wall_ns)
    journal.acknowledge(3, at(2000).wall_ns)
    keeping.look_around(at(HOUR_MS + 500))
    assert len(journal.rows) == 5
    disk.used_fraction = 0.71
    keeping.look_around(at(HOUR_MS + 1500))
    assert sorted(journal.rows) == [3, 4, 5]


def test_a6_no_more_goes_than_new_values_can_reuse(
    keeping: Keeping, journal: JournalOnSmallDisk, disk: SmallDisk
) -> None:
    """Goes red if pruning goes on although the file, which never shrinks, has room inside."""
    keeping.keep([heart(n) for n in range(5)])
    journal.acknowledge(3, at(0).wall_ns)
    disk.used_fraction = 0.71
    journal.n_reusable = 24 * MIB
    keeping.look_around(at(2 * HOUR_MS))
    assert (len(journal.rows), keeping.state.is_shortened) == (5, False)
    journal.n_reusable -= 1
    keeping.look_around(at(2 * HOUR_MS + 2000))
    assert (sorted(journal.rows), keeping.state.is_shortened) == ([4, 5], True)


def test_a6_where_new_values_would_be_dropped_all_that_the_server_has_may_go(
    keeping: Keeping, journal: JournalOnSmallDisk, disk: SmallDisk
) -> None:
    keeping.keep([heart(n) for n in range(5)])
    journal.acknowledge(3, at(0).wall_ns)
    disk.free_bytes, disk.used_fraction = 3 * MIB, 0.98
    keeping.look_around(at(2000))
    keeping.look_around(at(4000))
    assert sorted(journal.rows) == [4, 5]


def test_g5_a_shortened_retention_is_told_once_and_its_end_too(
    keeping: Keeping,
    journal: JournalOnSmallDisk,
    disk: SmallDisk,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    keeping.keep([heart(n) for n in range(5)])
    journal.acknowledge(2, at(0).wall_ns)
    told = []
    for n, used_fraction in enumerate([0.71, 0.72, 0.70, 0.69, 0.71]):
        disk.used_fraction = used_fraction
        keeping.look_around(at(2 * HOUR_MS + 2000 * n))
        told.append(keeping.state.is_shortened)
    assert told == [True, True, True, False, False]  # nothing is left that could go early
    said = [(r.levelname, r.message) for r in caplog.records if "what the server has" in r.message]
    assert said == [
        ("WARNING", "the disk fills up: what the server has goes before its 72 h"),
        ("INFO", "the disk has room again: what the server has stays 72 h"),
    ]


def test_what_the_server_has_stays_for_three_days(
    keeping: Keeping, journal: JournalOnSmallDisk
) -> None:
    keeping.keep([heart(1)])
    journal.acknowledge(1, at(0).wall_ns)
    keeping.look_around(at(72 * 3600 * 1000))
    assert sorted(journal.rows) == [1]
    keeping.look_around(at(72 * 3600 * 1000 + 1001))
    assert sorted(journal.rows) == []


def test_values_lost_before_they_came_here_are_declared_too(
    keeping: Keeping, journal: JournalOnSmallDisk
) -> None:
    keeping.keep([heart(0)], lost=[heart(1000), heart(2000)])
    keeping.keep([heart(3000)])
    assert kept(journal) == ["2a37", "gap journal_full 2a37", "2a37"]


def test_a_clean_stop_declares_what_is_open_first(
    keeping: Keeping, journal: JournalOnSmallDisk, disk: SmallDisk
) -> None:
    disk.free_bytes = -16 * MIB
    keeping.keep([heart(1000)])
    keeping.stop_cleanly()
    clean = [journal.stopped_cleanly]  # an end with undeclared drops must not look clean
    disk.free_bytes = 100 * MIB
    keeping.look_around(at(5000))
    keeping.stop_cleanly()
    assert [*clean, journal.stopped_cleanly] == [False, True]
    assert kept(journal) == ["gap journal_full 2a37"]


def test_gaps_are_counted_by_reason_once_they_are_written(
    keeping: Keeping, disk: SmallDisk
) -> None:
    keeping.keep([heart(0), Silence(STRAP, GapReason.LINK_LOST, at(0), at(4000))])
    disk.free_bytes = -16 * MIB
    keeping.keep([heart(5000), Silence(STRAP, GapReason.LINK_LOST, at(5000), at(6000))])
    assert keeping.state.gaps == {GapReason.LINK_LOST: 1}
    disk.free_bytes = 100 * MIB
    keeping.look_around(at(7000))
    keeping.keep([heart(8000)])
    assert keeping.state.gaps == {GapReason.LINK_LOST: 2, GapReason.JOURNAL_FULL: 1}


def test_gaps_of_the_straps_survive_a_full_disk(
    keeping: Keeping, journal: JournalOnSmallDisk, disk: SmallDisk
) -> None:
    disk.free_bytes = -16 * MIB
    keeping.keep([Silence(STRAP, GapReason.LINK_LOST, at(0), at(4000))])
    assert kept(journal) == []
    disk.free_bytes = 100 * MIB
    keeping.look_around(at(5000))
    assert kept(journal) == ["gap link_lost None"]


@pytest.mark.parametrize("brought", [True, False])
def test_a6_of_what_waits_a_disk_with_little_room_takes_what_fits_and_heart_rate_goes_on_after_it(
    tmp_path: Path, *, brought: bool
) -> None:
    """Goes red if rows about links wait until all fit at once: no heart rate comes before them."""
    journal = MemoryJournal(Epoch("e"), room=0)
    keeping = Keeping(journal, Ballast(tmp_path / "ballast"), lambda: DiskRoom(0, 1.0))
    link = [Observation(STRAP, "gateway/link", at(ms), bytes([ms])) for ms in range(1, 101)]
    keeping.keep(link)
    journal.room = 60
    keeping.look_around(at(2000))
    if brought:
        keeping.keep([heart(2001)])
    n_kept = len(kept(journal))
    assert 50 < n_kept == keeping.state.n_kept <= 60
    journal.room = 100 - n_kept + 3
    keeping.look_around(at(4000))
    keeping.keep([heart(4001)])
    told = [e for e in journal.read_after(0, 1000, BIG) if isinstance(e, NotificationRecord)]
    assert [record.payload for record in told] == [one.payload for one in [*link, heart(4001)]]
    assert not keeping.holds_back


def test_a6_a_write_that_was_refused_writes_part_of_what_waits_at_once(tmp_path: Path) -> None:
    journal = MemoryJournal(Epoch("e"), room=0)
    keeping = Keeping(journal, Ballast(tmp_path / "ballast"), lambda: DiskRoom(0, 1.0))
    keeping.keep([Observation(STRAP, "gateway/link", at(ms), b"") for ms in range(10)])
    keeping.look_around(at(2000))
    journal.room = 4
    keeping.keep([heart(2001)])
    assert kept(journal) == ["gateway/link"] * 3


def test_records_keep_their_stamps(keeping: Keeping, journal: JournalOnSmallDisk) -> None:
    keeping.keep([heart(1234)])
    [record] = journal.read_after(0, 1, BIG)
    assert isinstance(record, NotificationRecord)
    assert (record.boot_id, record.monotonic_ns, record.wall_ns) == (
        "boot", 1_234_000_000, 1_700_000_001_234_000_000,
    )  # fmt: skip
