"""Battery Service 1.1: Battery Level (0x2A19) and Battery Level Status (0x2BED)."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from protocol.errors import MalformedPayloadError

FULL_PCT = 100


class ExternalPower(IntEnum):
    """Whether power comes in over one way (wired or wireless)."""

    NO = 0
    YES = 1
    UNKNOWN = 2
    RESERVED = 3


class ChargeState(StrEnum):
    """What the battery is doing; wire values 0 to 3 in this order."""

    UNKNOWN = "unknown"
    CHARGING = "charging"
    DISCHARGING_ACTIVE = "discharging_active"
    DISCHARGING_INACTIVE = "discharging_inactive"


@dataclass(frozen=True, slots=True)
class BatteryLevelStatus:
    """The fields of the power state that straps use."""

    battery_present: bool
    wired_power: ExternalPower
    wireless_power: ExternalPower
    charge_state: ChargeState


def decode_battery_level(payload: bytes) -> int:
    """Percent, 0 to 100. Raises MalformedPayloadError."""
    if len(payload) != 1:
        raise MalformedPayloadError(f"battery level is 1 byte, not {len(payload)}", payload)
    if payload[0] > FULL_PCT:
        raise MalformedPayloadError(f"battery level {payload[0]} is above 100 %", payload)
    return payload[0]


def decode_battery_level_status(payload: bytes) -> BatteryLevelStatus:
    """Decode flags and power state. Raises MalformedPayloadError below 2 bytes.

    All fields here are in the power state's low byte, so a value cut after it (as the vendor's
    own library takes it, polar-ble-sdk BleBattClientTest.kt) still decodes.
    """
    if len(payload) < 2:
        raise MalformedPayloadError("battery level status has no power state", payload)
    power_state = payload[1]
    return BatteryLevelStatus(
        battery_present=bool(power_state & 0x01),
        wired_power=ExternalPower(power_state >> 1 & 0x03),
        wireless_power=ExternalPower(power_state >> 3 & 0x03),
        charge_state=tuple(ChargeState)[power_state >> 5 & 0x03],
    )
