"""Compressed framing: no sample lost or doubled, however full the frames get."""

import random

import numpy as np

from firmware_sim.strap.delta_stream import DeltaFraming, DeltaStream
from firmware_sim.strap.device_clock import DeviceClock
from firmware_sim.strap.pmd_bytes import Measurement, encode_frame_header
from firmware_sim.strap.pmd_stream import Frame
from firmware_sim.strap.sample_rate import RateWander
from firmware_sim.strap.wearer import IntArray
from tests.unit.firmware_sim.strap.fakes import CountingSignal

SECOND_NS = 10**9


class Noise(CountingSignal):
    """Samples that hardly compress."""

    def take(self, count: int, first_ns: int, last_ns: int) -> IntArray:
        super().take(count, first_ns, last_ns)
        return np.random.default_rng(self.next).integers(-4000, 4000, (count, 3))


def _head(stamp_ns: int) -> bytes:
    return encode_frame_header(Measurement.ACC, stamp_ns, 0x81)


class Leaps(CountingSignal):
    """Samples that leap, and tell their place."""

    def take(self, count: int, first_ns: int, last_ns: int) -> IntArray:
        places = super().take(count, first_ns, last_ns)
        return np.array(places * 997 % 4001)


def _frames(
    signal: CountingSignal, seconds: int, *, heard: bool = True, scale: float = 1.0
) -> list[Frame]:
    framing = DeltaFraming(52, 8000, _head, scale)
    stream = DeltaStream(framing, signal, RateWander(0.0, random.Random(1)), 0)
    taken = stream.take_frames(
        seconds * SECOND_NS, att_mtu=232, clock=DeviceClock(0, 0), heard=heard
    )
    return list(taken)


def _references(frames: list[Frame]) -> list[int]:
    return [int.from_bytes(each.payload[10:12], "little") for each in frames]


def test_quiet_frames_hold_71_samples() -> None:
    frames = _frames(CountingSignal(3), 60)
    assert _references(frames)[:3] == [0, 71, 142]
    assert len(frames) == 60 * 52 // 71


def test_lively_frames_close_sooner_and_fit() -> None:
    frames = _frames(Noise(3), 60)
    assert len(frames) > 1.5 * 60 * 52 / 71
    assert all(len(each.payload) <= 229 for each in frames)
    times_ns = [each.at_ns for each in frames]
    assert times_ns == sorted(times_ns)


def test_unheard_frames_pass() -> None:
    assert _frames(CountingSignal(3), 60, heard=False) == []


def _count_samples(frame: Frame) -> int:
    """The reference and the deltas of each block: bits, count, and so many bits a channel."""
    content, count = frame.payload[16:], 1
    while content:
        bits, n_deltas = content[0], content[1]
        content, count = content[2 + (3 * bits * n_deltas + 7) // 8 :], count + n_deltas
    return count


def test_frames_that_close_early_leave_no_sample_out() -> None:
    frames = _frames(Leaps(3), 60)
    counts = [_count_samples(frame) for frame in frames]
    assert max(counts) < 71
    begins = [sum(counts[:place]) for place in range(len(frames))]
    assert _references(frames) == [begin * 997 % 4001 for begin in begins]


def test_a_unit_of_the_signal_is_so_many_counts() -> None:
    assert _references(_frames(CountingSignal(3), 10, scale=4.0))[:3] == [0, 4 * 71, 4 * 142]


def test_counts_are_clipped_at_the_range() -> None:
    assert _references(_frames(CountingSignal(3), 300, scale=4.0))[-1] == 8000
