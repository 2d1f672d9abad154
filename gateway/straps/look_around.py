"""Listen for a while and list who advertises: the first half of `doctor` and `survey`."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

from gateway.errors import AdapterUnavailableError
from gateway.straps.backend import Backend
from gateway.straps.faults import RADIO_ERRORS, describe
from protocol.ble import uuids
from protocol.ble.advertising import describe_strap
from protocol.errors import InvalidIdentifierError


@dataclass(frozen=True, slots=True)
class Advertiser:
    """One device that advertises as a strap does: heart-rate service, or a name with a serial."""

    name: str | None
    model: str | None
    serial: str | None
    rssi_dbm: int
    bpm: int | None  # broadcast without a link, by Polar's straps
    n_advertisements: int


async def look_around(backend: Backend, seconds: float) -> list[Advertiser]:
    """Everyone heard in that time, strongest first. Raises AdapterUnavailableError."""
    heard: dict[str, Advertiser] = {}

    def note(device: BLEDevice, said: AdvertisementData) -> None:
        before = heard.get(device.address)
        n_before = before.n_advertisements if before else 0
        advertiser = _describe(device, said, n_before + 1)
        if advertiser is not None:
            heard[device.address] = advertiser

    try:
        async with asyncio.timeout(seconds + 20), backend.make_scanner(note):
            await asyncio.sleep(seconds)
    except RADIO_ERRORS as error:
        raise AdapterUnavailableError(
            f"the radio doesn't scan: {describe(error)}; is Bluetooth switched on?"
        ) from error
    return sorted(heard.values(), key=lambda advertiser: -advertiser.rssi_dbm)


def _describe(device: BLEDevice, said: AdvertisementData, n: int) -> Advertiser | None:
    name = said.local_name or device.name
    services = _service_names(said.service_uuids)
    strap = describe_strap(name, services, said.manufacturer_data)
    if strap.serial is None and uuids.HEART_RATE_SERVICE not in services:
        return None
    bpm = strap.heart_rate.bpm if strap.heart_rate else None
    return Advertiser(name, strap.model, strap.serial, said.rssi, bpm, n)


def _service_names(service_uuids: Iterable[str]) -> list[str]:
    names = []
    for uuid in service_uuids:
        try:
            names.append(uuids.characteristic_name(uuid))
        except InvalidIdentifierError:
            continue  # a 32-bit UUID; no strap has one
    return names
