"""One client, one attempt: stamps first, deadlines everywhere, nothing left behind."""

import pytest
from bleak.backends.device import BLEDevice

from gateway.errors import LinkLostError
from gateway.straps.connection import Connection
from gateway.straps.patience import Adapter
from protocol.ble import uuids
from protocol.identifiers import StrapId
from protocol.moments import ReceivedAt
from tests.unit.gateway.straps.fake_air import FakeAir
from tests.unit.gateway.straps.fake_strap import FakeStrap
from tests.unit.gateway.straps.strap_clock import HandClock

HR = uuids.HEART_RATE_MEASUREMENT


class Bench:
    """A connection to one fake strap, and all that it told."""

    def __init__(self) -> None:
        self.strap = FakeStrap("51ADA001", "AA:00")
        self.clock = HandClock()
        self.values: list[tuple[str, ReceivedAt, bytes]] = []
        self.n_lost = 0

    def connection(self) -> Connection:
        device = BLEDevice("AA:00", self.strap.name, None)
        return Connection(
            FakeAir(self.strap).backend, Adapter(self.clock), self.clock, StrapId("51ADA001"),
            device, self.take, self.lose,
        )  # fmt: skip

    def take(self, name: str, received: ReceivedAt, payload: bytes) -> None:
        self.values.append((name, received, payload))

    def lose(self) -> None:
        self.n_lost += 1


async def test_h1_each_value_has_the_stamp_of_its_arrival_and_its_own_bytes() -> None:
    bench = Bench()
    async with bench.connection() as link:
        await link.subscribe(HR)
        arrived = bench.clock.now()
        bench.strap.beat()
        assert bench.values == [(HR, arrived, b"\x00\x4851ADA001")]
        assert type(bench.values[0][2]) is bytes  # bleak's bytearray may be written to again
        await link.unsubscribe(HR)
        assert not bench.strap.beat()


async def test_the_end_of_the_block_ends_the_link() -> None:
    bench = Bench()
    async with bench.connection():
        assert bench.strap.connected()
    assert not bench.strap.connected()
    assert bench.n_lost == 1


async def test_a_connect_that_fails_leaves_no_link() -> None:
    bench = Bench()
    bench.strap.connect_errors = [TimeoutError()]
    with pytest.raises(TimeoutError):
        async with bench.connection():
            pass
    assert not bench.strap.connected()


async def test_what_the_strap_does_not_have_is_a_lost_link_not_a_crash() -> None:
    async with Bench().connection() as link:
        assert HR in link.characteristics
        assert link.services == (uuids.HEART_RATE_SERVICE,)
        with pytest.raises(LinkLostError, match="2a00"):
            await link.read("2a00")
