"""One life of a gateway's Bluetooth half on a fake air."""

import asyncio
import random
from typing import Any

from gateway.straps.fleet import StrapFleet
from protocol.messages.roster import ConsentedStream, Roster, RosterStrap
from tests.unit.gateway.straps.fake_air import FakeAir
from tests.unit.gateway.straps.fake_strap import FakeStrap
from tests.unit.gateway.straps.kept import Kept
from tests.unit.gateway.straps.strap_clock import TURNS, HandClock, turn_loop


def roster(
    *serials: str, streams: list[ConsentedStream] | None = None, model: str = "h10"
) -> Roster:
    """These straps, with everything agreed to unless said otherwise."""
    agreed = list(ConsentedStream) if streams is None else streams
    return Roster("g", "1", [RosterStrap(serial, model, None, agreed) for serial in serials])


class FleetOnAir:
    """One life of a gateway's Bluetooth half on a fake air, for an `async with` block."""

    def __init__(self, air: FakeAir, kept: Kept, clock: HandClock, **arguments: Any) -> None:
        self.air, self.kept, self.clock = air, kept, clock
        self.fleet = StrapFleet(
            air.backend, kept, clock, random.Random(1),
            hash_address=lambda address: f"hash of {address}", **arguments,
        )  # fmt: skip
        self.states = self.fleet.states()  # for whoever asks after the end
        self._running: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "FleetOnAir":
        self._running = asyncio.create_task(self.fleet.run())
        await turn_loop()
        return self

    async def __aexit__(self, *_: object) -> None:
        stopping = asyncio.create_task(self.fleet.stop())
        while not stopping.done():
            await self.clock.advance(1)
        await stopping
        if self._running is not None:
            await self._running

    async def live(self, *straps: FakeStrap, seconds: int = 1) -> None:
        """Seconds in which each strap advertises, beats and moves, as far as it can."""
        for _ in range(seconds):
            for strap in straps:
                self.air.advertise(strap)
            await turn_loop(4 * TURNS)
            for strap in straps:
                strap.beat()
                strap.move()
            await self.clock.advance(1)

    def kill(self) -> None:
        """kill -9: nothing is tidied up, not on the strap and not in the system."""
        for strap in self.air.straps.values():
            strap.client = None
        self.air.listeners.clear()
        if self._running is not None:
            self._running.cancel()
