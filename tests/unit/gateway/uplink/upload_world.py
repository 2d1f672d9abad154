"""A journal, a server's model and the uploader between them, in one thread."""

import asyncio
import random
from collections.abc import Iterator

from gateway.journal.entries import Observation
from gateway.journal.memory_journal import MemoryJournal
from gateway.uplink.uploader import Uploader
from protocol.identifiers import BootId, Epoch, GatewayId, StrapId
from protocol.messages.uplink import RadioReport
from protocol.moments import ReceivedAt
from tests.unit.gateway.hand_clock import HandClock, settle
from tests.unit.gateway.uplink.server_model import DirectCalls, ServerModel, Wire

GYM = GatewayId("gym")


def epochs() -> Iterator[Epoch]:
    number = 0
    while True:
        number += 1
        yield Epoch(f"e{number}")


class World:
    """A journal, a server and the uploader between them, all in one thread."""

    def __init__(self) -> None:
        self.names = epochs()
        self.clock = HandClock()
        self.server = ServerModel()
        self.wire = Wire(self.server)
        self.calls = DirectCalls(MemoryJournal(next(self.names)))
        self.payloads: list[bytes] = []
        self.radio = RadioReport(
            scans=None, n_adapters=None, n_streaming=0, most_streaming=0, acc_rate_hz=200
        )
        self.start()

    @property
    def journal(self) -> MemoryJournal:
        return self.calls.journal

    def start(self) -> None:
        """As after a restart: only the journal remembers anything."""
        self.uploader = Uploader(
            self.calls, self.wire, self.clock, random.Random(7), lambda: next(self.names),
            read_radio=lambda: self.radio,
        )  # fmt: skip

    def record(self, n: int) -> None:
        for _ in range(n):
            payload = len(self.payloads).to_bytes(4)
            self.payloads.append(payload)
            at = ReceivedAt(BootId("boot"), len(self.payloads), len(self.payloads))
            self.journal.append([Observation(StrapId("51ADA001"), "2a37", at, payload)])

    async def send(self, n_batches: int) -> None:
        for _ in range(n_batches):
            sending = asyncio.create_task(self.uploader.send_once(GYM))
            await settle()
            while not sending.done():
                await self.clock.crank(30_000_000_000)
            sending.result()
