"""Published decoders on the same bytes: they agree with ours where they are right.

bleakheart 0.2.0 and polar-python 1.1.1 share no code with us or with each other.
"""

from typing import Any

import bleakheart
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polar_python.models import ACCData, ECGData, MeasurementSettings, PmdDataFrame, PPIData
from polar_python.parsers import parse_hr_data

from protocol.ble import pmd
from protocol.ble.heart_rate import decode_heart_rate_measurement

STAMP = bytes(8)
ACC_RAW_16 = b"\x02" + STAMP + b"\x01"
ACC_DELTA = b"\x02" + STAMP + b"\x81"
ECG_RAW = b"\x00" + STAMP + b"\x00"
PPI_RAW = b"\x03" + STAMP + b"\x00"

ticks = st.lists(st.integers(0, 0xFFFF), max_size=9)
i16 = st.integers(-(2**15), 2**15 - 1)


def bleakheart_rate(wire: bytes) -> Any:
    strap = bleakheart.HeartRate(None, callback=print, unpack=False)
    return strap._decode(bytearray(wire))


def polar_frame(wire: bytes) -> Any:
    return PmdDataFrame.from_bytes(bytearray(wire), lambda _: 1.0)


@given(
    flags=st.integers(0, 0xFF), bpm=st.integers(0, 0xFFFF), energy=st.integers(0, 0xFFFF), rr=ticks
)
def test_bleakheart_reads_every_flag_as_we_do(
    flags: int, bpm: int, energy: int, rr: list[int]
) -> None:
    """All 32 combinations and the reserved bits; it rounds intervals to whole milliseconds."""
    wire = bytes((flags,)) + (bpm.to_bytes(2, "little") if flags & 1 else bytes((bpm & 0xFF,)))
    if flags & 0x08:
        wire += energy.to_bytes(2, "little")
    if flags & 0x10:
        wire += b"".join(tick.to_bytes(2, "little") for tick in rr)
    theirs, ours = bleakheart_rate(wire), decode_heart_rate_measurement(wire)
    assert ours.bpm == theirs["hr"] == (bpm if flags & 1 else bpm & 0xFF)
    assert ours.contact == theirs.get("contact")
    assert ours.energy_kj == theirs.get("nrg")
    assert [round(ms) for ms in ours.rr_ms] == theirs.get("rr", [])
    assert ours.trailing_bytes == 0


@given(bpm=st.integers(0, 0xFF), rr=ticks)
def test_polar_python_reads_the_h10s_form_as_we_do(bpm: int, rr: list[int]) -> None:
    """Flags 0x10, the only form with intervals that it can read; unrounded as ours."""
    wire = bytes((0x10, bpm)) + b"".join(tick.to_bytes(2, "little") for tick in rr)
    theirs, ours = parse_hr_data(bytearray(wire)), decode_heart_rate_measurement(wire)
    assert (ours.bpm, list(ours.rr_ms)) == (theirs.heartrate, theirs.rr_intervals)


@given(st.lists(st.tuples(i16, i16, i16), max_size=36))
def test_both_read_the_h10s_acceleration_as_we_do(samples: list[tuple[int, int, int]]) -> None:
    """Frame type 0x01, any number of samples."""
    wire = ACC_RAW_16 + b"".join(v.to_bytes(2, "little", signed=True) for s in samples for v in s)
    ours = pmd.decode_frame(wire)
    assert isinstance(ours, pmd.AccelerationFrame)
    theirs = bleakheart.PolarMeasurementData._decode_acc_data(None, wire)
    assert list(ours.samples) == theirs == ACCData.from_dataframe(polar_frame(wire)).data == samples


@given(
    reference=st.tuples(i16, i16, i16),
    blocks=st.lists(
        st.tuples(st.integers(2, 32), st.integers(0, 8), st.binary(min_size=96, max_size=96))
    ),
)
def test_polar_python_unpacks_deltas_as_we_do(
    reference: tuple[int, int, int], blocks: list[tuple[int, int, bytes]]
) -> None:
    """Every width from 2 to 32 bits, padding and borders of blocks included."""
    wire = ACC_DELTA + b"".join(v.to_bytes(2, "little", signed=True) for v in reference)
    for bits, count, noise in blocks:
        wire += bytes((bits, count)) + noise[: -(-bits * count * 3 // 8)]
    ours = pmd.decode_frame(wire)
    assert isinstance(ours, pmd.AccelerationFrame)
    assert not ours.truncated
    assert len(ours.samples) == ours.n_announced == 1 + sum(count for _, count, _ in blocks)
    assert list(ours.samples) == ACCData.from_dataframe(polar_frame(wire)).data


@given(st.lists(st.integers(-(2**23), 2**23 - 1), max_size=73))
def test_both_read_the_h10s_ecg_as_we_do(microvolts: list[int]) -> None:
    """Frame type 0x00: 24 bit each."""
    wire = ECG_RAW + b"".join(v.to_bytes(3, "little", signed=True) for v in microvolts)
    ours = pmd.decode_frame(wire)
    assert isinstance(ours, pmd.EcgFrame)
    theirs = bleakheart.PolarMeasurementData._decode_ecg_data(None, wire)
    told = [sample.microvolts for sample in ours.samples]
    assert told == theirs == ECGData.from_dataframe(polar_frame(wire)).data == microvolts


@given(st.integers(0, 12).flatmap(lambda n: st.binary(min_size=6 * n, max_size=6 * n)))
def test_polar_python_reads_pulse_intervals_as_we_do(content: bytes) -> None:
    """Its two contact bits are our one answer of yes, no, or can't tell."""
    ours = pmd.decode_frame(PPI_RAW + content)
    assert isinstance(ours, pmd.PpiFrame)
    theirs = PPIData.from_dataframe(polar_frame(PPI_RAW + content)).samples
    assert [(s.bpm, s.interval_ms, s.error_ms, s.blocked, s.contact) for s in ours.samples] == [
        (
            s.hr,
            s.ppi,
            s.error_estimate,
            s.invalid_ppi,
            s.skin_contact_status if s.skin_contact_supported else None,
        )
        for s in theirs
    ]


@pytest.mark.parametrize("params", ["000132000101100002010800040103", "000419003200640 0c800", ""])
def test_polar_python_reads_settings_as_we_do(params: str) -> None:
    """Elements that are whole."""
    wire = bytes.fromhex("f001020000" + params.replace(" ", ""))
    theirs = MeasurementSettings.from_bytes(bytearray(wire)).settings
    ours = pmd.decode_settings(wire[5:])
    assert {int(s): list(v) for s, v in ours.values.items()} == {
        int(s.type): s.values for s in theirs
    }
