"""Up to when each stream is accounted for."""

import sqlite3

import pytest

from gateway.journal.entries import Observation, Silence, number_entry
from gateway.journal.heard import Streams, follow, follow_numbered, read_stamps, write_stamps
from gateway.journal.schema import create_tables
from gateway.straps.phases import UP, Phase
from protocol.identifiers import BootId, StrapId
from protocol.messages.codec import encode_link_event
from protocol.messages.uplink import LINK_CHARACTERISTIC, MAY_SEND, GapReason, LinkEvent
from protocol.moments import ReceivedAt

STRAP = StrapId("51ADA001")


def at(ns: int) -> ReceivedAt:
    return ReceivedAt(BootId("boot"), ns, ns)


def stamps_three_ways(entries: list[Observation | Silence], *, apart: bool) -> list[Streams]:
    """Live, from numbered entries, and from the table, in one transaction or one each."""
    live: Streams = {}
    follow(live, entries)
    numbered: Streams = {}
    follow_numbered(numbered, [number_entry(one, n) for n, one in enumerate(entries, 1)])
    connection = sqlite3.connect(":memory:", isolation_level=None)
    create_tables(connection, "e")
    for part in [[one] for one in entries] if apart else [entries]:
        write_stamps(connection, part)
    return [live, numbered, read_stamps(connection)]


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("named", [None, "pmd"])
def test_a12_a_gap_written_after_the_next_value_moves_no_stamp_back(
    named: str | None, *, apart: bool
) -> None:
    """As a night found: killed right then, the next gap would hold a value that was kept."""
    entries: list[Observation | Silence] = [
        Observation(STRAP, "2a37", at(100), b""),
        Observation(STRAP, "pmd", at(101), b""),
        Silence(STRAP, GapReason.GATEWAY_DOWN, at(10), at(100), characteristic=named),
    ]
    expected = {(STRAP, "2a37"): at(100), (STRAP, "pmd"): at(101)}
    assert stamps_three_ways(entries, apart=apart) == [expected] * 3


@pytest.mark.parametrize("apart", [False, True])
def test_stamps_of_another_boot_are_newer_whatever_they_count(*, apart: bool) -> None:
    later = ReceivedAt(BootId("next"), 5, 5)
    entries: list[Observation | Silence] = [
        Observation(STRAP, "2a37", at(900), b""),
        Silence(STRAP, GapReason.GATEWAY_DOWN, at(900), later),
    ]
    live, _, stored = stamps_three_ways(entries, apart=apart)
    assert [live, stored] == [{(STRAP, "2a37"): later}] * 2


def test_a_gap_that_tells_of_the_past_moves_no_stamp() -> None:
    """Goes red if, after a crash, a gap begins where a restored server's loss ended."""
    value = Observation(STRAP, "2a37", at(900), b"")
    lost = Silence(STRAP, GapReason.SERVER_LOST, at(100), at(200))
    expected = {(STRAP, "2a37"): at(900)}

    live: Streams = {}
    follow(live, [value, lost])
    numbered: Streams = {}
    follow_numbered(numbered, [number_entry(value, 1), number_entry(lost, 2)])
    connection = sqlite3.connect(":memory:", isolation_level=None)
    create_tables(connection, "e")
    write_stamps(connection, [value, lost])
    write_stamps(connection, [lost])
    assert [live, numbered, read_stamps(connection)] == [expected] * 3


def link(phase: str, ns: int) -> Observation:
    payload = encode_link_event(LinkEvent(phase))
    return Observation(STRAP, LINK_CHARACTERISTIC, at(ns), payload)


@pytest.mark.parametrize("apart", [False, True])
def test_a12_a_link_that_may_send_is_open_from_its_first_moment_until_it_may_no_more(
    *, apart: bool
) -> None:
    opening = [link("identifying", 5), link("subscribing", 10), link("streaming", 20)]
    stored = stamps_three_ways(list(opening), apart=apart)[2]
    assert stored == {(STRAP, LINK_CHARACTERISTIC): at(10)}
    assert stamps_three_ways([*opening, link("waiting", 30)], apart=apart)[2] == {}
    nonsense = Observation(STRAP, LINK_CHARACTERISTIC, at(30), b"\xc1")
    assert stamps_three_ways([*opening, nonsense], apart=apart)[2] == {}


def test_the_phases_in_which_a_strap_may_send_are_those_of_a_link() -> None:
    assert (UP | {Phase.DRAINING}) - {Phase.IDENTIFYING} == MAY_SEND
