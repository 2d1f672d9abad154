"""When each stream was first accounted for again, as long as nobody knows since when it wasn't."""

from gateway.journal.entries import Observation, Silence
from gateway.journal.heard import Stream, Streams
from gateway.journal.late_ends import FirstRoster, find_end, follow_ends, follow_roster
from gateway.journal.stamp_table import OWED
from gateway.straps.phases import Phase
from gateway.straps.recorder import NOT_AGREED, OFF_ROSTER
from protocol.ble import uuids
from protocol.identifiers import BootId, StrapId
from protocol.messages.codec import encode_link_event
from protocol.messages.roster import ConsentedStream
from protocol.messages.uplink import LINK_CHARACTERISTIC, GapReason, LinkEvent
from protocol.moments import ReceivedAt

A, B = StrapId("51ADA001"), StrapId("51ADA002")
HR, ACC = uuids.HEART_RATE_MEASUREMENT, uuids.PMD_DATA
LINK = LINK_CHARACTERISTIC
ALL = [(strap, name) for strap in (A, B) for name in (HR, ACC, LINK)]


def at(s: int) -> ReceivedAt:
    return ReceivedAt(BootId("boot"), s * 10**9, s * 10**9)


def value(strap: StrapId, name: str, s: int) -> Observation:
    return Observation(strap, name, at(s), b"")


def link(strap: StrapId, s: int, phase: str, detail: str | None = None) -> Observation:
    return Observation(strap, LINK, at(s), encode_link_event(LinkEvent(phase, detail=detail)))


def ends_of(*entries: Observation | Silence) -> dict[Stream, int]:
    return told_by(follow_ends({}, entries))


def told_by(ends: Streams) -> dict[Stream, int]:
    """The second of each end."""
    found = {stream: find_end(ends, stream) for stream in ALL}
    return {stream: end.monotonic_ns // 10**9 for stream, end in found.items() if end is not None}


def test_a_stream_is_over_with_its_first_value_and_no_other_row() -> None:
    """Goes red if a battery level counts: it says nothing of a heart rate that was lost."""
    declared = Silence(A, GapReason.LINK_LOST, at(1), at(4), HR)
    links = [link(A, 5, Phase.WAITING), link(A, 5, Phase.STREAMING)]
    others = [*links, value(A, "2a19", 5)]
    assert ends_of(*others, declared) == {}
    ends = ends_of(
        *others, declared, value(A, HR, 6), value(A, ACC, 7), value(A, HR, 8), value(A, ACC, 9)
    )
    assert ends == {(A, HR): 6, (A, LINK): 6, (A, ACC): 7}


def test_all_of_a_strap_is_over_as_it_leaves_the_roster() -> None:
    ends = ends_of(value(A, HR, 2), link(A, 9, Phase.CLOSED, OFF_ROSTER), value(A, ACC, 20))
    assert ends == {(A, HR): 2, (A, LINK): 2, (A, ACC): 9}


def test_one_stream_is_over_as_it_is_withdrawn() -> None:
    detail = NOT_AGREED + ConsentedStream.HEART_RATE
    assert ends_of(link(A, 9, Phase.STREAMING, detail), value(A, HR, 20)) == {
        (A, HR): 9,
        (A, LINK): 20,
    }


def test_what_the_very_first_roster_does_not_expect_is_over_then_whatever_comes_later() -> None:
    """Goes red if whoever is added later counts as expected all the while."""
    first = FirstRoster(at(3), frozenset({(A, ACC), (A, LINK)}))
    ends = follow_ends(follow_roster({}, first), [value(A, HR, 8), value(B, HR, 9)])
    over = {(A, HR): 3, (B, HR): 3, (B, ACC): 3, (B, LINK): 3}
    assert told_by(ends) == over | {(A, LINK): 8}
    assert told_by(follow_roster(ends, first)) == told_by(ends)
    assert told_by(follow_ends(ends, [value(A, ACC, 10)]))[A, ACC] == 10


def test_what_the_first_roster_of_a_later_run_does_not_expect_is_over_with_that_at_the_latest() -> (
    None
):
    ends = follow_roster({}, FirstRoster(at(3), frozenset(ALL)))
    ends = follow_ends(ends, [value(A, HR, 5)])
    assert told_by(ends) == {(A, HR): 5, (A, LINK): 5}
    ends = follow_roster(ends, FirstRoster(at(7), frozenset({(B, HR), (B, LINK)})))
    assert told_by(ends) == {(A, HR): 5, (A, LINK): 5, (A, ACC): 7, (B, ACC): 7}


def test_what_is_noted_is_under_names_that_are_no_stream_s() -> None:
    ends = follow_roster({}, FirstRoster(at(3), frozenset(ALL)))
    noted = follow_ends(ends, [value(A, HR, 5)])
    assert noted
    assert all(name.startswith(OWED) for _, name in noted)
    assert follow_ends(ends, []) == ends  # and nothing of what was before is changed
