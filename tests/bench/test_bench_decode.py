"""Acceleration decoding against polar-python and bleakheart, in one run, on the same bytes."""

import random
import time

import numpy as np
import pytest
from bleakheart import PolarMeasurementData
from polar_python.parsers.polar import parse_polar_data

from protocol.ble.pmd import decode_frame
from server.decoding.acceleration import decode_frames, decode_joined_frames
from tests.bench.conftest import BenchReport, best_seconds
from tests.contract.test_ble_total import DECODERS, SEED, decode_or_refuse, hostile_wires
from tests.unit.server.decoding.frame_bytes import delta_block, head, raw_frame

pytestmark = pytest.mark.bench

N_FRAMES = 330  # about a minute of an H10 at 200 Hz
RAW_SAMPLES = 36  # ble-wire: an H10 frame at MTU 232
DELTA_SAMPLES = 71  # a Verity Sense frame as in polar-ble-sdk issue 317
RAW_TARGET = 500
MEMCPY_TARGET = 0.25
DELTA_TARGET = 40
N_HOSTILE = 100_000
FULL_VALUE_BYTES = 244  # the longest notification in one link-layer packet

Triple = tuple[int, int, int]


def walk_mg(n: int, seed: int) -> list[Triple]:
    """A chest that moves: counts of a few hundred mg that wander."""
    rng = np.random.default_rng(seed)
    track = rng.normal(0, 40, (n, 3)).cumsum(axis=0) * 0.2 + (0, 0, 1000)
    return [(int(x), int(y), int(z)) for x, y, z in track]


def raw_frames() -> list[bytes]:
    return [raw_frame(walk_mg(RAW_SAMPLES, seed)) for seed in range(N_FRAMES)]


def delta_frames() -> list[bytes]:
    """Blocks of ten differences, each as wide as its widest: as a strap packs them."""
    return [_delta_frame(walk_mg(DELTA_SAMPLES, seed)) for seed in range(N_FRAMES)]


def _delta_frame(samples: list[Triple]) -> bytes:
    steps = np.diff(np.array(samples), axis=0)
    frame = head(0x81) + b"".join(v.to_bytes(2, "little", signed=True) for v in samples[0])
    for at in range(0, len(steps), 10):
        block = steps[at : at + 10]
        bits = int(np.abs(block).max()).bit_length() + 1
        frame += delta_block(bits, [(int(x), int(y), int(z)) for x, y, z in block])
    return frame


def peer_seconds(frames: list[bytes]) -> float:
    """polar-python, frame by frame: the only way it has."""
    arrays = [bytearray(frame) for frame in frames]
    return best_seconds(lambda: [parse_polar_data(array, lambda _: None) for array in arrays])


def bleakheart_seconds(frames: list[bytes]) -> float:
    decode = PolarMeasurementData._decode_acc_data
    return best_seconds(lambda: [decode(None, frame) for frame in frames])


def test_raw_frames(bench_report: BenchReport) -> None:
    frames = raw_frames()
    joined = b"".join(frames)
    n_samples = N_FRAMES * RAW_SAMPLES
    peer_s = peer_seconds(frames)
    bleakheart_s = bleakheart_seconds(frames)
    joined_s = best_seconds(lambda: decode_joined_frames(joined, len(frames[0])))
    listed_s = best_seconds(lambda: decode_frames(frames))
    memcpy_s = best_seconds(lambda: np.frombuffer(joined, np.uint8).copy())
    bench_report.write(
        "raw acceleration, 330 frames",
        polar_python_msamples_s=n_samples / peer_s / 1e6,
        bleakheart_msamples_s=n_samples / bleakheart_s / 1e6,
        joined_msamples_s=n_samples / joined_s / 1e6,
        listed_msamples_s=n_samples / listed_s / 1e6,
        times_polar_python=peer_s / joined_s,
        times_polar_python_listed=peer_s / listed_s,
        share_of_memcpy=memcpy_s / joined_s,
    )
    assert peer_s / joined_s >= RAW_TARGET
    assert memcpy_s / joined_s >= MEMCPY_TARGET


