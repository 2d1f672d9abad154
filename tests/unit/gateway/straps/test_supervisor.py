"""A bug of ours costs one strap a second, not the session."""

import logging

import pytest

from protocol.ble import uuids
from protocol.identifiers import StrapId
from protocol.messages.uplink import GapReason
from protocol.moments import ReceivedAt
from tests.unit.gateway.straps.fake_air import FakeAir
from tests.unit.gateway.straps.fake_strap import FakeStrap
from tests.unit.gateway.straps.fleet_on_air import FleetOnAir, roster
from tests.unit.gateway.straps.kept import Kept
from tests.unit.gateway.straps.strap_clock import HandClock


class BuggyKept(Kept):
    """A recorder that breaks its promise once."""

    broke = False

    def declare_gap(
        self,
        strap: StrapId,
        reason: GapReason,
        since: ReceivedAt,
        until: ReceivedAt,
        characteristic: str | None = None,
    ) -> None:
        if not self.broke:
            self.broke = True
            raise KeyError("a bug")
        super().declare_gap(strap, reason, since, until, characteristic)


async def test_a_bug_is_logged_with_its_traceback_and_the_strap_comes_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    strap = FakeStrap("51ADA001", "AA:00")
    gateway = FleetOnAir(FakeAir(strap), BuggyKept(), HandClock())
    gateway.fleet.apply_roster(roster("51ADA001"))
    async with gateway:
        await gateway.live(strap, seconds=3)
        strap.drop()
        await gateway.live(strap, seconds=6)
        assert gateway.fleet.states()[0].phase == "streaming"
    (logged,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert logged.exc_info is not None
    assert gateway.kept.payloads(uuids.HEART_RATE_MEASUREMENT)
    assert strap.n_links >= 3  # the first, the one that met the bug, the one after
