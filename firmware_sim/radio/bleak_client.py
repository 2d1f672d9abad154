"""bleak's client on the virtual radio."""

from typing import Any

from bleak.args import SizedBuffer
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import NotifyCallback
from bleak.backends.descriptor import BleakGATTDescriptor
from bleak.exc import BleakError
from bumble import gatt

from firmware_sim.radio.linked_client import LinkedClient

_CCCD_UUID = gatt.GATT_CLIENT_CHARACTERISTIC_CONFIGURATION_DESCRIPTOR
_OFF, _NOTIFY, _INDICATE = b"\x00\x00", b"\x01\x00", b"\x02\x00"


class VirtualClient(LinkedClient):
    """What `BleakClient(backend=VirtualClient, adapter_on_air=…)` runs on."""

    async def read_gatt_char(
        self, characteristic: BleakGATTCharacteristic, *, use_cached: bool = False, **_kwargs: Any
    ) -> bytearray:
        """Ask the strap for a value, always anew."""
        return bytearray(await self._ask(self._client.read_value(characteristic.handle)))

    async def read_gatt_descriptor(
        self, descriptor: BleakGATTDescriptor, *, use_cached: bool = False, **_kwargs: Any
    ) -> bytearray:
        """Ask the strap for a descriptor's value."""
        return bytearray(await self._ask(self._client.read_value(descriptor.handle)))

    async def write_gatt_char(
        self, characteristic: BleakGATTCharacteristic, data: SizedBuffer, response: bool
    ) -> None:
        """Write a value; with `response` the strap has taken it when this returns."""
        await self._write(characteristic.handle, bytes(data), response=response)

    async def write_gatt_descriptor(
        self, descriptor: BleakGATTDescriptor, data: SizedBuffer
    ) -> None:
        """Write a descriptor and wait for the answer."""
        await self._write(descriptor.handle, bytes(data), response=True)

    async def start_notify(
        self,
        characteristic: BleakGATTCharacteristic,
        callback: NotifyCallback,
        **_kwargs: Any,
    ) -> None:
        """Have `callback` called with each value the strap sends by itself, in order."""
        client = self._client
        cccd = _cccd_handle(characteristic)
        notifies = "notify" in characteristic.properties
        subscribers = client.notification_subscribers if notifies else client.indication_subscribers
        subscribers[characteristic.handle] = {lambda value: callback(bytearray(value))}
        await self._write(cccd, _NOTIFY if notifies else _INDICATE, response=True)

    async def stop_notify(self, characteristic: BleakGATTCharacteristic) -> None:
        """No more of this characteristic."""
        client = self._client
        await self._write(_cccd_handle(characteristic), _OFF, response=True)
        client.notification_subscribers.pop(characteristic.handle, None)
        client.indication_subscribers.pop(characteristic.handle, None)

    async def _write(self, handle: int, value: bytes, *, response: bool) -> None:
        await self._ask(self._client.write_value(handle, value, with_response=response))


def _cccd_handle(characteristic: BleakGATTCharacteristic) -> int:
    for descriptor in characteristic.descriptors:
        if descriptor.obj.type == _CCCD_UUID:
            return descriptor.handle
    raise BleakError(f"{characteristic.uuid} can't be subscribed to: it has no CCCD")
