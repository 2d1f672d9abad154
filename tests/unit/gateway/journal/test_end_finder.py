"""Whose values may have been on their way as a file ends whose stamps are unreadable."""

import pytest

from gateway.journal.end_finder import ALIVE_NS, CLOSED, EndFinder
from gateway.journal.entries import Entry, Observation, Silence, number_entry
from gateway.journal.heard import Streams
from gateway.straps.phases import Phase
from gateway.straps.recorder import NOT_AGREED, OFF_ROSTER
from protocol.ble import uuids
from protocol.identifiers import BootId, StrapId
from protocol.messages.codec import encode_link_event
from protocol.messages.roster import ConsentedStream
from protocol.messages.uplink import LINK_CHARACTERISTIC, GapReason, LinkEvent
from protocol.moments import ReceivedAt

A, B, C = StrapId("51ADA001"), StrapId("51ADA002"), StrapId("51ADA003")
LINK = LINK_CHARACTERISTIC


def at(ns: int, boot: str = "boot", *, wall_ns: int | None = None) -> ReceivedAt:
    return ReceivedAt(BootId(boot), ns, ns if wall_ns is None else wall_ns)


def record(number: int, moment: ReceivedAt, strap: StrapId = A, name: str = "2a37") -> Entry:
    return number_entry(Observation(strap, name, moment, b""), number)


def link(
    number: int, moment: ReceivedAt, phase: str, detail: str | None = None, strap: StrapId = A
) -> Entry:
    payload = encode_link_event(LinkEvent(phase, detail=detail))
    return number_entry(Observation(strap, LINK, moment, payload), number)


def gap(
    number: int,
    since: ReceivedAt,
    until: ReceivedAt,
    strap: StrapId = A,
    name: str | None = None,
    reason: GapReason = GapReason.LINK_LOST,
) -> Entry:
    return number_entry(Silence(strap, reason, since, until, name), number)


def streams_of(*entries: Entry) -> Streams:
    """The same in whatever order they lie in the file."""
    told = []
    turned = [entries[n:] + entries[:n] for n in range(max(1, len(entries)))]
    for order in [*turned, *(one[::-1] for one in turned)]:
        finder = EndFinder()
        for entry in order:
            finder.note(entry)
        told.append(finder.streams())
    assert all(one == told[0] for one in told)
    return told[0]


def test_the_stamp_of_a_stream_is_its_highest_number_s_a_gap_s_end_counts_as_well() -> None:
    values = [
        record(5, at(50)),
        record(4, at(40)),
        record(3, at(30), B),
        record(6, at(60), A, "fb"),
    ]
    assert streams_of(*values) == {(A, "2a37"): at(50), (B, "2a37"): at(30), (A, "fb"): at(60)}
    gaps = [gap(8, at(0), at(80)), gap(7, at(0), at(70), B, "2a37")]
    assert streams_of(*values[:3], *gaps) == {(A, "2a37"): at(80), (B, "2a37"): at(70)}
    assert streams_of(*values[:2], *gaps, record(9, at(90)))[A, "2a37"] == at(90)
    assert streams_of() == {}


@pytest.mark.parametrize("reason", [GapReason.SERVER_LOST, GapReason.JOURNAL_DAMAGED])
def test_a_gap_that_tells_of_the_past_says_nothing_of_the_end(reason: GapReason) -> None:
    """Goes red if what a journal says of an older one's damage ends its own streams."""
    past = gap(6, at(0, "earlier"), at(10**9, "earlier"), reason=reason)
    assert streams_of(record(5, at(50)), past) == {(A, "2a37"): at(50)}


def test_a_clock_that_is_set_back_sets_no_stamp_back() -> None:
    value = record(5, at(50, wall_ns=10**6))
    assert streams_of(value, gap(6, at(50), at(60))) == {(A, "2a37"): at(60)}


def test_a_gap_of_an_earlier_boot_that_is_told_late_sets_nothing_back() -> None:
    """Goes red if the next gap lies over values that are kept."""
    late = gap(6, at(1, "earlier"), at(20, "earlier"), name="2a37", reason=GapReason.GATEWAY_DOWN)
    assert streams_of(record(5, at(50)), late) == {(A, "2a37"): at(50)}
    assert streams_of(record(5, at(50)), late, gap(7, at(10), at(40))) == {(A, "2a37"): at(50)}


def test_a_stream_of_an_earlier_run_has_no_gap_to_be_closed() -> None:
    """Goes red if a strap worn last week is declared to be silent since then."""
    assert streams_of(
        record(1, at(1)),
        record(2, at(10**15, "last week"), C),
        record(3, at(10**15, "yesterday"), B),
        record(4, at(2 + ALIVE_NS), B, "fb"),
    ) == {(B, "fb"): at(2 + ALIVE_NS), (B, "2a37"): at(10**15, "yesterday")}


