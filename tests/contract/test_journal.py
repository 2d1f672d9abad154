"""One suite for every journal: the file and its twin in memory promise the same."""

from pathlib import Path

import pytest

from gateway.errors import JournalError
from gateway.journal.entries import Entry, Observation, Silence, first_number
from gateway.journal.folder import create_file
from gateway.journal.memory_journal import MemoryJournal
from gateway.journal.sqlite_journal import SqliteJournal
from gateway.journal.store import Journal
from gateway.journal.store_mode import choose_store_mode
from protocol.identifiers import BootId, Epoch, StrapId
from protocol.messages.digest import compute_digest
from protocol.messages.uplink import GapDeclaration, GapReason, NotificationRecord
from protocol.moments import ReceivedAt

EPOCH = Epoch("11111111-0000-4000-8000-000000000001")
NEXT_EPOCH = Epoch("11111111-0000-4000-8000-000000000002")
STRAP = StrapId("51ADA001")
BIG = 1 << 20
HOUR_NS = 3600 * 10**9


def at(ms: int) -> ReceivedAt:
    return ReceivedAt(BootId("boot"), ms * 10**6, 1_700_000_000 * 10**9 + ms * 10**6)


def beat(ms: int, payload: bytes = b"\x00\x4a") -> Observation:
    return Observation(STRAP, "2a37", at(ms), payload)


def numbers(entries: list[Entry]) -> list[int]:
    return [first_number(entry) for entry in entries]


def in_memory(_: Path) -> Journal:
    return MemoryJournal(EPOCH)


def in_sqlite(folder: Path) -> Journal:
    path = folder / "journal-1.sqlite"
    create_file(path, EPOCH)
    return SqliteJournal(path, choose_store_mode(False, (3, 40, 1)))


@pytest.fixture(params=[in_memory, in_sqlite])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Journal:
    made: Journal = request.param(tmp_path)
    return made


def test_numbers_begin_at_one_and_cover_records_and_gaps(journal: Journal) -> None:
    silence = Silence(STRAP, GapReason.LINK_LOST, at(2), at(5000))
    assert journal.next_seq == 1
    assert journal.append([beat(1), silence, beat(5001)]) == 3
    entries = journal.read_after(0, 10, BIG)
    assert numbers(entries) == [1, 2, 3]
    assert isinstance(entries[1], GapDeclaration)
    assert (entries[1].first_seq, entries[1].last_seq) == (2, 2)
    assert journal.next_seq == 4


def test_a_value_comes_back_byte_for_byte(journal: Journal) -> None:
    payload = bytes(range(256))
    journal.append([Observation(STRAP, "fb005c82-02e7-f387-1cad-8acd2d8df0c8", at(7), payload)])
    assert journal.read_after(0, 1, BIG) == [
        NotificationRecord(
            1, "51ADA001", "fb005c82-02e7-f387-1cad-8acd2d8df0c8", "boot", 7_000_000,
            1_700_000_000_007_000_000, payload,
        )
    ]  # fmt: skip


def test_a_gap_over_two_boots_has_wall_times_only_and_is_never_negative(journal: Journal) -> None:
    until = ReceivedAt(BootId("later boot"), 5, at(0).wall_ns - 10**9)
    journal.append([Silence(STRAP, GapReason.GATEWAY_DOWN, at(0), until)])
    [gap] = journal.read_after(0, 1, BIG)
    assert isinstance(gap, GapDeclaration)
    assert (gap.boot_id, gap.from_monotonic_ns, gap.to_monotonic_ns) == (None, None, None)
    assert gap.to_ns == gap.from_ns == at(0).wall_ns


def test_reading_obeys_both_limits_but_gives_at_least_one(journal: Journal) -> None:
    journal.append([beat(n, bytes(100)) for n in range(10)])
    assert numbers(journal.read_after(3, 4, BIG)) == [4, 5, 6, 7]
    assert numbers(journal.read_after(0, 10, 1)) == [1]
    assert len(journal.read_after(0, 10, 450)) in {2, 3}
    assert journal.read_after(10, 4, BIG) == []


def test_acknowledging_never_goes_back_nor_beyond_what_was_given(journal: Journal) -> None:
    journal.append([beat(n) for n in range(5)])
    journal.acknowledge(3, wall_ns=1)
    journal.acknowledge(2, wall_ns=2)
    assert journal.acknowledged == 3
    with pytest.raises(JournalError, match="never given"):
        journal.acknowledge(6, wall_ns=3)


def test_pruning_takes_only_what_was_acknowledged_long_enough_ago(journal: Journal) -> None:
    journal.append([beat(n) for n in range(6)])
    journal.acknowledge(2, wall_ns=1 * HOUR_NS)
    journal.acknowledge(4, wall_ns=5 * HOUR_NS)
    assert journal.prune(acknowledged_before_ns=1 * HOUR_NS, limit=100) == 0
    assert journal.prune(acknowledged_before_ns=2 * HOUR_NS, limit=100) == 2
    assert journal.prune(acknowledged_before_ns=None, limit=1) == 1
    assert journal.prune(acknowledged_before_ns=None, limit=100) == 1
    assert numbers(journal.read_after(0, 10, BIG)) == [5, 6]


def test_a_number_is_never_given_twice_even_after_all_is_pruned(journal: Journal) -> None:
    """Goes red if numbers come from SQLite's own row ids, which begin anew in an empty table."""
    journal.append([beat(1), beat(2)])
    journal.acknowledge(2, wall_ns=1)
    journal.prune(acknowledged_before_ns=None, limit=100)
    assert journal.append([beat(3)]) == 3


