"""Where a clock was set, and what only looks like it. Frames of 180 ms, by hand."""

import numpy as np
import pytest

from server.decoding.clocks.breaks import Segmentation, split_at_clock_steps
from server.decoding.clocks.frames import FrameTimes
from tests.unit.server.decoding.clocks.frame_times import even_ms, make_frames

FRAME_NS = 180_000_000
N = 100  # frames before and after, 18 s each


def split(frames: FrameTimes, opens_at: tuple[int, ...] = (0,)) -> Segmentation:
    opens = np.zeros(len(frames), dtype=np.bool_)
    opens[list(opens_at)] = True
    filled_ns = np.full(len(frames), FRAME_NS, dtype=np.int64)
    return split_at_clock_steps(frames, filled_ns, opens)


def late_ms(sent_ms: list[float], seed: int = 1) -> list[float]:
    """Arrivals 5 to 50 ms after, in order."""
    delays_ms = np.random.default_rng(seed).uniform(5, 50, len(sent_ms))
    arrived: list[float] = np.maximum.accumulate(np.array(sent_ms) + delays_ms).tolist()
    return arrived


def sizes(split_: Segmentation) -> list[int]:
    return [places.size for places in split_.clocks]


def test_one_frame_is_one_clock() -> None:
    assert [places.tolist() for places in split(make_frames([0], [9])).clocks] == [[0]]


@pytest.mark.parametrize("hole_ms", [180, 720, 60_000, 3_600_000])
def test_loss_is_no_step(hole_ms: int) -> None:
    sent = even_ms(N) + even_ms(N, from_ms=N * 180 + hole_ms)
    assert sizes(split(make_frames(sent, late_ms(sent)))) == [2 * N]


@pytest.mark.parametrize(
    "step_ms", [30, 60, 180, 360, 1_500, 3_600_000, -30, -60, -180, -360, -1_500, -3_600_000]
)
@pytest.mark.parametrize("hole_ms", [0, 180])
def test_a_clock_that_was_set_is(step_ms: int, hole_ms: int) -> None:
    """Also where it looks like whole frames, or hides behind a lost one."""
    if step_ms == -hole_ms:
        return  # not to be seen in any stamp: the next one is as if nothing were
    sent = even_ms(N) + even_ms(N, from_ms=N * 180 + hole_ms)
    stamps = sent[:N] + [one + step_ms for one in sent[N:]]
    found = split(make_frames(stamps, late_ms(sent)))
    assert sizes(found) == [N, N]
    assert (found.n_repeated, found.n_backward) == (0, 0)


def test_a_clock_set_back_and_then_far_ahead_is_three() -> None:
    sent = even_ms(3 * N)
    stamps = sent[:N] + [one - 3_600_000 for one in sent[N : N + 60]]
    stamps += [one + 241_586_764_000 for one in sent[N + 60 :]]
    assert sizes(split(make_frames(stamps, late_ms(sent)))) == [N, 60, 2 * N - 60]


def test_a_burst_that_comes_late_is_no_step() -> None:
    sent = even_ms(2 * N)
    arrivals = late_ms(sent)
    arrivals[80:100] = [arrivals[100]] * 20  # 3.6 s at once
    assert sizes(split(make_frames(sent, arrivals))) == [2 * N]


def test_loss_inside_a_burst_is_no_step() -> None:
    sent = even_ms(2 * N)
    arrivals = late_ms(sent)
    arrivals[80:100] = [arrivals[100]] * 20
    kept = [at for at in range(2 * N) if at not in {85, 86, 90}]
    frames = make_frames(sent, arrivals).take(np.array(kept))
    assert sizes(split(frames)) == [2 * N - 3]


def test_frames_that_come_again_are_left_out() -> None:
    sent = even_ms(2 * N)
    stamps, arrivals = sent.copy(), late_ms(sent)
    for at, again in ((150, 150), (60, 58), (30, 30)):  # behind, from the last on
        stamps.insert(at + 1, sent[again])
        arrivals.insert(at + 1, arrivals[at])
    found = split(make_frames(stamps, arrivals))
    assert sizes(found) == [2 * N]
    assert (found.n_repeated, found.n_backward) == (2, 1)
    (places,) = found.clocks
    assert 31 not in places


def test_a_stamp_from_nowhere_is_a_clock_of_its_own() -> None:
    stamps = even_ms(2 * N)
    arrivals = late_ms(stamps)
    stamps[N] += 1e9
    assert sizes(split(make_frames(stamps, arrivals))) == [N, 1, N - 1]


def test_a_clock_goes_on_over_a_reconnection() -> None:
    sent = even_ms(N) + even_ms(N, from_ms=N * 180 + 7_000)
    frames = make_frames(sent, late_ms(sent))
    assert sizes(split(frames, opens_at=(0, N))) == [2 * N]


def test_stamps_that_go_back_with_a_new_connection_are_a_new_clock() -> None:
    """However little, and though there are few: a strap never sends what it sent before."""
    sent = even_ms(N) + even_ms(3, from_ms=N * 180 + 100)
    stamps = sent[:N] + [one - 400 for one in sent[N:]]
    frames = make_frames(stamps, late_ms(sent))
    assert sizes(split(frames, opens_at=(0, N))) == [N, 3]
