import numpy as np
import pytest

from server.dose.sensed.evening_times import Interval
from server.projection.person_streams import MovementPiece
from server.projection.set_samples import cut_interval

MS = 1_000_000


def piece(first_ms: int, values: list[float], rate_hz: int = 50) -> MovementPiece:
    """Samples whose x is given, every 1000 / rate ms."""
    times = (first_ms + np.arange(len(values)) * (1000 // rate_hz)) * MS
    samples = np.zeros((len(values), 3), dtype=np.float32)
    samples[:, 0] = values
    return MovementPiece("51ADA001", rate_hz, rate_hz, times.astype(np.int64), samples)


def test_samples_of_the_interval_at_their_places() -> None:
    even = cut_interval([piece(0, [1, 2, 3, 4, 5, 6])], Interval(40, 100))
    assert even is not None
    assert even.rate_hz == 50
    assert even.samples_mg[:, 0].tolist() == [3, 4, 5]


def test_what_was_not_heard_is_a_hole_and_no_zero() -> None:
    even = cut_interval([piece(0, [1, 2]), piece(80, [5])], Interval(0, 120))
    assert even is not None
    assert np.nan_to_num(even.samples_mg[:, 0], nan=-1).tolist() == [1, 2, -1, -1, 5, -1]


def test_a_sample_between_two_places_is_at_the_one_before() -> None:
    even = cut_interval([piece(11, [1, 2])], Interval(0, 60))
    assert even is not None
    assert np.nan_to_num(even.samples_mg[:, 0], nan=-1).tolist() == [1, 2, -1]


def test_the_rate_that_came_first_is_taken() -> None:
    even = cut_interval([piece(0, [1, 2]), piece(40, [9] * 4, 100)], Interval(0, 80))
    assert even is not None
    assert even.rate_hz == 50
    assert np.isnan(even.samples_mg[2:, 0]).all()


@pytest.mark.parametrize("sampled_hz", [198.0, 202.0])
def test_a_strap_whose_rate_is_off_has_no_holes(sampled_hz: float) -> None:
    times = (np.arange(6000) * (1e9 / sampled_hz)).astype(np.int64)
    samples = np.ones((6000, 3), dtype=np.float32)
    even = cut_interval([MovementPiece("51ADA001", 200, sampled_hz, times, samples)],
                        Interval(0, 29_000))  # fmt: skip
    assert even is not None
    assert even.rate_hz == sampled_hz
    assert not np.isnan(even.samples_mg).any()


@pytest.mark.parametrize("pieces", [[], [piece(0, [1, 2])]])
def test_nothing_in_the_interval(pieces: list[MovementPiece]) -> None:
    assert cut_interval(pieces, Interval(40, 80)) is None
