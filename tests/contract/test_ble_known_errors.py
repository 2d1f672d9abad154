"""What other decoders get wrong, byte by byte, and what ours says instead.

Found in bleakheart 0.2.0 and polar-python 1.1.1, run here on the same bytes: when a witness is
mended, its line fails and can go. Errors of libraries that aren't installed (OpenHRV, the
vendor's SDK) are named beside our answer.
"""

from typing import Any

import bleakheart
import pytest
from polar_python.models import ACCData, MeasurementSettings, PmdDataFrame
from polar_python.parsers import parse_hr_data

from protocol.ble import pmd
from protocol.ble.heart_rate import decode_heart_rate_measurement
from protocol.errors import MalformedPayloadError

EXACT_MS = 813.4765625  # 833 ticks of 1/1024 s


def bleakheart_intervals(wire: bytes) -> Any:
    return bleakheart.HeartRate(None, callback=print, unpack=False)._decode(bytearray(wire))["rr"]


def acceleration(wire: bytes) -> pmd.AccelerationFrame:
    frame = pmd.decode_frame(wire)
    assert isinstance(frame, pmd.AccelerationFrame)
    return frame


def polar_acceleration(wire: bytes) -> Any:
    frame = PmdDataFrame.from_bytes(bytearray(wire), lambda _: 1.0)
    return ACCData.from_dataframe(frame).data


@pytest.mark.parametrize(
    ("wire", "bleakheart_ms", "polar_python_ms"),
    [
        ("104a4103", [813], [EXACT_MS]),
        ("184a2c014103", [813], [292.96875, EXACT_MS]),  # energy read as a beat
        ("114a004103", [813], [16250.0, 2.9296875]),  # high byte of the rate read as a beat
        ("104a410341", [813, 63], [EXACT_MS, 63.4765625]),  # half an interval read as one
    ],
)
def test_one_interval_is_one_interval(
    wire: str, bleakheart_ms: list[int], polar_python_ms: list[float]
) -> None:
    """Four notifications with the same single interval; OpenHRV rounds it up to 814 ms."""
    payload = bytes.fromhex(wire)
    assert bleakheart_intervals(payload) == bleakheart_ms
    assert parse_hr_data(bytearray(payload)).rr_intervals == polar_python_ms
    ours = decode_heart_rate_measurement(payload)
    assert (ours.bpm, ours.rr_ticks, ours.rr_ms) == (74, (833,), (EXACT_MS,))
    assert ours.trailing_bytes == (1 if wire == "104a410341" else 0)


@pytest.mark.parametrize("wire", [b"", b"\x10"])
def test_no_heart_rate_is_not_a_heart_rate_of_zero(wire: bytes) -> None:
    """bleakheart stops with IndexError, polar-python says 0 bpm, OpenHRV says nothing."""
    with pytest.raises(IndexError):
        bleakheart_intervals(wire)
    assert parse_hr_data(bytearray(wire)).heartrate == 0
    with pytest.raises(MalformedPayloadError):
        decode_heart_rate_measurement(wire)


async def test_energy_isnt_lost() -> None:
    """bleakheart decodes it as 'nrg' and passes on 'ee', which is never there."""
    wire = bytes.fromhex("084ad204")
    received: list[Any] = []
    strap = bleakheart.HeartRate(None, callback=received.append, unpack=False)
    await strap._handler(None, bytearray(wire))
    assert [energy for _, _, _, energy in received] == [None]
    assert decode_heart_rate_measurement(wire).energy_kj == 1234


def test_a_difference_of_one_bit_has_a_sign() -> None:
    """polar-python, and the vendor's SDK by its mask, read a lone 1 as +1; it is -1."""
    wire = bytes.fromhex("0200ca9a3b00000000810a00ecffe803010215")
    assert polar_acceleration(wire) == [(10, -20, 1000), (11, -20, 1001), (11, -19, 1001)]
    assert acceleration(wire).samples == ((10, -20, 1000), (9, -20, 999), (9, -21, 999))


