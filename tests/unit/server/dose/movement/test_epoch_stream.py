import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from server.dose.movement.calibration import Calibration
from server.dose.movement.epoch_grid import EpochGrid
from server.dose.movement.epoch_stream import EpochStream
from server.dose.movement.epochs import Epochs
from server.dose.quantity import Missing

RATE_HZ = 25
GRID = EpochGrid(RATE_HZ, 5.0)  # 125 samples an epoch
STILL = (0, 0, 1000)


def at_rest(n: int) -> NDArray[np.int16]:
    """Nearly: a little more on every second sample, ENMO 5 and MAD 5 mg."""
    samples = np.tile(np.array(STILL, dtype=np.int16), (n, 1))
    samples[::2, 2] += 10
    return samples


def measure(samples: NDArray[np.int16] | NDArray[np.float64], grid: EpochGrid = GRID) -> Epochs:
    stream = EpochStream(grid)
    stream.add(samples, 0.0)
    return stream.finish()


@pytest.mark.parametrize("rate_hz", [200, 100, 50, 25, 52, 12.5])
def test_every_rate_of_the_ladder_and_others(rate_hz: float) -> None:
    epochs = measure(at_rest(round(rate_hz * 20)), EpochGrid(rate_hz, 5.0))
    assert (len(epochs), epochs.epoch_s, epochs.start_s) == (4, 5.0, 0.0)
    assert epochs.missing == (None,) * 4
    assert epochs.enmo_mg == pytest.approx([5.0] * 4, abs=0.1)
    assert epochs.mad_mg == pytest.approx([5.0] * 4, abs=0.1)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=12), st.integers(0, 900))
def test_it_is_no_matter_how_a_recording_is_cut_into_blocks(cuts: list[int], hole: int) -> None:
    rng = np.random.default_rng(hole)
    samples = rng.normal(STILL, 300, (1000, 3)).astype(np.int16)
    samples[hole : hole + 60] = 0
    stream, at = EpochStream(GRID), 0
    for n in [*cuts, 1000]:
        stream.add(samples[at : at + n], at / RATE_HZ)
        at += n
    whole, parts = measure(samples), stream.finish()
    assert parts.missing == whole.missing
    np.testing.assert_allclose(parts.enmo_mg, whole.enmo_mg, atol=1e-3)
    np.testing.assert_allclose(parts.mad_mg, whole.mad_mg, atol=2e-3)
    np.testing.assert_array_equal(parts.coverage, whole.coverage)
    np.testing.assert_array_equal(parts.zero_filled, whole.zero_filled)


def test_a_gap_between_blocks_is_a_gap() -> None:
    """By hand: heard are 0 to 5 s, 6 to 7.6 s and 20 to 25 s: epoch 1 has 40 of 125 samples."""
    stream = EpochStream(GRID)
    stream.add(at_rest(125), 0.0)
    stream.add(at_rest(40), 6.0)
    stream.add(at_rest(125), 20.0)
    epochs = stream.finish()
    low, none = Missing.LOW_COVERAGE, Missing.NO_DATA
    assert epochs.missing == (None, low, none, none, None)
    assert epochs.coverage == pytest.approx([1, 0.32, 0, 0, 1])
    assert np.isnan(epochs.enmo_mg).tolist() == [False, True, True, True, False]
    assert np.isnan(epochs.mad_mg).tolist() == [False, True, True, True, False]


def test_four_fifths_of_an_epoch_are_enough() -> None:
    for n_lost, reason in ((25, None), (26, Missing.LOW_COVERAGE)):
        stream = EpochStream(GRID)
        stream.add(at_rest(125), 0.0)
        stream.add(at_rest(250 - n_lost), 5 + n_lost / RATE_HZ)
        assert stream.finish().missing == (None, reason, None)


