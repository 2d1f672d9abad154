"""What a new journal learns at once from the damaged one before it, and what it remembers."""

import sqlite3
from pathlib import Path

import pytest

from gateway.errors import JournalBusyError, JournalError, JournalFullError
from gateway.journal.entries import Observation, Silence
from gateway.journal.folder import create_file
from gateway.journal.heard import Streams
from gateway.journal.inheritance import (
    inherit_unclosed,
    is_handed_over,
    keep_roster,
    mark_handed_over,
    note_progress,
    read_progress,
)
from gateway.journal.late_ends import FirstRoster, find_end
from gateway.journal.memory_journal import MemoryJournal
from gateway.journal.sqlite_journal import SqliteJournal
from gateway.journal.store_mode import choose_store_mode
from protocol.identifiers import BootId, Epoch, StrapId
from protocol.messages.codec import encode_link_event
from protocol.messages.uplink import LINK_CHARACTERISTIC, GapReason, LinkEvent
from protocol.moments import ReceivedAt

A, B = StrapId("51ADA001"), StrapId("51ADA002")
MODE = choose_store_mode(False, (3, 40, 1))


def at(s: int) -> ReceivedAt:
    return ReceivedAt(BootId("boot"), s * 10**9, s * 10**9)


def value(strap: StrapId, s: int) -> Observation:
    return Observation(strap, "2a37", at(s), s.to_bytes(2) * 100)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A run that ended cleanly, and one that didn't: in the second only one strap was worn."""
    file = tmp_path / "journal-1.sqlite"
    create_file(file, Epoch("old"))
    journal = SqliteJournal(file, MODE)
    journal.append([value(A, 1), value(B, 2)])
    journal.mark_clean_stop()
    journal.close()
    journal = SqliteJournal(file, MODE)
    journal.append([value(B, 1000), value(B, 1001)])
    journal.append([Silence(B, GapReason.LINK_LOST, at(1001), at(1061))])
    journal.close()
    return file


def test_the_gap_of_the_crash_begins_where_the_damaged_journal_s_account_ends(path: Path) -> None:
    """Goes red if a gap that is declared already, or an earlier run, is counted again."""
    fresh = MemoryJournal(Epoch("new"))
    assert inherit_unclosed(fresh, [path]) == {(B, "2a37"): at(1061)}
    fresh.append([value(B, 2000)])
    assert inherit_unclosed(fresh, [path]) == {}
    assert inherit_unclosed(MemoryJournal(Epoch("new")), []) == {}


def test_a12_what_the_damaged_journal_left_open_is_on_the_new_one_s_disk(
    path: Path, tmp_path: Path
) -> None:
    """Also where the first run after it wrote other rows, and died."""
    new = tmp_path / "journal-2.sqlite"
    create_file(new, Epoch("new"), owes_inheritance=True)
    left = {(B, "2a37"): at(1061)}
    for n_before in range(3):
        journal = SqliteJournal(new, MODE)
        assert inherit_unclosed(journal, [path]) == left == journal.unclosed()
        journal.append([Observation(A, "gateway/link", at(2000 + n_before), b"")])
        journal.close()
    journal = SqliteJournal(new, MODE)
    journal.append([value(B, 3000)])
    journal.close()
    assert SqliteJournal(new, MODE).unclosed() == {(B, "2a37"): at(3000)}


@pytest.mark.parametrize("error", [JournalFullError("full"), JournalBusyError("held")])
def test_a_disk_that_takes_none_of_it_stops_no_start(
    path: Path, error: JournalError, caplog: pytest.LogCaptureFixture
) -> None:
    class Unwilling(MemoryJournal):
        def inherit(self, left: Streams) -> None:
            raise error

    assert inherit_unclosed(Unwilling(Epoch("new")), [path]) == {(B, "2a37"): at(1061)}
    assert str(error) in caplog.text


def test_a12_a_link_of_a_life_between_is_taken_over_with_what_a_damaged_journal_left(
    path: Path, tmp_path: Path
) -> None:
    """Goes red if the new journal's own stamps are forgotten where it has no entry any more."""
    new = tmp_path / "journal-2.sqlite"
    create_file(new, Epoch("new"), owes_inheritance=True)
    journal = SqliteJournal(new, MODE)
    opened = encode_link_event(LinkEvent("subscribing"))
    journal.append([Observation(A, LINK_CHARACTERISTIC, at(2000), opened)])
    journal.open_epoch(1, (), Epoch("f"), 1)
    journal.close()
    journal = SqliteJournal(new, MODE)
    assert inherit_unclosed(journal, [path]) == {
        (A, LINK_CHARACTERISTIC): at(2000),
        (B, "2a37"): at(1061),
    }
    journal.close()


def test_intact_entries_know_better_than_a_stamp(path: Path) -> None:
    """A flipped bit in a stamp has no digest to show it."""
    content = path.read_bytes()
    stamp = (1061 * 10**9).to_bytes(6)
    assert content.count(stamp) > 0
    path.write_bytes(content.replace(stamp, (1061 * 10**9 + 2**40).to_bytes(6)))
    assert inherit_unclosed(MemoryJournal(Epoch("new")), [path]) == {(B, "2a37"): at(1001)}