def test_a12_who_is_not_back_since_a_power_cut_was_there_at_its_moment() -> None:
    """Goes red if a second power cut within a minute makes a search forget all but the first back.

    Whoever was gone two minutes before the first one isn't back either.
    """
    gone = record(1, at(9, "a"), C)
    before = [record(2, at(ALIVE_NS, "a"), B), record(3, at(ALIVE_NS + 10, "a"))]
    told = streams_of(gone, *before, record(4, at(7, "b")))
    assert told == {(A, "2a37"): at(7, "b"), (B, "2a37"): at(ALIVE_NS, "a")}


def test_a12_a_gap_over_a_reboot_makes_nobody_forgotten() -> None:
    """Its end names no boot: goes red if that is taken for the boot that all others must be of."""
    over = [gap(n, at(9, "a"), at(m, "b"), strap) for n, m, strap in [(4, 30, A), (7, 32, B)]]
    values = [record(3, at(30, "b")), record(5, at(31, "b")), record(6, at(32, "b"), B)]
    assert streams_of(*over, *values) == {(A, "2a37"): at(31, "b"), (B, "2a37"): at(32, "b")}


def test_a12_a_slice_over_a_reboot_is_how_far_a_strap_is_accounted_for() -> None:
    """Who isn't back yet: of the slice's end only the wall clock's time is known."""
    entries = [record(1, at(9, "a"), B), record(2, at(7, "b", wall_ns=70))]
    told = streams_of(*entries, gap(3, at(9, "a"), at(8, "b", wall_ns=80), B))
    assert told[B, "2a37"] == at(0, "", wall_ns=80)
    entries.append(gap(3, at(9, "a"), at(8, "b", wall_ns=80), B))
    later = [record(4, at(1, "c", wall_ns=90)), record(5, at(1, "d", wall_ns=95))]
    assert (B, "2a37") in streams_of(*entries, later[0])
    assert streams_of(*entries, *later) == {(A, "2a37"): at(1, "d", wall_ns=95)}


def test_a12_a_link_that_let_a_strap_send_is_known_also_without_a_value() -> None:
    """Goes red if a first value that died is in no gap because the stamps died as well."""
    opened = link(1, at(1), Phase.SUBSCRIBING)
    assert streams_of(opened) == {(A, LINK): at(1)}
    assert streams_of(opened, link(2, at(2), Phase.STREAMING)) == {(A, LINK): at(2)}
    assert streams_of(link(1, at(1), Phase.WAITING)) == {}
    covered = gap(3, at(1), at(70), reason=GapReason.GATEWAY_DOWN)
    assert streams_of(opened, link(2, at(60), Phase.WAITING), covered) == {(A, LINK): at(70)}
    withdrawn = link(2, at(60), Phase.WAITING, NOT_AGREED + ConsentedStream.MOVEMENT)
    assert streams_of(opened, withdrawn) == {(A, LINK): at(1)}


def test_who_withdrew_before_the_end_has_no_gap_of_it() -> None:
    """Goes red if the gateway is said to have been down for her; also once she agrees again."""
    other = record(1, at(20), B)
    gone = [record(2, at(21)), link(3, at(22), Phase.CLOSED, OFF_ROSTER)]
    back = link(4, at(23), Phase.WAITING)
    assert streams_of(other, *gone) == streams_of(other, *gone, back) == {(B, "2a37"): at(20)}
    assert streams_of(*gone, back, record(5, at(30))) == {(A, "2a37"): at(30)}
    told_late = gap(4, at(1), at(22), name="2a37", reason=GapReason.GATEWAY_DOWN)
    rows = [gone[1], told_late, link(5, at(24), Phase.WAITING)]
    assert streams_of(other, *rows) == {(B, "2a37"): at(20)}


def test_of_a_stream_that_was_withdrawn_alone_nothing_is_expected() -> None:
    values = [record(1, at(20)), record(2, at(20), A, uuids.PMD_DATA)]
    row = link(3, at(21), Phase.STREAMING, NOT_AGREED + ConsentedStream.HEART_RATE)
    assert streams_of(*values, row) == {(A, uuids.PMD_DATA): at(21), (A, LINK): at(21)}
    assert streams_of(*values, row, record(4, at(22)))[A, "2a37"] == at(22)


def test_whom_the_gateway_left_tidily_has_no_gap_of_the_night_that_followed() -> None:
    """Goes red if all straps of yesterday's last minute count as there when a boot ends badly."""
    evening = [record(1, at(5, "a")), link(2, at(6, "a"), CLOSED), gap(3, at(5, "a"), at(7, "a"))]
    assert streams_of(*evening, record(4, at(1, "b"), B)) == {(B, "2a37"): at(1, "b")}
    assert CLOSED == Phase.CLOSED