def test_zeros_of_a_silent_sensor_are_no_stillness_and_no_free_fall() -> None:
    samples = at_rest(375)
    samples[100:135] = 0  # 1.4 s over an edge: 25 in epoch 0, 10 in epoch 1
    samples[260:300] = 0
    epochs = measure(samples)
    assert epochs.missing == (None, None, Missing.ZERO_FILLED)
    assert epochs.zero_filled == pytest.approx([0.2, 0.08, 0.32])
    assert epochs.coverage == pytest.approx([0.8, 0.92, 0.68])
    assert epochs.mad_mg[:2] == pytest.approx([5.0, 5.0], abs=0.1)


def test_a_recording_of_zeros_only_has_epochs_without_numbers() -> None:
    assert measure(np.zeros((250, 3), np.int16)).missing == (Missing.ZERO_FILLED,) * 2


def test_one_zero_sample_is_a_sample() -> None:
    samples = at_rest(125)
    samples[60] = 0
    epochs = measure(samples)
    assert epochs.coverage[0] == 1.0
    assert epochs.mad_mg[0] > 10


def test_not_a_number_was_not_heard() -> None:
    samples = at_rest(250).astype(np.float64)
    samples[10:60, 1] = np.nan
    epochs = measure(samples)
    assert epochs.missing == (Missing.LOW_COVERAGE, None)
    assert epochs.coverage == pytest.approx([0.6, 1.0])


def test_the_end_of_a_recording_is_no_missing_epoch() -> None:
    assert len(measure(at_rest(125 + 99))) == 1
    assert len(measure(at_rest(125 + 100))) == 2
    assert len(measure(at_rest(99))) == 0
    assert len(EpochStream(GRID).finish()) == 0


def test_samples_at_an_end_of_the_range_are_counted_and_too_many_leave_no_number() -> None:
    samples = np.concatenate([at_rest(125)] * 3)
    samples[130:150, 0] = 2000
    samples[255:300, 1] = -1990
    stream = EpochStream(GRID, range_mg=2000)
    stream.add(samples, 0.0)
    epochs = stream.finish()
    assert epochs.clipped == pytest.approx([0, 0.16, 0.36])
    assert epochs.missing == (None, None, Missing.UNUSABLE)
    assert measure(samples).missing == (None, None, None)


def test_a_block_of_another_sensor_is_judged_by_its_own_range() -> None:
    samples = np.concatenate([at_rest(125)] * 2)
    samples[[20, 145], 0] = 2000
    stream = EpochStream(GRID, range_mg=2000)
    stream.add(samples, 0.0)
    stream.change_range(8000)
    stream.add(samples, 10.0)
    stream.change_range(None)
    stream.add(samples, 20.0)
    assert stream.finish().clipped == pytest.approx([0.008, 0.008, 0, 0, 0, 0])


def test_a_calibration_is_used() -> None:
    stream = EpochStream(GRID, Calibration((0.0, 0.0, -0.005)))
    stream.add(at_rest(125), 0.0)
    assert stream.finish().enmo_mg == pytest.approx([2.5], abs=0.1)


def test_stamped_samples_go_by_their_stamps() -> None:
    """A strap whose clock is 1 % slow: 123.75 samples in each five real seconds."""
    stream = EpochStream(GRID)
    times_s = np.arange(500) / RATE_HZ * 1.01
    stream.add_stamped(at_rest(500), times_s)
    epochs = stream.finish()
    assert epochs.missing == (None,) * 4
    assert epochs.coverage == pytest.approx([0.992] * 4, abs=0.01)


def test_blocks_in_the_wrong_order_are_refused() -> None:
    stream = EpochStream(GRID)
    stream.add(at_rest(125), 20.0)
    with pytest.raises(ValueError, match="order of time"):
        stream.add(at_rest(125), 0.0)


def test_a_day_takes_the_memory_of_a_block() -> None:
    """24 h at 25 Hz are 13 MB of counts; what is kept is some numbers an epoch."""
    block = at_rest(RATE_HZ * 600)
    stream = EpochStream(GRID)
    stream.add(block, 0.0)
    tracemalloc.start()
    for at in range(1, 144):
        stream.add(block, at * 600.0)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(stream.finish()) == 24 * 3600 // 5
    assert peak < 3e6