def test_a_stamp_that_no_server_would_take_is_not_repeated_in_a_gap(path: Path) -> None:
    """Goes red if a flipped sign in the stamps can make a gap that is refused for ever."""
    connection = sqlite3.connect(path)
    connection.execute("UPDATE stream SET monotonic_ns = -1, wall_ns = -1, boot_id = 'b!'")
    connection.execute("DELETE FROM entry")
    connection.commit()
    connection.close()
    unclosed = inherit_unclosed(MemoryJournal(Epoch("new")), [path])
    assert unclosed == {(B, "2a37"): ReceivedAt(BootId(""), -1, 0)}


def test_nothing_was_on_its_way_after_a_clean_stop(path: Path) -> None:
    journal = SqliteJournal(path, MODE)
    journal.mark_clean_stop()
    journal.close()
    assert inherit_unclosed(MemoryJournal(Epoch("new")), [path]) == {}


def test_what_takes_long_to_find_out_is_left_for_later(path: Path) -> None:
    fresh = MemoryJournal(Epoch("new"))
    undo_file = path.with_name(path.name + "-journal")
    undo_file.write_bytes(b"")  # the file would have to be copied first
    assert inherit_unclosed(fresh, [path]) is None
    undo_file.unlink()
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])  # all pages would have to be searched
    assert inherit_unclosed(fresh, [path]) is None
    path.unlink()
    assert inherit_unclosed(fresh, [path]) is None


def test_a12_what_was_left_for_later_is_owed_until_it_is_in_the_journal(
    path: Path, tmp_path: Path
) -> None:
    """Goes red if a gateway that is killed during a search, or ends cleanly, forgets it."""
    new = tmp_path / "journal-2.sqlite"
    create_file(new, Epoch("new"), owes_inheritance=True)
    undo_file = path.with_name(path.name + "-journal")
    undo_file.write_bytes(b"")
    for n_before in range(3):
        journal = SqliteJournal(new, MODE)
        assert inherit_unclosed(journal, [path]) is None
        journal.append([Observation(A, "gateway/link", at(2000 + n_before), b"")])
        if n_before == 1:
            journal.mark_clean_stop()
        journal.close()
    undo_file.unlink()  # what it says could be read at once, but there are entries by now
    journal = SqliteJournal(new, MODE)
    assert inherit_unclosed(journal, [path]) is None
    journal.inherit({(B, "2a37"): at(1061)})
    journal.close()
    assert inherit_unclosed(SqliteJournal(new, MODE), [path]) == {(B, "2a37"): at(1061)}


def test_a12_what_is_noted_while_the_answer_is_owed_outlives_every_end_of_a_run(
    tmp_path: Path,
) -> None:
    """Goes red if a kill, a clean stop or a new numbering forgets when a stream was over."""
    new = tmp_path / "journal-2.sqlite"
    create_file(new, Epoch("new"), owes_inheritance=True)
    journal = SqliteJournal(new, MODE)
    journal.append([value(B, 3000)])
    keep_roster(journal, FirstRoster(at(2900), frozenset({(B, "2a37")})))
    noted = journal.late_ends()
    for end in ("killed", "clean", "anew"):
        if end == "clean":
            journal.mark_clean_stop()
        if end == "anew":
            journal.open_epoch(journal.next_seq - 1, (), Epoch("f"), 1)
        journal.close()
        journal = SqliteJournal(new, MODE)
        assert journal.late_ends() == noted
        assert (find_end(noted, (B, "2a37")), find_end(noted, (A, "2a37"))) == (at(3000), at(2900))
    assert journal.unclosed() == {}
    journal.inherit({})
    journal.append([value(A, 4000)])
    keep_roster(journal, FirstRoster(at(4000), frozenset()))
    journal.close()
    assert SqliteJournal(new, MODE).late_ends() == {}


@pytest.mark.parametrize("later", ["entries", "a clean stop"])
def test_a12_a_roster_that_the_disk_did_not_take_is_kept_with_the_next_entries_or_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, later: str
) -> None:
    """Goes red if a gap that a search finds goes on over the time that the gateway was off."""
    new = tmp_path / "journal-2.sqlite"
    create_file(new, Epoch("new"), owes_inheritance=True)
    journal = SqliteJournal(new, MODE)

    def refuse(_: object) -> None:
        raise JournalFullError("full")

    with monkeypatch.context() as full:
        full.setattr(journal, "_keep_ends", refuse)
        keep_roster(journal, FirstRoster(at(2900), frozenset()))
    if later == "entries":
        journal.append([Observation(A, "read/2a19", at(3000), b"")])
    else:
        journal.mark_clean_stop()
    journal.close()
    assert find_end(SqliteJournal(new, MODE).late_ends(), (A, "2a37")) == at(2900)


def test_how_far_a_handover_came_is_trusted_only_if_no_bit_of_it_flipped(path: Path) -> None:
    """Goes red if 4000 can become 6000: two thousand entries would never be sent."""
    assert read_progress(path) == 0
    note_progress(path, 4000)
    assert read_progress(path) == 4000
    note = path.with_suffix(".handing-over")
    note.write_bytes(note.read_bytes().replace(b"4000", b"6000"))
    assert read_progress(path) == 0


def test_a_handover_that_is_done_is_done(path: Path) -> None:
    note_progress(path, 4000)
    assert not is_handed_over(path)
    mark_handed_over(path)
    assert is_handed_over(path)
    assert read_progress(path) == 0
