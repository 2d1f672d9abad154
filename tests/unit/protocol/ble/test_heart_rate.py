import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.ble.heart_rate import (
    BodySensorLocation,
    decode_body_sensor_location,
    decode_heart_rate_measurement,
)
from protocol.errors import MalformedPayloadError

# Typed from the table in the Heart Rate Service 1.0: flags -> (offset of energy, offset of RR).
FIELDS_AT = {
    0x00: (None, None), 0x01: (None, None), 0x08: (2, None), 0x09: (3, None),
    0x10: (None, 2), 0x11: (None, 3), 0x18: (2, 4), 0x19: (3, 5),
}  # fmt: skip
CONTACT = {0x00: None, 0x02: None, 0x04: False, 0x06: True}


@pytest.mark.parametrize("reserved", [0x00, 0xE0])
@pytest.mark.parametrize("contact", CONTACT)
@pytest.mark.parametrize("form", FIELDS_AT)
def test_every_flag_combination_puts_its_fields_where_the_table_says(
    form: int, contact: int, reserved: int
) -> None:
    """All 32, each with and without the reserved bits, over bytes that are all different."""
    wire = bytes((form | contact | reserved, 0x51, 0x62, 0x73, 0x84, 0x95, 0xA6, 0xB7))
    energy_at, rr_at = FIELDS_AT[form]
    value = decode_heart_rate_measurement(wire)
    assert value.flags == wire[0]
    assert value.bpm == (0x6251 if form & 1 else 0x51)
    assert value.contact is CONTACT[contact]
    energy = None if energy_at is None else wire[energy_at] | wire[energy_at + 1] << 8
    assert value.energy_kj == energy
    if rr_at is None:
        assert value.rr_ticks == ()
        assert value.trailing_bytes == len(wire) - (energy_at + 2 if energy_at else 2 + (form & 1))
    else:
        n_rr, left = divmod(len(wire) - rr_at, 2)
        pairs = [wire[rr_at + 2 * i] | wire[rr_at + 2 * i + 1] << 8 for i in range(n_rr)]
        assert list(value.rr_ticks) == pairs
        assert value.trailing_bytes == left


@pytest.mark.parametrize("form", FIELDS_AT)
def test_a_missing_field_is_malformed_and_an_empty_interval_list_isnt(form: int) -> None:
    energy_at, rr_at = FIELDS_AT[form]
    shortest = rr_at or (energy_at + 2 if energy_at else 2 + (form & 1))
    wire = bytes((form,)) + bytes(shortest - 1)
    assert decode_heart_rate_measurement(wire).rr_ticks == ()
    for length in range(shortest):
        with pytest.raises(MalformedPayloadError) as refused:
            decode_heart_rate_measurement(wire[:length])
        assert refused.value.payload == wire[:length]


def test_most_intervals_of_one_notification_are_read_oldest_first() -> None:
    """At the default MTU of 23 the value has 20 bytes: nine intervals after an 8-bit rate."""
    wire = bytes((0x10, 60)) + b"".join(bytes((n, 3)) for n in range(9))
    assert decode_heart_rate_measurement(wire).rr_ticks == tuple(0x300 + n for n in range(9))


@given(st.integers(0, 0xFFFF))
def test_milliseconds_are_ticks_over_1024_unrounded(ticks: int) -> None:
    value = decode_heart_rate_measurement(b"\x10\x4a" + ticks.to_bytes(2, "little"))
    assert value.rr_ms[0] * 1024 == ticks * 1000  # exact: 1000/1024 is a binary fraction


def test_body_sensor_locations_are_the_seven_assigned() -> None:
    names = ["other", "chest", "wrist", "finger", "hand", "ear_lobe", "foot"]
    found = [decode_body_sensor_location(bytes((n,))) for n in range(7)]
    assert [location.name.lower() for location in found] == names
    assert found[1] is BodySensorLocation.CHEST
    for wire in (b"", b"\x07", b"\xff", b"\x01\x01"):
        with pytest.raises(MalformedPayloadError):
            decode_body_sensor_location(wire)
