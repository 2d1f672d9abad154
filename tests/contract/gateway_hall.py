"""A few straps on a virtual radio in this process, and a gateway's Bluetooth half beside them."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from firmware_sim.radio.bleak_backend import open_radio_here
from firmware_sim.radio.fleet_on_air import on_air
from firmware_sim.radio.peripheral import Peripheral
from firmware_sim.radio.virtual_radio import VirtualRadio
from firmware_sim.strap.fleet import build_straps
from firmware_sim.truth import NoTruth
from gateway.address_key import hash_for_now
from gateway.clock import SystemClock
from gateway.straps.backend import Backend
from gateway.straps.diagnosis import Notebook
from gateway.straps.fleet import StrapFleet
from protocol.identifiers import StrapId
from protocol.messages.codec import decode_link_event
from protocol.messages.roster import ConsentedStream, Roster, RosterStrap
from protocol.messages.uplink import LINK_CHARACTERISTIC, READ_PREFIX, GapReason, LinkEvent
from protocol.moments import ReceivedAt

LONGEST_WAIT_S = 40.0


class Witness(NoTruth):
    """Everything that straps handed to their links."""

    def __init__(self) -> None:
        self.values: list[tuple[str, str, bytes]] = []

    def sent(self, strap: str, characteristic: str, payload: bytes) -> None:
        self.values.append((strap, characteristic, payload))


class Kept(Notebook):
    """A notebook that also lists rows, gaps and what the links went through."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[tuple[str, str, bytes]] = []
        self.gaps: list[tuple[StrapId, GapReason, ReceivedAt, ReceivedAt, str | None]] = []
        self.reads: list[tuple[str, str, bytes]] = []
        self.links: list[tuple[str, LinkEvent]] = []

    def record(
        self, strap: StrapId, characteristic: str, received: ReceivedAt, payload: bytes
    ) -> None:
        super().record(strap, characteristic, received, payload)
        if characteristic == LINK_CHARACTERISTIC:
            self.links.append((strap, decode_link_event(payload)))
        elif characteristic.startswith(READ_PREFIX):
            self.reads.append((strap, characteristic, payload))
        else:
            self.values.append((strap, characteristic, payload))

    def declare_gap(
        self,
        strap: StrapId,
        reason: GapReason,
        since: ReceivedAt,
        until: ReceivedAt,
        characteristic: str | None = None,
    ) -> None:
        self.gaps.append((strap, reason, since, until, characteristic))


@dataclass
class Hall:
    """Straps on the air, and the adapter of a gateway beside them."""

    straps: list[Peripheral]
    backend: Backend
    truth: Witness
    radio: VirtualRadio

    def fleet(self, kept: Kept, *, acc_rate_hz: int = 200) -> StrapFleet:
        fleet = StrapFleet(
            self.backend, kept, SystemClock(), random.Random(7),
            hash_address=hash_for_now(), acc_rate_hz=acc_rate_hz,
        )  # fmt: skip
        fleet.apply_roster(self.roster(list(ConsentedStream)))
        return fleet

    def roster(self, streams: list[ConsentedStream]) -> Roster:
        entries = [
            RosterStrap(one.strap.serial, one.strap.model, None, streams) for one in self.straps
        ]
        return Roster("g", "1", entries)


@asynccontextmanager
async def hall(n_straps: int, model: str = "h10") -> AsyncIterator[Hall]:
    radio, truth = VirtualRadio(random.Random(3)), Witness()
    straps = build_straps(n_straps, model, start_ns=time.monotonic_ns())
    async with on_air(straps, radio, truth, 3) as peripherals, open_radio_here(radio) as parts:
        backend = Backend(parts["scanner"], parts["client"], parts["kwargs"])
        yield Hall(peripherals, backend, truth, radio)


@asynccontextmanager
async def running(fleet: StrapFleet) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(fleet.run())
    try:
        yield task
    finally:
        await fleet.stop()
        await asyncio.wait({task})


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something that does come; the limit only ends a failing test."""
    async with asyncio.timeout(LONGEST_WAIT_S):
        while not condition():
            await asyncio.sleep(0.02)


def count(kept: Kept, characteristic: str) -> int:
    return sum(1 for value in kept.values if value[1] == characteristic)


def all_heard(kept: Kept, n_straps: int, characteristic: str) -> bool:
    return len({strap for strap, name, _ in kept.values if name == characteristic}) == n_straps
