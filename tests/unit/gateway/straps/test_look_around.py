"""Who counts as a strap in an advertisement."""

import asyncio

import pytest
from bleak.exc import BleakError

from gateway.errors import AdapterUnavailableError
from gateway.straps.look_around import look_around
from tests.unit.gateway.straps.fake_air import FakeAir
from tests.unit.gateway.straps.fake_strap import FakeStrap
from tests.unit.gateway.straps.strap_clock import turn_loop


async def test_straps_are_listed_strongest_first_and_others_not() -> None:
    near, far = FakeStrap("51ADA001", "AA"), FakeStrap("51ADA002", "BB")
    air = FakeAir(near, far, FakeStrap("x", "CC", name="Headphones"))
    looking = asyncio.create_task(look_around(air.backend, 0.05))
    await turn_loop()
    for strap, rssi_dbm in ((far, -90), (near, -50), (near, -50), (air.straps["CC"], -40)):
        air.advertise(strap, rssi_dbm)
    heard = await looking
    assert [(one.serial, one.n_advertisements) for one in heard] == [
        ("51ADA001", 2), ("51ADA002", 1),
    ]  # fmt: skip


async def test_no_radio_is_one_sentence() -> None:
    air = FakeAir()
    air.scan_errors = [BleakError("switched off")]
    with pytest.raises(AdapterUnavailableError, match="switched off"):
        await look_around(air.backend, 0.01)
