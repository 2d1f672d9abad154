import struct

import pytest

from protocol.ble.movesense.measurements import Series, decode_measurement
from protocol.errors import MalformedPayloadError

STAMP = bytes.fromhex("159e0100")  # 105 ms and so on: 0x00019E15 = 106005
FIRST_MS = 106005


def floats(*values: float) -> bytes:
    return struct.pack(f"<{len(values)}f", *values)


@pytest.mark.parametrize(
    ("path", "name", "unit"),
    [
        ("/Meas/Acc/13", "acceleration", "m/s2"),
        ("/Meas/Gyro/52", "angular_rate", "deg/s"),
        ("/Meas/Magn/104", "magnetic_field", "uT"),
    ],
)
def test_one_array_of_vectors(path: str, name: str, unit: str) -> None:
    measured = decode_measurement(path, STAMP + floats(1, 2, 3, 4, 5, 6))
    assert (measured.path, measured.first_sample_ms) == (path, FIRST_MS)
    assert measured.series == (Series(name, unit, ((1, 2, 3), (4, 5, 6))),)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/Meas/IMU6/52", ["acceleration", "angular_rate"]),
        ("/Meas/IMU6m/52", ["acceleration", "magnetic_field"]),
        ("/Meas/IMU9/52", ["acceleration", "angular_rate", "magnetic_field"]),
    ],
)
def test_arrays_follow_one_another_and_dont_take_turns(path: str, names: list[str]) -> None:
    """Two samples each; an interleaved reading would mix the quantities."""
    values = [float(n) for n in range(6 * len(names))]
    measured = decode_measurement(path, STAMP + floats(*values))
    assert [series.name for series in measured.series] == names
    for i, series in enumerate(measured.series):
        first = 6.0 * i
        assert series.samples == (
            (first, first + 1, first + 2),
            (first + 3, first + 4, first + 5),
        )


def test_ecg_counts_have_a_scale_and_microvolts_have_none() -> None:
    wire = STAMP + struct.pack("<2i", -1000, 70000)
    (counts,) = decode_measurement("/Meas/ECG/125", wire).series
    assert (counts.samples, counts.scale) == (((-1000,), (70000,)), 0.381469726563)
    wire = STAMP + struct.pack("<2h", -1000, 700)
    (microvolts,) = decode_measurement("/Meas/ECG/125/mV", wire).series
    assert (microvolts.samples, microvolts.unit, microvolts.scale) == (
        ((-1000,), (700,)),
        "uV",
        1.0,
    )


def test_heart_rate_has_no_timestamp() -> None:
    measured = decode_measurement("/Meas/HR", floats(72.5) + struct.pack("<2H", 833, 820))
    assert measured.first_sample_ms is None
    assert measured.series == (
        Series("heart_rate", "bpm", ((72.5,),)),
        Series("rr", "ms", ((833,), (820,))),
    )


def test_no_samples_are_a_measurement_too() -> None:
    assert decode_measurement("/Meas/Acc/52", STAMP).series[0].samples == ()
    _, rr = decode_measurement("/Meas/HR", floats(72)).series
    assert rr.samples == ()


def test_temperature_is_a_stamp_and_kelvin() -> None:
    (kelvin,) = decode_measurement("/Meas/Temp", STAMP + floats(310.25)).series
    assert (kelvin.samples, kelvin.unit) == (((310.25,),), "K")


@pytest.mark.parametrize(
    ("path", "payload"),
    [
        ("/Meas/Acc/52", STAMP[:3]),
        ("/Meas/Acc/52", STAMP + bytes(13)),
        ("/Meas/IMU9/52", STAMP + bytes(24)),
        ("/Meas/ECG/125", STAMP + bytes(6)),
        ("/Meas/ECG/125/mV", STAMP + bytes(3)),
        ("/Meas/HR", bytes(3)),
        ("/Meas/HR", bytes(5)),
        ("/Meas/Temp", STAMP),
        ("/Meas/Temp", STAMP + bytes(8)),
        ("/Meas/Acc/52", STAMP + floats(1, 2, float("nan"))),
        ("/Meas/HR", floats(float("inf"))),
        ("/Meas/Temp", STAMP + floats(float("-inf"))),
        ("/Meas/Acc", STAMP),
        ("/Meas/Acc/52/more", STAMP),
        ("/Info", b""),
    ],
)
def test_other_bytes_and_paths_are_malformed(path: str, payload: bytes) -> None:
    with pytest.raises(MalformedPayloadError) as refused:
        decode_measurement(path, payload)
    assert refused.value.payload == payload