def test_delta_frames(bench_report: BenchReport) -> None:
    frames = delta_frames()
    n_samples = N_FRAMES * DELTA_SAMPLES
    ours = decode_frames(frames).samples
    theirs = [
        tuple(sample)
        for f in frames
        for sample in parse_polar_data(bytearray(f), lambda _: None).data
    ]
    assert len(theirs) == len(ours)
    peer_s = peer_seconds(frames)
    ours_s = best_seconds(lambda: decode_frames(frames))
    bench_report.write(
        "delta acceleration, 330 frames",
        polar_python_msamples_s=n_samples / peer_s / 1e6,
        ours_msamples_s=n_samples / ours_s / 1e6,
        times_polar_python=peer_s / ours_s,
    )
    assert peer_s / ours_s >= DELTA_TARGET


def worst_frames() -> dict[str, bytes]:
    """What costs our own reader of single frames most, by the idea behind it."""
    start = head(0x81) + bytes(6)
    room = FULL_VALUE_BYTES - len(start)
    return {
        "repeated": start + bytes((0, 255)) * 4,  # 24 bytes announce 1,021 samples
        "one_bit": start + _one_bit_blocks(room),
        "empty_blocks": start + bytes((1, 0)) * (room // 2),
    }


def _one_bit_blocks(room: int) -> bytes:
    """As many samples as bytes can carry: three bits each."""
    full = bytes((1, 255)) + bytes(range(96))
    rest = room - 2 * len(full) - 2
    return full * 2 + bytes((1, rest * 8 // 3)) + bytes(rest)


def test_the_worst_frame_costs_less_than_a_peer_takes_for_two_ordinary_ones(
    bench_report: BenchReport,
) -> None:
    """D1: what a hostile strap sends can't hold up the gateway, which reads frames one by one."""
    ordinary = bytearray(_delta_frame(walk_mg(DELTA_SAMPLES, 0)))
    peer_s = best_seconds(lambda: parse_polar_data(ordinary, lambda _: None))
    costs = {
        name: best_seconds(lambda frame=frame: decode_frame(frame))  # type: ignore[misc]
        for name, frame in worst_frames().items()
    }
    bench_report.write(
        "worst frames, each against polar-python on an ordinary one of 71 samples",
        ordinary_share=best_seconds(lambda: decode_frame(bytes(ordinary))) / peer_s,
        **{f"{name}_share": cost_s / peer_s for name, cost_s in costs.items()},
    )
    assert max(costs.values()) < 2 * peer_s
    assert costs["repeated"] < peer_s / 5  # no work a sample: 24 bytes must not cost like 244


def test_hostile_frames_cost_less_than_a_peer_takes_for_an_ordinary_one(
    bench_report: BenchReport,
) -> None:
    """D1's fuzz, each frame timed: the promise names 20 us."""
    chance, decoders = random.Random(SEED), list(DECODERS.values())
    ordinary = bytearray(_delta_frame(walk_mg(DELTA_SAMPLES, 0)))
    peer_s = best_seconds(lambda: parse_polar_data(ordinary, lambda _: None))
    costs_s = []
    for wire in hostile_wires(chance, N_HOSTILE):
        decode = chance.choice(decoders)
        start_s = time.perf_counter()
        decode_or_refuse(decode, wire)
        costs_s.append(time.perf_counter() - start_s)
    costs_s.sort()
    p99_s = costs_s[len(costs_s) * 99 // 100]
    bench_report.write(
        "fuzzed frames, against polar-python on an ordinary one of 71 samples",
        mean_us=sum(costs_s) / len(costs_s) * 1e6,
        p99_us=p99_s * 1e6,
        p99_share=p99_s / peer_s,
    )
    assert p99_s < peer_s
