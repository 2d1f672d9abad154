"""A radio for bleak, through its public `backend=` classes: the code under test is unmodified down
to BleakClient.

What the FakeAir remembers outlives any gateway: a test of a restart builds a second one on it.
"""

import asyncio
from typing import Any

from bleak.args import SizedBuffer
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient, NotifyCallback
from bleak.backends.descriptor import BleakGATTDescriptor
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, BaseBleakScanner
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bleak.exc import BleakDBusError, BleakError

from gateway.straps.backend import Backend
from protocol.ble import uuids
from tests.unit.gateway.straps.fake_strap import FakeStrap


class FakeAir:
    """Every strap in reach, whoever listens, and what the operating system remembers."""

    def __init__(self, *straps: FakeStrap) -> None:
        self.straps = {strap.address: strap for strap in straps}
        self.listeners: list[FakeScanner] = []
        self.stuck: set[str] = set()  # BlueZ answers InProgress until the device is removed
        self.scan_errors: list[Exception] = []

    @property
    def backend(self) -> Backend:
        return Backend(FakeScanner, FakeClient, {"air": self})

    def advertise(self, strap: FakeStrap, rssi_dbm: int = -60) -> None:
        if strap.client is not None:
            return
        self.straps[strap.address] = strap  # of two with one address the last to speak is reached
        said = AdvertisementData(strap.name, {}, {}, [], None, rssi_dbm, ())
        for listener in self.listeners:
            device = BLEDevice(strap.address, strap.name, strap)
            listener.call_detection_callbacks(device, said)


class FakeScanner(BaseBleakScanner):
    def __init__(
        self,
        detection_callback: Any,
        service_uuids: list[str] | None,
        scanning_mode: str = "active",
        *,
        air: FakeAir,
        **_: Any,
    ) -> None:
        super().__init__(detection_callback, service_uuids)
        self._air = air

    async def start(self) -> None:
        if self._air.scan_errors:
            raise self._air.scan_errors.pop(0)
        self._air.listeners.append(self)

    async def stop(self) -> None:
        if self in self._air.listeners:
            self._air.listeners.remove(self)


class FakeClient(BaseBleakClient):
    def __init__(
        self, address_or_ble_device: BLEDevice | str, *, air: FakeAir, **rest: Any
    ) -> None:
        rest.pop("services", None)
        super().__init__(address_or_ble_device, **rest)
        self._air = air
        self._strap = air.straps[self.address]
        self._armed: dict[str, NotifyCallback] = {}

    @property
    def mtu_size(self) -> int:
        return 23

    @property
    def is_connected(self) -> bool:
        return True  # a zombie says so too, which is why nobody may believe it

    async def connect(self, pair: bool, **_: Any) -> None:  # noqa: FBT001
        strap = self._strap
        if self.address in self._air.stuck:
            raise BleakDBusError("org.bluez.Error.InProgress", [])
        if strap.connect_errors:
            raise strap.connect_errors.pop(0)
        if strap.hangs:
            await asyncio.get_running_loop().create_future()
        assert strap.client is None, "two links to one strap"
        strap.client, strap.n_links = self, strap.n_links + 1
        self.services = _collect_services(strap)

    async def disconnect(self) -> None:
        if self._strap.client is self:
            self._strap.client = None
            self.end()

    def end(self) -> None:
        self._armed = {}
        if self._disconnected_callback:
            self._disconnected_callback()

    def receive(self, characteristic: str, payload: bytes) -> bool:
        callback = self._armed.get(characteristic)
        if callback is not None:
            callback(bytearray(payload))
        return callback is not None

    async def pair(self, *_: Any, **__: Any) -> None: ...

    async def unpair(self) -> None:
        self._air.stuck.discard(self.address)

    async def read_gatt_char(
        self, characteristic: BleakGATTCharacteristic, *, use_cached: bool = False, **_: Any
    ) -> bytearray:
        self._check()
        name = uuids.characteristic_name(characteristic.uuid)
        if name == uuids.PMD_CONTROL_POINT:
            return bytearray(bytes.fromhex("0f05") + bytes(15))
        return bytearray(self._strap.values[name])

    async def write_gatt_char(
        self, characteristic: BleakGATTCharacteristic, data: SizedBuffer, response: bool
    ) -> None:
        self._check()
        answer = self._strap.answer(bytes(data))
        if answer is not None:
            loop = asyncio.get_running_loop()
            loop.call_soon(self.receive, uuids.PMD_CONTROL_POINT, answer)

    async def start_notify(
        self, characteristic: BleakGATTCharacteristic, callback: NotifyCallback, **_: Any
    ) -> None:
        self._check()
        self._armed[uuids.characteristic_name(characteristic.uuid)] = callback

    async def stop_notify(self, characteristic: BleakGATTCharacteristic) -> None:
        self._check()
        self._armed.pop(uuids.characteristic_name(characteristic.uuid), None)

    async def read_gatt_descriptor(
        self, descriptor: BleakGATTDescriptor, *, use_cached: bool = False, **_: Any
    ) -> bytearray:
        return bytearray()

    async def write_gatt_descriptor(
        self, descriptor: BleakGATTDescriptor, data: SizedBuffer
    ) -> None: ...

    def _check(self) -> None:
        if self._strap.client is not self:
            raise BleakError("Not connected")


def _collect_services(strap: FakeStrap) -> BleakGATTServiceCollection:
    names = [uuids.HEART_RATE_MEASUREMENT, *strap.values]
    if strap.has_pmd:
        names += [uuids.PMD_CONTROL_POINT, uuids.PMD_DATA]
    found = BleakGATTServiceCollection()
    service = BleakGATTService(None, 1, uuids.full_uuid(uuids.HEART_RATE_SERVICE))
    found.add_service(service)
    for handle, name in enumerate(names, 2):
        uuid = uuids.full_uuid(name)
        found.add_characteristic(
            BleakGATTCharacteristic(None, handle, uuid, ["read", "notify"], lambda: 20, service)
        )
    return found
