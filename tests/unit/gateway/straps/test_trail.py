"""Rows of a link's life: one a change, one a minute while the strap is heard."""

from gateway.straps.recorder import OFF_ROSTER
from gateway.straps.trail import LinkTrail
from protocol.identifiers import StrapId
from protocol.messages.uplink import LinkEvent
from tests.unit.gateway.straps.kept import Kept
from tests.unit.gateway.straps.strap_clock import HandClock


async def test_a_row_for_each_change_and_one_a_minute() -> None:
    kept, clock = Kept(), HandClock()
    trail = LinkTrail(StrapId("51ADA001"), kept, clock)
    for rssi_dbm in (-60, -61, -62):
        trail.note("streaming", None, rssi_dbm, "h")
    trail.note("streaming", "no heart rate any more", -63, "h")
    assert [event.rssi_dbm for event in kept.links()] == [-60, -63]
    await clock.advance(60)
    trail.note("streaming", "no heart rate any more", None, "h")
    assert len(kept.links()) == 2  # nothing new to say
    trail.note("streaming", "no heart rate any more", -70, "h")
    assert len(kept.links()) == 3
    trail.end()
    trail.note("closed", None, -70, "h")
    assert kept.links()[3:] == [LinkEvent("closed", detail=OFF_ROSTER)]


def test_no_address_gets_into_a_row_whoever_wrote_the_sentence() -> None:
    kept = Kept()
    trail = LinkTrail(StrapId("51ADA001"), kept, HandClock())
    trail.note("waiting", "Device A0:9E:1A:8A:A8:7D was not found", -60, "h")
    assert [event.detail for event in kept.links()] == ["Device (address) was not found"]
