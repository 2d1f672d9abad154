"""Actions one after the other; Disconnect jumps the line and clears it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bleak.backends.device import BLEDevice

from gateway.straps.connection import Connection
from gateway.straps.patience import Adapter
from gateway.straps.performer import Performer
from gateway.straps.signals import (
    Command,
    Connect,
    Connected,
    Disconnect,
    Dropped,
    Event,
    Failed,
    Fault,
    Identified,
    ReadSerial,
    Release,
    Released,
    Subscribe,
    Subscribed,
    Sync,
)
from protocol.identifiers import StrapId
from tests.unit.gateway.straps.fake_air import FakeAir
from tests.unit.gateway.straps.fake_strap import FakeStrap
from tests.unit.gateway.straps.strap_clock import HandClock, turn_loop


class Bench:
    """A performer on a fake strap, and the events that it told."""

    def __init__(self, strap: FakeStrap, *, seen: bool = True) -> None:
        self.clock, self.seen = HandClock(), seen
        self.strap, self.air, self.adapter = strap, FakeAir(strap), Adapter(self.clock)
        self.told: list[Event] = []
        self.synced = asyncio.Event()
        self.performer = Performer(
            StrapId(strap.serial), self.make, self.told.append, lambda *_: None, self.sync
        )

    async def sync(self) -> None:
        await self.synced.wait()

    def make(self, lost: Callable[[], None]) -> Connection | None:
        device = BLEDevice(self.strap.address, None, None)
        serial = StrapId(self.strap.serial)
        backend, adapter, clock = self.air.backend, self.adapter, self.clock
        if not self.seen:
            return None
        return Connection(backend, adapter, clock, serial, device, lambda *_: None, lost)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[Performer]:
        working = asyncio.create_task(self.performer.run())
        try:
            yield self.performer
        finally:
            working.cancel()
            await asyncio.wait({working})


def h10() -> FakeStrap:
    return FakeStrap("51ADA001", "AA:00")


async def test_a_line_of_actions_is_done_in_its_order() -> None:
    bench = Bench(h10())
    async with bench.at_work() as performer:
        performer.ask([Connect(), ReadSerial(), Subscribe("2a37"), Release()])
        await turn_loop(200)
    first, *rest = bench.told
    assert isinstance(first, Connected)
    assert rest == [Identified("51ADA001"), Subscribed("2a37"), Released()]


async def test_a12_nothing_is_armed_before_the_disk_has_what_was_recorded() -> None:
    strap = h10()
    bench = Bench(strap)
    async with bench.at_work() as performer:
        performer.ask([Connect(), Sync(), Subscribe("2a37")])
        await turn_loop(200)
        assert strap.connected()
        assert not strap.beat()
        bench.synced.set()
        await turn_loop(200)
        assert strap.beat()


async def test_disconnect_gives_up_a_disk_that_takes_too_long() -> None:
    strap = h10()
    bench = Bench(strap)
    async with bench.at_work() as performer:
        performer.ask([Connect(), Sync(), Subscribe("2a37")])
        await turn_loop(200)
        performer.ask([Disconnect()])
        await turn_loop(200)
        assert not strap.connected()


async def test_disconnect_gives_up_a_connect_that_hangs_and_what_waits_behind_it() -> None:
    strap = h10()
    strap.hangs = True
    bench = Bench(strap)
    async with bench.at_work() as performer:
        performer.ask([Connect(), ReadSerial()])
        await turn_loop()
        performer.ask([Disconnect()])
        await turn_loop()
        assert bench.told == []
        strap.hangs = False
        performer.ask([Connect()])
        await turn_loop(200)
        assert [type(event) for event in bench.told] == [Connected]
    assert not strap.connected()  # nothing is left behind


async def test_a_link_that_drops_is_told_once_and_one_we_end_is_not() -> None:
    bench = Bench(h10())
    async with bench.at_work() as performer:
        performer.ask([Connect()])
        await turn_loop(200)
        bench.strap.drop()
        performer.ask([Disconnect(), Connect()])
        await turn_loop(200)
        performer.ask([Disconnect()])
        await turn_loop(200)
    assert [type(event) for event in bench.told] == [Connected, Dropped, Connected]


async def test_a_refusal_is_harmless_only_where_it_is_optional() -> None:
    bench = Bench(h10())
    async with bench.at_work() as performer:
        performer.ask([Connect(), Subscribe("2a99", optional=True), Subscribe("2a99")])
        await turn_loop(200)
    _, harmless, failed = bench.told
    assert harmless == Subscribed("2a99")
    assert isinstance(failed, Failed)
    assert failed.fault is Fault.LOST


async def test_a_strap_never_seen_is_unreachable() -> None:
    bench = Bench(h10(), seen=False)
    async with bench.at_work() as performer:
        performer.ask([Connect()])
        await turn_loop()
    assert bench.told == [Failed(Fault.UNREACHABLE, "not seen yet")]


async def test_a_request_that_cannot_go_out_is_harmless_only_where_it_is_optional() -> None:
    bench = Bench(h10())
    async with bench.at_work() as performer:
        performer.ask([Command(b"\x05", optional=True), Command(b"\x05")])
        await turn_loop()
    (event,) = bench.told
    assert isinstance(event, Failed)
