import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.ble.pmd.settings import (
    Settings,
    decode_chosen_settings,
    decode_settings,
    encode_settings,
)
from protocol.ble.pmd.vocabulary import Setting
from protocol.errors import MalformedPayloadError

FACTOR = "05 01 40da7f39"  # Verity Sense: online_measurement.pdf


@pytest.mark.parametrize(
    ("wire", "setting", "values"),
    [
        ("00 02 1900 c800", Setting.SAMPLE_RATE, (25, 200)),
        ("01 01 1000", Setting.RESOLUTION, (16,)),
        ("02 01 d007", Setting.RANGE, (2000,)),
        ("03 01 01000080", Setting.RANGE_MILLI, (0x80000001,)),
        ("04 03 01 02 03", Setting.CHANNELS, (1, 2, 3)),
        ("00 00", Setting.SAMPLE_RATE, ()),
    ],
)
def test_each_type_has_its_own_width(wire: str, setting: Setting, values: tuple[int, ...]) -> None:
    assert decode_settings(bytes.fromhex(wire)) == Settings({setting: values})
    for length in range(1, len(bytes.fromhex(wire))):
        with pytest.raises(MalformedPayloadError):
            decode_settings(bytes.fromhex(wire)[:length])


def test_factor_is_a_number_of_its_own() -> None:
    settings = decode_settings(bytes.fromhex(FACTOR + "04 01 03"))
    assert settings.factor == struct.unpack("<f", bytes.fromhex("40da7f39"))[0]
    assert settings.values == {Setting.CHANNELS: (3,)}
    assert decode_settings(bytes.fromhex("05 00")).factor is None


@pytest.mark.parametrize(
    ("wire", "reason"),
    [
        ("05 01 0000807f", "factor is inf"),
        ("05 01 0000c07f", "factor is nan"),
        ("05 02 40da7f39 40da7f39", "2 factors"),
        ("01 01 1000 01 01 0e00", "RESOLUTION is given twice"),
        ("01", "no count"),
        ("00 02 1900", "truncated value: setting 0 announces 2 of 2 bytes, 2 are left"),
    ],
)
def test_what_no_strap_can_mean_is_malformed(wire: str, reason: str) -> None:
    with pytest.raises(MalformedPayloadError, match=reason):
        decode_settings(bytes.fromhex(wire))


@pytest.mark.parametrize("unknown", ["06 01 00", "07 01 00", "ff ff ff", "06"])
def test_nothing_is_read_beyond_a_type_of_unknown_size(unknown: str) -> None:
    settings = decode_settings(bytes.fromhex("01 01 1000" + unknown))
    assert settings.values == {Setting.RESOLUTION: (16,)}
    assert settings.undecoded == bytes.fromhex(unknown)


@pytest.mark.parametrize("reserved", ["00", "01", "0001"])
def test_a_start_answers_reserved_byte_is_left_alone(reserved: str) -> None:
    wire = bytes.fromhex(reserved)
    assert decode_chosen_settings(wire) == Settings(undecoded=wire)


def test_a_start_answers_factor_is_read() -> None:
    assert decode_chosen_settings(bytes.fromhex(FACTOR)).factor == pytest.approx(0.000244)


def test_requests_carry_one_value_each_in_the_order_given() -> None:
    """online_measurement.pdf: the H10's acceleration at 200 Hz, 16 bit, 8 g."""
    chosen = {Setting.RANGE: 8, Setting.SAMPLE_RATE: 200, Setting.RESOLUTION: 16}
    assert encode_settings(chosen).hex() == "020108000001c80001011000"


@given(
    st.dictionaries(
        st.sampled_from([Setting.SAMPLE_RATE, Setting.RESOLUTION, Setting.RANGE]),
        st.integers(0, 0xFFFF),
    ),
    st.none() | st.integers(0, 0xFF),
)
def test_what_is_asked_for_is_what_is_read(
    chosen: dict[Setting, int], channels: int | None
) -> None:
    if channels is not None:
        chosen = chosen | {Setting.CHANNELS: channels}
    read = decode_settings(encode_settings(chosen))
    assert {setting: value for setting, (value,) in read.values.items()} == chosen
    assert list(read.values) == list(chosen)
