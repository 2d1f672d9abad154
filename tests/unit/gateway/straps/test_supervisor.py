"""A bug of ours costs one strap a second, not the session."""

import logging

import pytest

from protocol.ble import uuids
from protocol.identifiers import StrapId
from protocol.moments import ReceivedAt
from tests.unit.gateway.straps.fake_air import FakeAir
from tests.unit.gateway.straps.fake_strap import FakeStrap
from tests.unit.gateway.straps.fleet_on_air import FleetOnAir, roster
from tests.unit.gateway.straps.kept import Kept
from tests.unit.gateway.straps.strap_clock import HandClock, turn_loop


class BuggyKept(Kept):
    """A recorder that breaks its promise once."""

    breaks = False

    def record(
        self, strap: StrapId, characteristic: str, received: ReceivedAt, payload: bytes
    ) -> None:
        if self.breaks:
            self.breaks = False
            raise KeyError("a bug")
        super().record(strap, characteristic, received, payload)


async def test_a_bug_is_logged_with_its_traceback_and_the_strap_comes_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    strap = FakeStrap("51ADA001", "AA:00")
    kept = BuggyKept()
    gateway = FleetOnAir(FakeAir(strap), kept, HandClock())
    gateway.fleet.apply_roster(roster("51ADA001"))
    async with gateway:
        await gateway.live(strap, seconds=3)
        kept.breaks = True  # at the row that says so
        strap.drop()
        await turn_loop()
        await gateway.live(strap, seconds=6)
        assert gateway.fleet.states()[0].phase == "streaming"
    (logged,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert logged.exc_info is not None
    assert gateway.kept.payloads(uuids.HEART_RATE_MEASUREMENT)
    assert strap.n_links == 2
