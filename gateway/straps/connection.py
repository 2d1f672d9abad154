"""One BleakClient and one attempt, used once. Every await on bleak has a deadline here."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.device import BLEDevice

from gateway.clock import AlarmClock
from gateway.errors import LinkLostError
from gateway.straps.backend import Backend
from gateway.straps.faults import RADIO_ERRORS
from gateway.straps.patience import Adapter, until, within
from protocol.ble import uuids
from protocol.identifiers import StrapId
from protocol.moments import ReceivedAt

REQUEST_S = 10.0  # one read, write or subscription; ATT itself gives up after 30 s
PAIR_S = 30.0  # a person may have to confirm on a screen
CLOSE_S = 3.0  # leaves time to reconnect within promise D3's 15 s

ValueCallback = Callable[[str, ReceivedAt, bytes], None]


class Connection:
    """A link to one strap for as long as the `async with` block runs.

    `value` gets (characteristic name, stamp, bytes) of each notification; it must not raise.
    `lost` is called when the link ends, whoever ended it.
    """

    def __init__(
        self,
        backend: Backend,
        adapter: Adapter,
        clock: AlarmClock,
        strap: StrapId,
        device: BLEDevice,
        value: ValueCallback,
        lost: Callable[[], None],
    ) -> None:
        self._client = backend.make_client(device, lost)
        self._adapter = adapter
        self._clock = clock
        self._strap = strap
        self._value = value
        self._found: dict[str, BleakGATTCharacteristic] = {}

    async def __aenter__(self) -> Self:
        try:
            async with self._adapter.turn() as expiry:
                await until(expiry, self._client.connect())
            for found in self._client.services.characteristics.values():
                self._found.setdefault(uuids.characteristic_name(found.uuid), found)
        finally:
            if not self._found:
                await self.close()  # a connect that was given up may still have made a link
        return self

    async def __aexit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """End the link if there is one; a radio that refuses even this is left alone."""
        try:
            await within(self._clock, CLOSE_S, self._client.disconnect())
        except RADIO_ERRORS:
            return

    @property
    def characteristics(self) -> frozenset[str]:
        """Names of what the strap has."""
        return frozenset(self._found)

    @property
    def services(self) -> tuple[str, ...]:
        """Names of the strap's services."""
        return tuple(uuids.characteristic_name(s.uuid) for s in self._client.services)

    async def read(self, name: str) -> tuple[ReceivedAt, bytes]:
        """A value and when it came."""
        reading = self._client.read_gatt_char(self._characteristic(name))
        value = await within(self._clock, REQUEST_S, reading)
        return self._clock.now(), bytes(value)

    async def write(self, name: str, payload: bytes) -> None:
        """Write with response."""
        target = self._characteristic(name)
        writing = self._client.write_gatt_char(target, payload, response=True)
        await within(self._clock, REQUEST_S, writing)

    async def subscribe(self, name: str) -> None:
        """Arm a CCCD; each value goes to `value` with a stamp taken before anything else."""

        def witness(_: BleakGATTCharacteristic, payload: bytearray) -> None:
            received = self._clock.now()
            self._value(name, received, bytes(payload))

        subscribing = self._client.start_notify(self._characteristic(name), witness)
        await within(self._clock, REQUEST_S, subscribing)

    async def unsubscribe(self, name: str) -> None:
        """Disarm a CCCD."""
        stopping = self._client.stop_notify(self._characteristic(name))
        await within(self._clock, REQUEST_S, stopping)

    async def pair(self) -> None:
        """Pair; the system may ask a person."""
        await within(self._clock, PAIR_S, self._client.pair())

    async def forget(self) -> None:
        """Have the system forget the strap, and with it a link that another process left."""
        await within(self._clock, REQUEST_S, self._client.unpair())

    def _characteristic(self, name: str) -> BleakGATTCharacteristic:
        if name not in self._found:
            raise LinkLostError(self._strap, f"characteristic {name} isn't there any more")
        return self._found[name]
