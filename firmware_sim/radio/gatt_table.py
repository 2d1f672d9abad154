"""A strap's services as a GATT server's attributes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bumble import att, gatt

from firmware_sim.strap.strap import AttRefusalError, Characteristic, Property, Service
from protocol.ble.uuids import full_uuid

_FLAGS = {
    Property.READ: gatt.Characteristic.Properties.READ,
    Property.WRITE: gatt.Characteristic.Properties.WRITE,
    Property.WRITE_WITHOUT_RESPONSE: gatt.Characteristic.Properties.WRITE_WITHOUT_RESPONSE,
    Property.NOTIFY: gatt.Characteristic.Properties.NOTIFY,
    Property.INDICATE: gatt.Characteristic.Properties.INDICATE,
}
_WRITES = {Property.WRITE, Property.WRITE_WITHOUT_RESPONSE}
_T = TypeVar("_T")
GattCharacteristic = gatt.Characteristic[bytes]


@dataclass(frozen=True, slots=True)
class Answers:
    """Who answers reads, writes and subscriptions; each gets the characteristic's name first.

    `read` and `write` may raise AttRefusalError.
    """

    read: Callable[[str], bytes]
    write: Callable[[str, bytes], None]
    subscribe: Callable[[str, bool, bool], None]


@dataclass(frozen=True, slots=True)
class GattTable:
    """Services for the server, and their characteristics by name."""

    services: list[gatt.Service]
    by_name: dict[str, GattCharacteristic]


def build_gatt_table(services: Sequence[Service], answers: Answers) -> GattTable:
    """One attribute table; every value is asked for when it is read."""
    by_name: dict[str, GattCharacteristic] = {}
    built: list[gatt.Service] = []
    for service in services:
        members = [_characteristic(each, answers) for each in service.characteristics]
        names = [each.name for each in service.characteristics]
        by_name.update(zip(names, members, strict=True))
        built.append(gatt.Service(_uuid(service.name), members))
    return GattTable(built, by_name)


def _characteristic(described: Characteristic, answers: Answers) -> GattCharacteristic:
    name = described.name
    flags = gatt.Characteristic.Properties(0)
    for each in described.properties:
        flags |= _FLAGS[each]

    def read(_connection: object) -> bytes:
        if Property.READ not in described.properties:
            raise att.ATT_Error(att.ErrorCode.READ_NOT_PERMITTED)
        return _refusing(lambda: answers.read(name))

    def write(_connection: object, value: bytes) -> None:
        if not _WRITES & described.properties:
            raise att.ATT_Error(att.ErrorCode.WRITE_NOT_PERMITTED)
        _refusing(lambda: answers.write(name, value))

    characteristic: GattCharacteristic = gatt.Characteristic(
        _uuid(name),
        flags,
        att.Attribute.Permissions.READABLE | att.Attribute.Permissions.WRITEABLE,
        gatt.CharacteristicValue(read=read, write=write),
    )
    characteristic.on(
        characteristic.EVENT_SUBSCRIPTION,
        lambda _bearer, notify, indicate: answers.subscribe(name, notify, indicate),
    )
    return characteristic


def _refusing(ask: Callable[[], _T]) -> _T:
    try:
        return ask()
    except AttRefusalError as refusal:
        raise att.ATT_Error(att.ErrorCode(refusal.att_error)) from refusal


def _uuid(name: str) -> str:
    """Short UUIDs stay short on the air."""
    return name.upper() if len(name) == 4 else full_uuid(name)
