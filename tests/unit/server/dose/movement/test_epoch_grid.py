import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.dose.movement.epoch_grid import EpochGrid, Spans


def told(spans: Spans) -> list[tuple[int, int]]:
    return list(zip(spans.numbers.tolist(), spans.starts.tolist(), strict=True))


def test_even_samples_by_hand() -> None:
    """25 Hz and 5 s: 125 samples an epoch; from 4 s on the first epoch has 25 left."""
    assert told(EpochGrid(25, 5).locate_even(160, 4.0)) == [(0, 0), (1, 25), (2, 150)]


def test_a_broken_number_of_samples_takes_turns() -> None:
    """12.5 Hz and 5 s: 62.5 an epoch. Sample 62, at 4.96 s, is half an interval early."""
    assert told(EpochGrid(12.5, 5).locate_even(190, 0.0)) == [(0, 0), (1, 62), (2, 125), (3, 187)]


def test_stamps_that_a_clock_rounded_down_stay_with_their_epoch() -> None:
    times_s = np.array([0.0, 4.96, 4.9999999, 5.04, 20.0])
    assert told(EpochGrid(25, 5).locate_stamped(times_s)) == [(0, 0), (1, 2), (4, 4)]


def test_epochs_count_from_the_origin() -> None:
    assert told(EpochGrid(1, 10, 100.0).locate_even(12, 95.0)) == [(-1, 0), (0, 5)]


@given(
    st.sampled_from([200.0, 100.0, 50.0, 25.0, 52.0, 62.4, 31.8]),
    st.integers(1, 900),
    st.integers(0, 5000),
)
def test_even_and_stamped_samples_are_located_alike(rate_hz: float, n: int, first: int) -> None:
    """Where no sample lies half an interval before an edge: there a last digit decides."""
    grid = EpochGrid(rate_hz, 5.0)
    even = grid.locate_even(n, first / rate_hz)
    stamped = grid.locate_stamped((first + np.arange(n)) / rate_hz)
    assert even.numbers.tolist() == stamped.numbers.tolist()
    assert even.starts.tolist() == stamped.starts.tolist()


def test_what_goes_on_is_one_epoch() -> None:
    before = Spans(np.array([3, 4]), np.array([0, 10]))
    behind = Spans(np.array([4, 6]), np.array([0, 5])).shift(12)
    assert told(behind.after(before)) == [(3, 0), (4, 10), (6, 17)]
    other = Spans(np.array([5]), np.array([0])).shift(12)
    assert told(other.after(before)) == [(3, 0), (4, 10), (5, 12)]


def test_head_and_tail() -> None:
    spans = Spans(np.array([3, 4, 6]), np.array([0, 10, 17]))
    assert told(spans.head(1)) == [(3, 0)]
    assert told(spans.tail(1)) == [(4, 0), (6, 7)]


def test_samples_per_epoch() -> None:
    assert EpochGrid(12.5, 5).samples_per_epoch == pytest.approx(62.5)