def test_a_quarantined_entry_becomes_a_gap_with_its_number_and_hash(journal: Journal) -> None:
    journal.append([beat(1), beat(2), beat(3)])
    [_, refused, _] = journal.read_after(0, 3, BIG)
    journal.quarantine(2)
    entries = journal.read_after(0, 3, BIG)
    gap = entries[1]
    assert isinstance(gap, GapDeclaration)
    assert (gap.reason, gap.first_seq, gap.last_seq) == ("quarantined", 2, 2)
    assert gap.record_hash == compute_digest(refused)
    assert (gap.characteristic, gap.from_ns, gap.to_ns) == ("2a37", at(2).wall_ns, at(2).wall_ns)
    assert journal.state().n_quarantined == 1


def test_a_gap_in_quarantine_leaves_the_record_s_bytes_there(journal: Journal) -> None:
    journal.append([beat(1)])
    journal.quarantine(1)
    journal.quarantine(1)
    assert journal.state().n_quarantined == 1
    [gap] = journal.read_after(0, 1, BIG)
    assert isinstance(gap, GapDeclaration)


def test_a_declared_gap_is_never_set_aside(journal: Journal) -> None:
    journal.append([Silence(StrapId("51ADA001"), GapReason.LINK_LOST, at(1), at(2))])
    [gap] = journal.read_after(0, 1, BIG)
    journal.quarantine(1)
    assert (journal.read_after(0, 1, BIG), journal.state().n_quarantined) == ([gap], 0)
    assert not journal.put_back(1)


def test_what_was_set_aside_can_be_put_back(journal: Journal) -> None:
    journal.append([beat(1), beat(2)])
    before = journal.read_after(0, 2, BIG)
    journal.quarantine(2)
    assert [journal.put_back(n) for n in (1, 2, 2)] == [False, True, False]
    assert (journal.read_after(0, 2, BIG), journal.state().n_quarantined) == (before, 0)


def test_a_new_epoch_takes_along_what_the_server_has_not(journal: Journal) -> None:
    journal.append([beat(n) for n in range(1, 9)])
    before = journal.read_after(0, 10, BIG)
    journal.acknowledge(2, wall_ns=1)
    journal.open_epoch(after=2, known=((4, 5),), epoch=NEXT_EPOCH, wall_ns=2)
    assert (journal.epoch, journal.acknowledged, journal.next_seq) == (NEXT_EPOCH, 0, 5)
    moved = journal.read_after(0, 10, BIG)
    assert numbers(moved) == [1, 2, 3, 4]
    kept = [
        e.payload for e in before if isinstance(e, NotificationRecord) and e.seq in {3, 6, 7, 8}
    ]
    assert [e.payload for e in moved if isinstance(e, NotificationRecord)] == kept
    assert [e.monotonic_ns for e in moved if isinstance(e, NotificationRecord)] == [
        n * 10**6 for n in (3, 6, 7, 8)
    ]
    assert journal.append([beat(9)]) == 5


def test_state_counts_what_waits(journal: Journal) -> None:
    journal.append([beat(1), beat(2), beat(3)])
    journal.acknowledge(1, wall_ns=1)
    state = journal.state()
    assert (state.epoch, state.next_seq, state.acknowledged) == (EPOCH, 4, 1)
    assert (state.n_entries, state.n_quarantined) == (3, 0)
    assert state.oldest_wall_ns == at(1).wall_ns


def test_g5_the_oldest_entry_kept_says_how_far_the_journal_reaches_back(journal: Journal) -> None:
    assert journal.state().oldest_wall_ns is None
    journal.append([beat(1), beat(2), beat(3)])
    journal.acknowledge(2, wall_ns=1)
    journal.prune(acknowledged_before_ns=None, limit=1)
    assert journal.state().oldest_wall_ns == at(2).wall_ns


def test_a12_what_was_pruned_can_still_be_declared_strap_by_strap(journal: Journal) -> None:
    """Goes red if the note is dropped with its entries, or covers what the server still has."""
    other = StrapId("51ADA002")
    minute = 60_000
    journal.append(
        [
            beat(0),
            beat(10 * minute),
            Observation(other, "2a37", at(10 * minute + 1), b"\x00\x48"),
            Observation(other, "gateway/link", at(15 * minute), b"waiting"),
            Silence(STRAP, GapReason.LINK_LOST, at(20 * minute), at(25 * minute)),
            beat(25 * minute + 1000),
            beat(30 * minute),
            beat(40 * minute),
        ]
    )
    journal.acknowledge(7, wall_ns=1)
    assert journal.pruned_after(0) == []
    while journal.prune(acknowledged_before_ns=None, limit=1):
        pass
    gaps = [
        (gap.strap, gap.reason, gap.since.wall_ns, gap.until.wall_ns, gap.characteristic)
        for gap in journal.pruned_after(1)
    ]
    lost = GapReason.SERVER_LOST
    assert gaps == [
        (STRAP, lost, at(10 * minute).wall_ns, at(10 * minute).wall_ns, None),
        (STRAP, lost, at(20 * minute).wall_ns, at(25 * minute + 1000).wall_ns, None),
        (STRAP, lost, at(30 * minute).wall_ns, at(30 * minute).wall_ns, None),
        (other, lost, at(10 * minute + 1).wall_ns, at(10 * minute + 1).wall_ns, None),
    ]
    in_one_minute = [gap.since.wall_ns for gap in journal.pruned_after(5)]
    assert in_one_minute == [at(20 * minute).wall_ns, at(30 * minute).wall_ns]
    assert journal.pruned_after(7) == []
    journal.append(journal.pruned_after(6))
    journal.open_epoch(after=8, known=(), epoch=Epoch("next"), wall_ns=1)
    assert journal.pruned_after(0) == []
