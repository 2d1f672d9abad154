"""One long-lived scanner that survives a radio going away and a scan gone deaf."""

import asyncio

from bleak.backends.device import BLEDevice
from bleak.exc import BleakError

from gateway.straps.scanner import RENEW_S, Scanner
from tests.unit.gateway.straps.fake_air import FakeAir
from tests.unit.gateway.straps.fake_strap import FakeStrap
from tests.unit.gateway.straps.strap_clock import HandClock, turn_loop


async def test_serials_come_from_names_and_a_deaf_scan_is_renewed() -> None:
    strap = FakeStrap("51ADA001", "AA:00")
    nameless = FakeStrap("51ADA002", "BB:00", name="Headphones")
    air, clock = FakeAir(strap, nameless), HandClock()
    heard: list[tuple[str, str, int]] = []

    def note(serial: str, device: BLEDevice, rssi_dbm: int) -> None:
        heard.append((serial, device.address, rssi_dbm))

    scanning = asyncio.create_task(Scanner(air.backend, clock, note).run())
    await turn_loop()
    (first,) = air.listeners
    air.advertise(strap)
    air.advertise(nameless)
    assert heard == [("51ADA001", "AA:00", -60)]
    await clock.advance(RENEW_S + 1)
    (second,) = air.listeners
    assert second is not first
    scanning.cancel()
    await asyncio.wait({scanning})
    assert air.listeners == []


async def test_a_radio_that_fails_is_tried_again() -> None:
    air, clock = FakeAir(), HandClock()
    air.scan_errors = [BleakError("busy"), BleakError("busy")]
    scanner = Scanner(air.backend, clock, lambda *_: None)
    told = [(scanner.trouble, scanner.scans)]
    scanning = asyncio.create_task(scanner.run())
    await turn_loop()
    told.append((scanner.trouble, scanner.scans))
    await clock.advance(5)
    told.append((scanner.trouble, scanner.scans))
    assert told == [(None, None), ("busy", False), (None, True)]
    scanning.cancel()
    await asyncio.wait({scanning})
