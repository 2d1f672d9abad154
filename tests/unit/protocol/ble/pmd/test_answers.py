import pytest

from protocol.ble.pmd.answers import (
    ControlAnswer,
    Features,
    MeasurementsStopped,
    decode_answer_settings,
    decode_control_point,
    decode_features,
    decode_measurement_states,
    decode_sdk_mode,
)
from protocol.ble.pmd.settings import Settings
from protocol.ble.pmd.vocabulary import Measurement, Setting
from protocol.errors import MalformedPayloadError

# online_measurement.pdf, feature read: (byte, bit) -> what the strap has; other bits are reserved.
FEATURES = {
    (1, 0): Measurement.ECG, (1, 1): Measurement.PPG, (1, 2): Measurement.ACCELERATION,
    (1, 3): Measurement.PPI, (1, 5): Measurement.GYROSCOPE, (1, 6): Measurement.MAGNETOMETER,
    (1, 7): Measurement.SKIN_TEMPERATURE, (2, 1): Measurement.SDK_MODE,
    (2, 2): Measurement.LOCATION, (2, 3): Measurement.PRESSURE, (2, 4): Measurement.TEMPERATURE,
    (2, 5): Measurement.OFFLINE_RECORDING, (2, 6): Measurement.OFFLINE_HEART_RATE,
    (2, 7): Measurement.DERIVED,
}  # fmt: skip


def test_the_h10_has_ecg_and_acceleration() -> None:
    """0F 05 and fifteen zeros: read from hardware."""
    wire = bytes.fromhex("0f05" + "00" * 15)
    assert decode_control_point(wire) == Features((Measurement.ECG, Measurement.ACCELERATION))


@pytest.mark.parametrize(("byte", "bit"), [(byte, bit) for byte in (1, 2) for bit in range(8)])
def test_one_bit_is_one_measurement_or_none(byte: int, bit: int) -> None:
    wire = bytearray(b"\x0f\x00\x00")
    wire[byte] = 1 << bit
    expected = (FEATURES[byte, bit],) if (byte, bit) in FEATURES else ()
    assert decode_features(bytes(wire)).measurements == expected


def test_a_feature_list_may_start_with_zero() -> None:
    """polar-ble-tools, tests/unit/test_pmd.py: 00 06 60."""
    assert decode_control_point(bytes.fromhex("000400")) == Features((Measurement.ACCELERATION,))


@pytest.mark.parametrize("wire", ["", "0f", "0f05", "100500", "010500"])
def test_what_is_no_feature_list_is_malformed(wire: str) -> None:
    with pytest.raises(MalformedPayloadError):
        decode_features(bytes.fromhex(wire))


def answer(wire: str) -> ControlAnswer:
    value = decode_control_point(bytes.fromhex(wire))
    assert isinstance(value, ControlAnswer)
    return value


def test_a_successful_answer_has_more_and_params() -> None:
    assert answer("f0 01 02 00 01 aa bb") == ControlAnswer(1, 2, 0, more=True, params=b"\xaa\xbb")
    assert answer("f0 03 02 00 00") == ControlAnswer(3, 2, 0, more=False, params=b"")
    assert answer("f0 03 c2 00 00").measurement == 2
    assert answer("f0 03 02 00 00").succeeded


@pytest.mark.parametrize("rest", ["", "01", "01 aa"])
def test_an_error_has_neither_whatever_its_length(rest: str) -> None:
    for status in range(1, 256):
        refused = answer(f"f0 02 02 {status:02x} {rest}")
        assert refused == ControlAnswer(2, 2, status, more=False, params=b"")
        assert not refused.succeeded


def test_every_status_has_its_name() -> None:
    """polar-ble-sdk, PmdControlPointResponse; 15 and above are in no list that is sure."""
    names = [
        "success",
        "invalid_op",
        "invalid_type",
        "not_supported",
        "invalid_length",
        "invalid_parameter",
        "already_in_state",
        "invalid_resolution",
        "invalid_sample_rate",
        "invalid_range",
        "invalid_mtu",
        "invalid_channels",
        "invalid_state",
        "in_charger",
        "disk_full",
        "unknown_15",
    ]
    assert [ControlAnswer(2, 2, n, more=False, params=b"").status_name for n in range(16)] == names


@pytest.mark.parametrize("wire", ["", "f0", "f00102", "f0010200", "ee010200", "02"])
def test_other_values_are_malformed(wire: str) -> None:
    """Among them a success without its 'more' byte."""
    with pytest.raises(MalformedPayloadError):
        decode_control_point(bytes.fromhex(wire))


def test_an_event_lists_what_the_strap_stopped() -> None:
    assert decode_control_point(b"\x01") == MeasurementsStopped(())
    assert decode_control_point(bytes.fromhex("01 02 c0")) == MeasurementsStopped((2, 0))


def test_settings_are_read_where_an_answer_has_them() -> None:
    rates = Settings({Setting.SAMPLE_RATE: (25,)})
    for operation, settings in (
        (1, rates),
        (4, rates),
        (2, rates),
        (3, Settings()),
        (5, Settings()),
    ):
        whole = answer(f"f0 {operation:02x} 02 00 00 00 01 1900")
        assert decode_answer_settings(whole) == settings


def test_a_cut_list_is_malformed_when_asked_for_and_reserved_after_a_start() -> None:
    with pytest.raises(MalformedPayloadError, match="truncated value"):
        decode_answer_settings(answer("f0 01 02 00 00 00 02 1900"))
    assert decode_answer_settings(answer("f0 02 02 00 00 01")) == Settings(undecoded=b"\x01")


def test_states_of_measurements() -> None:
    """polar-ble-sdk, PmdActiveMeasurementTest.kt: top two bits, then the measurement."""
    states = decode_measurement_states(bytes((0x00, 0x42, 0x83, 0xC5)))
    assert states == ((0, "none"), (2, "online"), (3, "offline"), (5, "both"))


def test_sdk_mode_is_any_byte_but_zero() -> None:
    assert [decode_sdk_mode(bytes((n,))) for n in (0, 1, 0x80)] == [False, True, True]
    with pytest.raises(MalformedPayloadError):
        decode_sdk_mode(b"")
