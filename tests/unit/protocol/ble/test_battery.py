import pytest

from protocol.ble.battery import (
    ChargeState,
    ExternalPower,
    decode_battery_level,
    decode_battery_level_status,
)
from protocol.errors import MalformedPayloadError


def test_every_byte_is_a_percentage_or_refused() -> None:
    assert [decode_battery_level(bytes((n,))) for n in range(101)] == list(range(101))
    for n in range(101, 256):
        with pytest.raises(MalformedPayloadError, match=f"{n} is above 100 %"):
            decode_battery_level(bytes((n,)))


@pytest.mark.parametrize("wire", [b"", b"\x64\x00"])
def test_a_level_is_one_byte(wire: bytes) -> None:
    with pytest.raises(MalformedPayloadError, match=f"not {len(wire)}"):
        decode_battery_level(wire)


def test_each_field_of_the_power_state_is_read_from_its_own_bits() -> None:
    """Battery Service 1.1, table of the power state: 0b0_10_01_11_1 typed by hand."""
    status = decode_battery_level_status(bytes((0x00, 0b0100_1111, 0x00)))
    assert status.battery_present
    assert status.wired_power is ExternalPower.RESERVED
    assert status.wireless_power is ExternalPower.YES
    assert status.charge_state is ChargeState.DISCHARGING_ACTIVE


@pytest.mark.parametrize(
    ("power_state", "charge_state"),
    [
        (0x00, "unknown"),
        (0x20, "charging"),
        (0x40, "discharging_active"),
        (0x60, "discharging_inactive"),
    ],
)
def test_charge_states_have_the_vendors_numbers(power_state: int, charge_state: str) -> None:
    """polar-ble-sdk, BleBattClientTest.kt; the flags byte before it changes nothing."""
    for flags in (0x00, 0xFF):
        found = decode_battery_level_status(bytes((flags, power_state)))
        assert found.charge_state == charge_state
        assert not found.battery_present


def test_a_status_without_power_state_is_malformed() -> None:
    for wire in (b"", b"\x00"):
        with pytest.raises(MalformedPayloadError):
            decode_battery_level_status(wire)
