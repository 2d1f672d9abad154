"""Framing: full frames at the right moments, none doubled, and what nobody hears is gone."""

import random

from firmware_sim.strap.device_clock import POWER_ON_STAMP_NS, DeviceClock
from firmware_sim.strap.pmd_bytes import ACC_SAMPLE_BYTES, encode_acc_frame
from firmware_sim.strap.pmd_stream import Frame, Framing, PmdStream
from firmware_sim.strap.sample_rate import RateWander
from tests.unit.firmware_sim.strap.fakes import CountingSignal

SECOND_NS = 10**9


def _stream(full_scale: int = 8000) -> PmdStream:
    framing = Framing(200, ACC_SAMPLE_BYTES, full_scale, encode_acc_frame)
    return PmdStream(framing, CountingSignal(3), RateWander(0.0, random.Random(3)), 0)


def _take(stream: PmdStream, now_ns: int, att_mtu: int = 232, *, heard: bool = True) -> list[Frame]:
    clock = DeviceClock(0, 0)
    return list(stream.take_frames(now_ns, att_mtu=att_mtu, clock=clock, heard=heard))


def _first_axis(frame: Frame) -> list[int]:
    body = frame.payload[10:]
    return [int.from_bytes(body[i : i + 2], "little") for i in range(0, len(body), 6)]


def test_a_frame_is_given_once_full_and_once_only() -> None:
    stream = _stream()
    due_ns = stream.next_frame_ns
    assert 179_000_000 < due_ns < 181_000_000
    assert _take(stream, due_ns - 1) == []
    assert len(_take(stream, due_ns)) == 1
    assert _take(stream, due_ns) == []


def test_the_stamp_is_the_last_samples_on_the_straps_clock() -> None:
    (frame,) = _take(_stream(), 200_000_000)
    stamp_ns = int.from_bytes(frame.payload[1:9], "little")
    assert stamp_ns == DeviceClock(0, 0).stamp_ns(frame.at_ns)
    assert stamp_ns > POWER_ON_STAMP_NS


def test_no_sample_is_lost_or_doubled_between_frames() -> None:
    frames = _take(_stream(), 10 * SECOND_NS)
    assert len(frames) == 55
    samples = [value for frame in frames for value in _first_axis(frame)]
    assert samples == list(range(55 * 36))


def test_calling_late_gives_the_same_bytes() -> None:
    late = _take(_stream(), 3 * SECOND_NS)
    stream = _stream()
    often = [each for at in range(0, 3 * SECOND_NS + 1, 10**7) for each in _take(stream, at)]
    assert [each.payload for each in often] == [each.payload for each in late]


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