def test_a_difference_of_no_bits_is_a_sample_all_the_same() -> None:
    """polar-python, and the vendor's SDK, leave the three unchanged samples out."""
    wire = bytes.fromhex("0200ca9a3b00000000810a00ecffe8030003")
    assert polar_acceleration(wire) == [(10, -20, 1000)]
    assert acceleration(wire).samples == ((10, -20, 1000),) * 4


def test_samples_before_a_cut_are_kept_and_the_cut_is_told() -> None:
    """polar-python drops the block without a word; here the frame says that it is truncated."""
    wire = bytes.fromhex("02646c76c43cc67f0780d0ff6501e40f081dfc07ff0c13f211f11af9eef8ef0c0309f2")
    assert len(polar_acceleration(wire)) == 1
    ours = acceleration(wire)
    assert ours.samples[:3] == ((-48, 357, 4068), (-52, 364, 4067), (-40, 383, 4053))
    assert (len(ours.samples), ours.n_announced, ours.truncated) == (6, 30, True)


def test_acceleration_of_24_bit_is_known() -> None:
    """polar-python rejects raw type 2."""
    wire = bytes.fromhex("0200ca9a3b0000000002000080ffff7f000000")
    with pytest.raises(ValueError, match="not supported"):
        polar_acceleration(wire)
    assert acceleration(wire).samples == ((-8388608, 8388607, 0),)


def test_deltas_are_packed_from_the_low_bit() -> None:
    """bleakheart takes them from the high bit: right only where a difference is a whole byte."""
    block = bytes.fromhex("0401" + "2143")  # four channels: 1, 2, 3, 4
    strap = object.__new__(bleakheart.PolarMeasurementData)  # its decoder needs no client
    theirs = strap._decode_ppg_data(bytes(22) + block)
    assert theirs[1] == [2, 1, 4, 3]
    assert pmd.decode_delta(bytes(12) + block, 4, 22).samples[1] == (1, 2, 3, 4)


@pytest.mark.parametrize(
    ("status", "name"), [(14, "disk_full"), (15, "unknown_15"), (255, "unknown_255")]
)
def test_a_status_that_nobody_listed_is_a_status(status: int, name: str) -> None:
    """polar-python's list ends at 13, the vendor's at 14: both stop with an exception."""
    wire = bytes((0xF0, 2, 2, status, 0))
    with pytest.raises(ValueError, match="not a valid"):
        MeasurementSettings.from_bytes(bytearray(wire))
    answer = pmd.decode_control_point(wire)
    assert isinstance(answer, pmd.ControlAnswer)
    assert (answer.status, answer.status_name, answer.succeeded) == (status, name, False)


def test_an_error_of_four_bytes_is_an_error() -> None:
    """polar-python indexes past its end."""
    wire = bytes.fromhex("f001000a")
    with pytest.raises(IndexError):
        MeasurementSettings.from_bytes(bytearray(wire))
    answer = pmd.decode_control_point(wire)
    assert isinstance(answer, pmd.ControlAnswer)
    assert (answer.status_name, answer.more, answer.params) == ("invalid_mtu", False, b"")


def test_settings_that_are_cut_are_not_fewer_settings() -> None:
    """polar-python gives the rates that are whole and hides that the range is missing."""
    wire = bytes.fromhex("f001020000" + "0001c800" + "02030200")
    assert [s.values for s in MeasurementSettings.from_bytes(bytearray(wire)).settings] == [[200]]
    answer = pmd.decode_control_point(wire)
    assert isinstance(answer, pmd.ControlAnswer)
    with pytest.raises(MalformedPayloadError, match="truncated value: setting 2"):
        pmd.decode_answer_settings(answer)


def test_printed_slips_of_the_specification() -> None:
    """The document prints 45 FF as -184; the vendor's test comments F1 FF as -22."""
    head = b"\x02" + bytes(8) + b"\x01"
    assert acceleration(head + bytes.fromhex("45fff1ff0000")).samples == ((-187, -15, 0),)
