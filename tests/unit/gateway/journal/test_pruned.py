"""What outlives pruned entries: when each strap had them."""

from gateway.journal.entries import Entry, Observation, Silence, number_entry
from gateway.journal.pruned import Stretch, declare_lost, note_stretches
from protocol.identifiers import BootId, StrapId
from protocol.messages.uplink import GapReason
from protocol.moments import ReceivedAt

A, B = StrapId("51ADA001"), StrapId("51ADA002")
S = 10**9


def at(seconds: int) -> ReceivedAt:
    return ReceivedAt(BootId("boot"), seconds * S, seconds * S)


def beat(number: int, seconds: int, strap: StrapId = A) -> Entry:
    return number_entry(Observation(strap, "2a37", at(seconds), b""), number)


def test_one_stretch_a_strap_and_minute() -> None:
    entries = [beat(1, 61), beat(2, 62, B), beat(3, 119), beat(4, 120)]
    assert note_stretches(entries) == [
        Stretch(1, A, 61 * S, 119 * S, 3),
        Stretch(1, B, 62 * S, 62 * S, 2),
        Stretch(2, A, 120 * S, 120 * S, 4),
    ]


def test_a_pruned_gap_is_declared_from_its_beginning() -> None:
    gap = number_entry(Silence(A, GapReason.LINK_LOST, at(30), at(7200)), 9)
    assert note_stretches([gap]) == [Stretch(120, A, 30 * S, 7200 * S, 9)]


def test_what_the_gateway_itself_observed_has_no_coverage() -> None:
    observed = number_entry(Observation(A, "gateway/link", at(5), b""), 1)
    assert note_stretches([observed]) == []


def test_stretches_less_than_a_minute_apart_are_one_gap() -> None:
    """Goes red if two straps are joined, or minutes without a value are declared."""
    gaps = declare_lost(
        [
            Stretch(4, A, 240 * S, 250 * S, 9),
            Stretch(1, A, 61 * S, 119 * S, 3),
            Stretch(2, A, 120 * S, 180 * S, 4),
            Stretch(2, B, 130 * S, 130 * S, 5),
        ]
    )
    found = [(gap.strap, gap.since.wall_ns // S, gap.until.wall_ns // S) for gap in gaps]
    assert found == [(A, 61, 180), (A, 240, 250), (B, 130, 130)]
    assert {gap.since.boot_id for gap in gaps} == {""}
