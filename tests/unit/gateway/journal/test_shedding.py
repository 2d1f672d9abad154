"""What is given up first, and that every drop is declared with where it begins and ends."""

import pytest

from gateway.journal.entries import Observation, Silence, Unnumbered
from gateway.journal.shedding import SLICE_NS, DropLedger, Keep, least_level
from protocol.ble import uuids
from protocol.identifiers import BootId, StrapId
from protocol.messages.uplink import GapReason
from protocol.moments import ReceivedAt

STRAP, OTHER = StrapId("51ADA001"), StrapId("51ADA002")


def at(ms: int) -> ReceivedAt:
    return ReceivedAt(BootId("boot"), ms * 10**6, ms * 10**6)


def value(ms: int, characteristic: str, strap: StrapId = STRAP) -> Observation:
    return Observation(strap, characteristic, at(ms), b"\x00")


def full_gap(since: int, until: int, characteristic: str) -> Silence:
    return Silence(STRAP, GapReason.JOURNAL_FULL, at(since), at(until), characteristic)


@pytest.mark.parametrize(
    ("characteristic", "level"),
    [
        (uuids.PMD_DATA, Keep.EVERYTHING),
        (uuids.PMD_CONTROL_POINT, Keep.WITHOUT_MOVEMENT),
        (uuids.BATTERY_LEVEL, Keep.WITHOUT_MOVEMENT),
        ("gateway/link", Keep.HEART_RATE),
        (uuids.HEART_RATE_MEASUREMENT, Keep.HEART_RATE),
    ],
)
def test_a6_movement_goes_first_and_heart_rate_last(characteristic: str, level: Keep) -> None:
    assert least_level(characteristic) is level


def test_a6_a_drop_is_declared_from_the_last_value_kept_to_the_first_one_after() -> None:
    ledger = DropLedger()
    first = value(1000, uuids.PMD_DATA)
    assert ledger.sift([first], Keep.EVERYTHING) == [first]
    heart = value(1200, "2a37")
    dropped = [value(1180, uuids.PMD_DATA), value(1360, uuids.PMD_DATA)]
    assert ledger.sift([dropped[0], heart, dropped[1]], Keep.WITHOUT_MOVEMENT) == [heart]
    after = value(1540, uuids.PMD_DATA)
    assert ledger.sift([after], Keep.EVERYTHING) == [full_gap(1000, 1540, uuids.PMD_DATA), after]
    assert ledger.n_dropped == 2
    assert not ledger.is_dropping()


def test_a6_a_long_drop_is_declared_in_slices_without_seams() -> None:
    ledger = DropLedger()
    ledger.sift([value(0, "2a37")], Keep.NOTHING)
    assert ledger.due(SLICE_NS - 1) == []
    ledger.sift([value(60_000, "2a37")], Keep.NOTHING)
    assert ledger.due(SLICE_NS) == [full_gap(0, 60_000, "2a37")]
    ledger.sift([value(61_000, "2a37")], Keep.NOTHING)
    assert ledger.due(None) == [full_gap(60_000, 61_000, "2a37")]


def test_a6_streams_are_told_apart() -> None:
    ledger = DropLedger()
    ledger.sift([value(1, "2a37"), value(2, "2a37", OTHER)], Keep.NOTHING)
    kept = ledger.sift([value(9, "2a37", OTHER)], Keep.EVERYTHING)
    assert [(e.strap, type(e)) for e in kept] == [(OTHER, Silence), (OTHER, Observation)]
    assert ledger.is_dropping()


def test_a6_gaps_of_the_straps_wait_while_nothing_can_be_written() -> None:
    ledger = DropLedger()
    lost: Unnumbered = Silence(STRAP, GapReason.LINK_LOST, at(1), at(9000))
    assert ledger.sift([lost], Keep.NOTHING) == []
    assert ledger.is_dropping()
    assert ledger.sift([], Keep.HEART_RATE) == [lost]
    assert not ledger.is_dropping()


def test_a6_rows_about_links_wait_as_gaps_do_and_what_was_dropped_before_comes_first() -> None:
    """Goes red if a full disk forgets that a strap may send, or that it is off the roster."""
    ledger = DropLedger()
    ledger.sift([value(1, "2a37"), value(1, "2a37", OTHER)], Keep.NOTHING)
    row = value(2, "gateway/link")
    assert ledger.sift([row], Keep.NOTHING) == []
    ledger.sift([value(3, "2a37")], Keep.NOTHING)
    assert ledger.sift([], Keep.HEART_RATE) == [full_gap(1, 1, "2a37"), row]
    assert ledger.due(None) == [
        Silence(OTHER, GapReason.JOURNAL_FULL, at(1), at(1), "2a37"), full_gap(1, 3, "2a37"),
    ]  # fmt: skip


def test_a6_nothing_of_a_strap_is_declared_after_the_row_that_ended_its_account() -> None:
    """Goes red if a gap brings back a stamp of somebody off the roster."""
    ledger = DropLedger()
    ledger.sift([value(1, "2a37")], Keep.EVERYTHING)
    ledger.sift([value(2, "2a37")], Keep.NOTHING)
    row = value(3, "gateway/link")
    assert ledger.sift([row], Keep.EVERYTHING) == [full_gap(1, 2, "2a37"), row]
    assert ledger.due(None) == []


def test_a_copy_leaves_the_ledger_as_it_was() -> None:
    ledger = DropLedger()
    ledger.sift([value(1, "2a37")], Keep.NOTHING)
    twin = ledger.copy()
    twin.sift([value(2, "2a37")], Keep.EVERYTHING)
    assert ledger.is_dropping()
    assert not twin.is_dropping()
