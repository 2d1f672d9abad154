"""Which gaps of a run that died are over already, when at last it is known where they begin."""

from gateway.journal.entries import Observation, Silence, number_entry
from gateway.journal.heard import Streams
from gateway.late_inheritance import find_over, note_ends
from gateway.straps.gaps import Gap
from gateway.straps.phases import Phase
from gateway.straps.recorder import OFF_ROSTER
from protocol.ble import uuids
from protocol.identifiers import BootId, StrapId
from protocol.messages.codec import encode_link_event
from protocol.messages.uplink import LINK_CHARACTERISTIC, GapReason, LinkEvent
from protocol.moments import ReceivedAt

A, B = StrapId("51ADA001"), StrapId("51ADA002")
HR, ACC = uuids.HEART_RATE_MEASUREMENT, uuids.PMD_DATA
LINK = LINK_CHARACTERISTIC


def at(s: int) -> ReceivedAt:
    return ReceivedAt(BootId("boot"), s * 10**9, s * 10**9)


def value(strap: StrapId, name: str, s: int) -> Observation:
    return Observation(strap, name, at(s), b"")


def link(strap: StrapId, s: int, phase: str, detail: str | None = None) -> Observation:
    return Observation(strap, LINK, at(s), encode_link_event(LinkEvent(phase, detail=detail)))


def ends_of(left: Streams, *entries: Observation | Silence) -> Streams:
    ends: Streams = {}
    note_ends(ends, left, [number_entry(entry, n) for n, entry in enumerate(entries, 1)])
    return ends


def test_a_stream_is_over_with_its_first_value_and_no_other_row() -> None:
    left = {(A, HR): at(1), (A, ACC): at(2), (B, HR): at(3)}
    declared = Silence(B, GapReason.JOURNAL_DAMAGED, at(1), at(4))
    others: list[Observation | Silence] = [
        link(A, 5, Phase.WAITING),
        value(A, "read/2a19", 5),
        declared,
    ]
    ends = ends_of(left, *others, value(A, HR, 6), value(A, HR, 7), value(B, ACC, 8))
    assert ends == {(A, HR): at(6)}
    assert find_over(left, ends) == [(A, Gap(GapReason.GATEWAY_DOWN, at(1), at(6), HR))]


def test_a_link_that_sent_nothing_yet_is_over_with_the_first_value_of_its_strap() -> None:
    """Goes red if a battery level counts: it says nothing of a heart rate that was lost."""
    left = {(A, LINK): at(1), (B, LINK): at(1), (B, HR): at(2)}
    ends = ends_of(left, value(A, "2a19", 4), value(B, HR, 5), value(A, ACC, 6))
    assert ends == {(A, LINK): at(6), (B, HR): at(5), (B, LINK): at(5)}
    assert sorted(find_over(left, ends), key=lambda over: over[0]) == [
        (A, Gap(GapReason.GATEWAY_DOWN, at(1), at(6))),
        (B, Gap(GapReason.GATEWAY_DOWN, at(2), at(5), HR)),
    ]


def test_all_of_a_strap_is_over_as_it_leaves_the_roster() -> None:
    left = {(A, HR): at(1), (A, "2a19"): at(1), (B, HR): at(1)}
    ends = ends_of(left, link(A, 9, Phase.CLOSED, OFF_ROSTER), value(A, HR, 20))
    assert ends == {(A, HR): at(9), (A, "2a19"): at(9)}
    assert find_over(left, ends) == [(A, Gap(GapReason.GATEWAY_DOWN, at(1), at(9), HR))]
