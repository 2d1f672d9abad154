"""Frames of equal samples: as many as fit, none lost between them, none beyond the range."""

import random

import pytest

from firmware_sim.strap.device_clock import DeviceClock
from firmware_sim.strap.pmd_bytes import (
    ACC_SAMPLE_BYTES,
    ECG_SAMPLE_BYTES,
    encode_acc_frame,
    encode_ecg_frame,
)
from firmware_sim.strap.pmd_stream import Frame, PmdStream
from firmware_sim.strap.raw_stream import RawFraming, RawStream
from firmware_sim.strap.sample_rate import RateWander
from tests.unit.firmware_sim.strap.fakes import CountingSignal

SECOND_NS = 10**9


def _stream(full_scale: int = 8000) -> PmdStream:
    framing = RawFraming(200, ACC_SAMPLE_BYTES, full_scale, encode_acc_frame)
    return RawStream(framing, CountingSignal(3), RateWander(0.0, random.Random(3)), 0)


def _take(stream: PmdStream, now_ns: int, att_mtu: int = 232, *, heard: bool = True) -> list[Frame]:
    clock = DeviceClock(0, 0)
    return list(stream.take_frames(now_ns, att_mtu=att_mtu, clock=clock, heard=heard))


def _first_axis(frame: Frame) -> list[int]:
    body = frame.payload[10:]
    return [int.from_bytes(body[i : i + 2], "little") for i in range(0, len(body), 6)]


@pytest.mark.parametrize(("att_mtu", "n_acc", "n_ecg"), [(232, 36, 73), (70, 9, 19)])
def test_samples_that_fit(att_mtu: int, n_acc: int, n_ecg: int) -> None:
    """ble-wire 3.6 and 5.4: 36 acceleration samples or 73 of ECG at an H10's ATT_MTU."""
    acc = RawFraming(200, ACC_SAMPLE_BYTES, 8000, encode_acc_frame)
    ecg = RawFraming(130, ECG_SAMPLE_BYTES, 8000, encode_ecg_frame)
    for framing, n_axes, count in ((acc, 3, n_acc), (ecg, 1, n_ecg)):
        wander = RateWander(0.0, random.Random(3))
        stream = RawStream(framing, CountingSignal(n_axes), wander, 0)
        *_, last = _take(stream, 2 * SECOND_NS, att_mtu)
        assert len(last.payload) == 10 + count * framing.sample_bytes


def test_frames_come_at_the_rate_of_their_samples() -> None:
    assert 179_000_000 < _stream().next_frame_ns < 181_000_000


def test_no_sample_is_lost_or_doubled_between_frames() -> None:
    frames = _take(_stream(), 10 * SECOND_NS)
    assert len(frames) == 55
    samples = [value for frame in frames for value in _first_axis(frame)]
    assert samples == list(range(55 * 36))


def test_what_nobody_hears_is_gone() -> None:
    stream = _stream()
    assert _take(stream, 2 * SECOND_NS, heard=False) == []
    frames = _take(stream, 3 * SECOND_NS)
    assert _first_axis(frames[0])[0] == 11 * 36


def test_a_smaller_mtu_makes_shorter_frames_after_one_that_no_longer_fits() -> None:
    stream = _stream()
    frames = _take(stream, SECOND_NS, att_mtu=70)
    assert {len(each.payload) for each in frames} == {10 + 9 * 6}
    assert _first_axis(frames[0])[0] == 36


def test_values_are_clipped_at_the_range() -> None:
    frames = _take(_stream(full_scale=100), SECOND_NS)
    assert max(_first_axis(frames[-1])) == 100
