"""What both kinds of stream share: full frames at the right moments, none doubled, none unheard."""

import random
from collections.abc import Callable

import pytest

from firmware_sim.strap.delta_stream import DeltaFraming, DeltaStream
from firmware_sim.strap.device_clock import POWER_ON_STAMP_NS, DeviceClock
from firmware_sim.strap.pmd_bytes import (
    ACC_SAMPLE_BYTES,
    Measurement,
    encode_acc_frame,
    encode_frame_header,
)
from firmware_sim.strap.pmd_stream import Frame, PmdStream
from firmware_sim.strap.raw_stream import RawFraming, RawStream
from firmware_sim.strap.sample_rate import RateWander
from tests.unit.firmware_sim.strap.fakes import CountingSignal

SECOND_NS = 10**9
Make = Callable[..., PmdStream]


def _raw(error: float = 0.0) -> PmdStream:
    framing = RawFraming(200, ACC_SAMPLE_BYTES, 8000, encode_acc_frame)
    return RawStream(framing, CountingSignal(3), RateWander(error, random.Random(3)), 0)


def _delta(error: float = 0.0) -> PmdStream:
    framing = DeltaFraming(
        52, 8000, lambda stamp_ns: encode_frame_header(Measurement.ACC, stamp_ns, 0x81), 1.0
    )
    return DeltaStream(framing, CountingSignal(3), RateWander(error, random.Random(3)), 0)


both = pytest.mark.parametrize("make", [_raw, _delta])


def _take(stream: PmdStream, now_ns: int, att_mtu: int = 232, *, heard: bool = True) -> list[Frame]:
    clock = DeviceClock(0, 0)
    return list(stream.take_frames(now_ns, att_mtu=att_mtu, clock=clock, heard=heard))


@both
def test_a_frame_is_given_once_full_and_once_only(make: Make) -> None:
    stream = make()
    due_ns = stream.next_frame_ns
    assert _take(stream, due_ns - 1) == []
    (frame,) = _take(stream, due_ns)
    assert frame.at_ns == due_ns
    assert _take(stream, due_ns) == []
    assert stream.next_frame_ns > due_ns


@both
def test_the_stamp_is_the_last_samples_on_the_straps_clock(make: Make) -> None:
    stream = make()
    (frame,) = _take(stream, stream.next_frame_ns)
    stamp_ns = int.from_bytes(frame.payload[1:9], "little")
    assert stamp_ns == DeviceClock(0, 0).stamp_ns(frame.at_ns)
    assert stamp_ns > POWER_ON_STAMP_NS


@both
def test_calling_late_gives_the_same_bytes(make: Make) -> None:
    late = _take(make(), 5 * SECOND_NS)
    stream = make()
    often = [each for at in range(0, 5 * SECOND_NS + 1, 10**7) for each in _take(stream, at)]
    assert len(late) >= 3
    assert [each.payload for each in often] == [each.payload for each in late]


@both
def test_what_nobody_hears_is_gone_and_time_goes_on(make: Make) -> None:
    unheard, heard = make(), make()
    assert _take(unheard, 5 * SECOND_NS, heard=False) == []
    _take(heard, 5 * SECOND_NS)
    assert _take(unheard, 10 * SECOND_NS) == _take(heard, 10 * SECOND_NS)


@both
def test_a_frame_that_no_longer_fits_is_gone_and_the_next_are_shorter(make: Make) -> None:
    stream, roomy = make(), make()
    first, *_ = _take(roomy, 5 * SECOND_NS)
    frames = _take(stream, 5 * SECOND_NS, att_mtu=70)
    assert frames
    assert frames[0].at_ns > first.at_ns
    assert all(len(frame.payload) <= 70 - 3 for frame in frames)


@both
def test_a_large_mtu_makes_no_larger_frames(make: Make) -> None:
    usual, large = _take(make(), 5 * SECOND_NS), _take(make(), 5 * SECOND_NS, att_mtu=517)
    assert large == usual


@both
def test_a_sensor_that_runs_fast_fills_its_frames_sooner(make: Make) -> None:
    true_ns, fast_ns = make().next_frame_ns, make(error=0.008).next_frame_ns
    assert fast_ns / true_ns == pytest.approx(1 / 1.008, rel=1e-6)
