"""The attribute tables of the straps, and the ATT errors they answer with."""

from firmware_sim.strap.strap import Characteristic, Property, Service
from protocol.ble import uuids

# Core Specification Vol 3 Part F 3.4.1.1
READ_NOT_PERMITTED = 0x02
WRITE_NOT_PERMITTED = 0x03

READ = frozenset({Property.READ})
NOTIFY = frozenset({Property.NOTIFY})

HEART_RATE = Service(
    uuids.HEART_RATE_SERVICE,
    (
        Characteristic(uuids.HEART_RATE_MEASUREMENT, NOTIFY),
        Characteristic(uuids.BODY_SENSOR_LOCATION, READ),
    ),
)
BATTERY = Service(uuids.BATTERY_SERVICE, (Characteristic(uuids.BATTERY_LEVEL, READ | NOTIFY),))
PMD = Service(
    uuids.PMD_SERVICE,
    (
        Characteristic(
            uuids.PMD_CONTROL_POINT,
            frozenset({Property.READ, Property.WRITE, Property.INDICATE}),
        ),
        Characteristic(uuids.PMD_DATA, NOTIFY),
    ),
)
MOVESENSE = Service(
    uuids.MOVESENSE_SERVICE,
    (
        Characteristic(uuids.MOVESENSE_COMMAND, frozenset({Property.WRITE})),
        Characteristic(uuids.MOVESENSE_RESPONSE, NOTIFY),
    ),
)


def device_information(names: tuple[str, ...]) -> Service:
    """Device Information with these characteristics, all readable."""
    readable = tuple(Characteristic(name, READ) for name in names)
    return Service(uuids.DEVICE_INFORMATION_SERVICE, readable)
