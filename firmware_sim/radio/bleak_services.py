"""What a GATT discovery found, as bleak's collection of services."""

from collections.abc import Callable

from bleak.assigned_numbers import gatt_char_props_to_strs
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.descriptor import BleakGATTDescriptor
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bumble import core, gatt_client

from protocol.ble.uuids import full_uuid


async def discover_services(
    client: gatt_client.Client, wanted: set[str] | None, room_bytes: Callable[[], int]
) -> BleakGATTServiceCollection:
    """Ask the peer for its services, characteristics and descriptors.

    `wanted` holds full UUIDs, None is all; `room_bytes` gives the most a write command can carry.
    """
    found = BleakGATTServiceCollection()
    for proxy in await client.discover_services():
        if wanted is not None and text_uuid(proxy.uuid) not in wanted:
            continue
        service = BleakGATTService(proxy, proxy.handle, text_uuid(proxy.uuid))
        found.add_service(service)
        for each in await client.discover_characteristics((), proxy):
            characteristic = BleakGATTCharacteristic(
                each,
                each.handle,
                text_uuid(each.uuid),
                list(gatt_char_props_to_strs(each.properties)),
                room_bytes,
                service,
            )
            found.add_characteristic(characteristic)
            await _discover_descriptors(client, each, characteristic, found)
    return found


async def _discover_descriptors(
    client: gatt_client.Client,
    proxy: "gatt_client.CharacteristicProxy[bytes]",
    characteristic: BleakGATTCharacteristic,
    found: BleakGATTServiceCollection,
) -> None:
    for each in await client.discover_descriptors(proxy):
        uuid = text_uuid(each.type)
        found.add_descriptor(BleakGATTDescriptor(each, each.handle, uuid, characteristic))


def text_uuid(uuid: core.UUID) -> str:
    """The full 128-bit text that bleak's users compare with."""
    digits = uuid.to_hex_str().lower()
    if len(digits) == 4:
        return full_uuid(digits)
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
