"""Fakes at the real seams: a clock cranked by hand, a recorder that is a list, a radio for bleak.

The radio speaks through bleak's public `backend=` classes, so the code under test is unmodified
down to BleakClient. What a FakeStrap or the FakeAir remembers outlives any gateway: a test of a
restart builds a second gateway on the same air.
"""

import asyncio
import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
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
from gateway.straps.fleet import StrapFleet, StrapStatus
from protocol.ble import uuids
from protocol.identifiers import BootId, StrapId
from protocol.messages.codec import decode_link_event
from protocol.messages.roster import ConsentedStream, Roster, RosterStrap
from protocol.messages.uplink import LINK_CHARACTERISTIC, GapReason, LinkEvent
from protocol.moments import ReceivedAt

NS_PER_S = 1_000_000_000
TURNS = 40  # of the event loop: enough for the longest chain of awaits without a clock in it
SETTINGS = bytes.fromhex("00041900320064 00c800 01011000 0203020004000800".replace(" ", ""))


async def turn_loop(turns: int = TURNS) -> None:
    """Let everything run that doesn't wait for the clock."""
    loop = asyncio.get_running_loop()
    for _ in range(turns):
        turned = loop.create_future()
        loop.call_soon(turned.set_result, None)
        await turned


class HandClock:
    """Time passes when a test says so; the wall can be stepped apart from it."""

    def __init__(self) -> None:
        self.now_ns = 1_000 * NS_PER_S
        self.wall_step_ns = 0
        self._alarms: list[tuple[int, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._cancelled: set[int] = set()

    def now(self) -> ReceivedAt:
        wall_ns = 1_800_000_000 * NS_PER_S + self.now_ns + self.wall_step_ns
        return ReceivedAt(BootId("boot-a"), self.now_ns, wall_ns)

    def call_at(self, monotonic_ns: int, callback: Callable[[], None]) -> Callable[[], None]:
        number = next(self._numbers)
        heapq.heappush(self._alarms, (monotonic_ns, number, callback))
        return lambda: self._cancelled.add(number)

    async def advance(self, seconds: float) -> None:
        """Pass from alarm to alarm, letting the loop run after each."""
        end_ns = self.now_ns + round(seconds * NS_PER_S)
        await turn_loop()
        while self._alarms and self._alarms[0][0] <= end_ns:
            due_ns, number, callback = heapq.heappop(self._alarms)
            if number not in self._cancelled:
                self.now_ns = max(self.now_ns, due_ns)
                callback()
                await turn_loop()
        self.now_ns = end_ns


@dataclass
class Kept:
    """A Recorder that is two lists."""

    rows: list[tuple[StrapId, str, ReceivedAt, bytes]] = field(default_factory=list)
    gaps: list[tuple[StrapId, GapReason, ReceivedAt, ReceivedAt, str | None]] = field(
        default_factory=list
    )

    def record(
        self, strap: StrapId, characteristic: str, received: ReceivedAt, payload: bytes
    ) -> None:
        self.rows.append((strap, characteristic, received, payload))

    def declare_gap(
        self,
        strap: StrapId,
        reason: GapReason,
        since: ReceivedAt,
        until: ReceivedAt,
        characteristic: str | None = None,
    ) -> None:
        self.gaps.append((strap, reason, since, until, characteristic))

    def payloads(self, characteristic: str) -> list[bytes]:
        return [row[3] for row in self.rows if row[1] == characteristic]

    def links(self) -> list[LinkEvent]:
        return [decode_link_event(payload) for payload in self.payloads(LINK_CHARACTERISTIC)]

    def phases(self) -> list[str]:
        return [event.phase for event in self.links()]


@dataclass
class FakeStrap:
    """An H10 as far as a link needs one. `measuring` goes on over links, as the real one's does."""

    serial: str
    address: str
    name: str = ""
    told_serial: str | None = None  # what 2A25 says, where it isn't the serial in the name
    has_serial: bool = True
    has_pmd: bool = True
    measuring: bool = False
    mute: bool = False  # answers no request on the control point
    start_statuses: list[int] = field(default_factory=list)  # answered first, one a start
    connect_errors: list[Exception] = field(default_factory=list)
    hangs: bool = False  # a connect never ends
    written: list[str] = field(default_factory=list)
    client: "FakeClient | None" = None
    n_links: int = 0

    def __post_init__(self) -> None:
        self.name = self.name or f"Polar H10 {self.serial}"

    @property
    def values(self) -> dict[str, bytes]:
        told = self.told_serial or self.serial
        values = {uuids.BATTERY_LEVEL: b"\x50", uuids.MODEL_NUMBER: b"H10\x00"}
        return values | ({uuids.SERIAL_NUMBER: told.encode()} if self.has_serial else {})

    def connected(self) -> bool:
        return self.client is not None

    def say(self, characteristic: str, payload: bytes) -> bool:
        """Notify, if there is a link that asked for it."""
        return self.client is not None and self.client.receive(characteristic, payload)

    def beat(self) -> bool:
        return self.say(uuids.HEART_RATE_MEASUREMENT, b"\x00\x48" + self.serial.encode())

    def move(self) -> bool:
        frame = b"\x02" + bytes(8) + b"\x01" + bytes(6) + self.serial.encode()
        return self.measuring and self.say(uuids.PMD_DATA, frame)

    def drop(self) -> None:
        """The link ends from afar."""
        client, self.client = self.client, None
        if client is not None:
            client.end()

    def answer(self, request: bytes) -> bytes | None:
        """What the control point indicates after a request."""
        self.written.append(request.hex())
        if self.mute:
            return None
        operation, measurement = request[0], request[1]
        if operation == 1:
            return bytes((0xF0, 1, measurement, 0, 0)) + SETTINGS
        if operation == 3:
            self.measuring = False
            return bytes((0xF0, 3, measurement, 0, 0))
        if self.start_statuses:
            return bytes((0xF0, 2, measurement, self.start_statuses.pop(0), 0))
        if self.measuring:
            return bytes((0xF0, 2, measurement, 6, 0))
        self.measuring = True
        return bytes((0xF0, 2, measurement, 0, 0))


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
        self.states: tuple[StrapStatus, ...] = ()  # for whoever asks after the end
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
