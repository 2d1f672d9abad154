"""Up to when each stream is accounted for."""

import sqlite3

from gateway.journal.entries import Observation, Silence, number_entry
from gateway.journal.heard import Streams, follow, follow_numbered, read_stamps, write_stamps
from gateway.journal.schema import create_tables
from protocol.identifiers import BootId, StrapId
from protocol.messages.uplink import GapReason
from protocol.moments import ReceivedAt

STRAP = StrapId("51ADA001")


def at(ns: int) -> ReceivedAt:
    return ReceivedAt(BootId("boot"), ns, ns)


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
