"""What the radio promises those who compare truth with archives."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from bleak import BleakClient

from firmware_sim.radio.bleak_backend import open_radio, open_radio_here
from firmware_sim.radio.endpoint import Endpoint
from firmware_sim.radio.fleet_on_air import on_air
from firmware_sim.radio.hci_server import serve_hci
from firmware_sim.radio.peripheral import Peripheral
from firmware_sim.radio.virtual_radio import VirtualRadio
from firmware_sim.strap.fleet import build_straps
from firmware_sim.truth import NoTruth, Truth
from tests.contract.radio_world import HEART_RATE, SERIAL_NUMBER, Listening, Value, until


class FullDisk(NoTruth):
    """A truth log that can't be written."""

    def __init__(self) -> None:
        self.n_refused = 0

    def sent(self, strap: str, characteristic: str, payload: bytes) -> None:
        self.n_refused += 1
        raise OSError(28, "No space left on device")


class Record(NoTruth):
    """Keeps what was sent, and when who connected and was asked what."""

    def __init__(self) -> None:
        self.values: list[Value] = []
        self.course: list[str] = []

    def linked(self, strap: str) -> None:
        self.course.append(f"{strap} linked")

    def answered(self, strap: str, characteristic: str, payload: bytes) -> None:
        self.course.append(f"{strap} answered {characteristic}")

    def sent(self, strap: str, characteristic: str, payload: bytes) -> None:
        self.values.append((characteristic, payload))


@asynccontextmanager
async def connected(truth: Truth) -> AsyncIterator[tuple[VirtualRadio, Peripheral, BleakClient]]:
    async with fleet(truth) as (radio, (strap,)), open_radio_here(radio) as parts:
        backend, kwargs = parts["client"], parts["kwargs"]
        async with BleakClient(strap.address, backend=backend, **kwargs) as client:
            yield radio, strap, client


@asynccontextmanager
async def fleet(
    truth: Truth, count: int = 1
) -> AsyncIterator[tuple[VirtualRadio, list[Peripheral]]]:
    radio = VirtualRadio(random.Random(1))
    straps = build_straps(count, start_ns=time.monotonic_ns())
    async with on_air(straps, radio, truth, 1) as peripherals:
        yield radio, peripherals


async def test_what_cannot_be_put_on_record_is_not_sent(caplog: pytest.LogCaptureFixture) -> None:
    """Truth first: the other order would lose the record of a value that left."""
    truth, got = FullDisk(), Listening()
    async with connected(truth) as (_, _, client):
        await got.subscribe(client, HEART_RATE)
        await until(lambda: truth.n_refused >= 2)  # it fails again and again, and goes on
    assert got.values == []
    assert "No space left on device" in caplog.text


async def test_each_link_is_on_record_before_what_is_asked_on_it() -> None:
    truth = Record()
    async with connected(truth) as (_, _, client):
        await client.read_gatt_char(SERIAL_NUMBER)
        await client.disconnect()
        await client.connect()
        await client.read_gatt_char(SERIAL_NUMBER)
    assert truth.course == ["51ADA001 linked", "51ADA001 answered 2a25"] * 2


async def test_two_gateways_at_once() -> None:
    """Each has a controller of its own; a strap that one has, the other can't connect to."""
    async with (
        fleet(NoTruth(), count=2) as (radio, straps),
        serve_hci(radio, Endpoint("127.0.0.1", 0)) as where,
        open_radio(str(where)) as one,
        open_radio(str(where)) as other,
    ):
        clients = [
            BleakClient(strap.address, backend=parts["client"], **parts["kwargs"])
            for strap, parts in zip(straps, (one, other), strict=True)
        ]
        await asyncio.gather(*(client.connect() for client in clients))
        read = [bytes(await client.read_gatt_char(SERIAL_NUMBER)) for client in clients]
        assert read == [b"51ADA001", b"51ADA002"]
        assert sum(bool(chip.air_links) for chip in radio.chips) == 4
        await asyncio.gather(*(client.disconnect() for client in clients))


async def test_a_strap_that_two_gateways_want_has_one_of_them() -> None:
    async with (
        fleet(NoTruth()) as (radio, (strap,)),
        open_radio_here(radio) as one,
        open_radio_here(radio) as other,
    ):
        clients = [
            BleakClient(strap.address, backend=parts["client"], timeout=1.0, **parts["kwargs"])
            for parts in (one, other)
        ]
        ended = await asyncio.gather(
            *(client.connect() for client in clients), return_exceptions=True
        )
        assert {type(each) for each in ended} == {type(None), TimeoutError}
        assert len(strap.chip.air_links) == 1
        await asyncio.gather(*(client.disconnect() for client in clients))


async def test_a_host_that_takes_nothing_loses_nothing() -> None:
    """While the gateway's socket is full, straps keep what they have; then it comes, in order."""
    truth, got = Record(), Listening()
    async with connected(truth) as (radio, strap, client):
        await got.subscribe(client, HEART_RATE)
        (gateway,) = [chip for chip in radio.chips if chip is not strap.chip]
        radio.set_host_stuck(gateway, stuck=True)
        # Two reports take longer than the supervision time: the radio itself still answers.
        await until(lambda: len(truth.values) >= 3)
        assert got.values == []
        radio.set_host_stuck(gateway, stuck=False)
        await until(lambda: len(got.values) >= 3)
        assert client.is_connected
    assert got.values == truth.values
