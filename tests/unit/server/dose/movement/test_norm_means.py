import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from server.dose.movement.calibration import Calibration
from server.dose.movement.norm_means import BLOCK_SAMPLES, NormMeter

FLOAT, WHOLE = np.dtype(np.float64), np.dtype(np.int16)


def measure(samples: NDArray[np.float64], *starts: int) -> tuple[list[float], list[float]]:
    enmo_mg, mad_mg = NormMeter(FLOAT).measure(samples, np.array(starts))
    return enmo_mg.tolist(), mad_mg.tolist()


def upright(*lengths_mg: float) -> NDArray[np.float64]:
    return np.array([(0.0, 0.0, length) for length in lengths_mg])


def test_below_1_g_is_cut_off_before_the_mean() -> None:
    """By hand: r = 800, 1000, 1300, 1100; what is above: 0, 0, 300, 100. Their mean is 1050."""
    assert measure(upright(800, 1000, 1300, 1100), 0) == ([100.0], [150.0])
    cut_off_after_the_mean = 1050 - 1000
    assert cut_off_after_the_mean != 100


def test_the_length_is_of_all_three_axes() -> None:
    """By hand: 3, 4, 12 -> 13, times 100."""
    assert measure(np.array([(300.0, -400.0, 1200.0)] * 2), 0) == ([300.0], [0.0])


def test_epochs_of_different_lengths() -> None:
    samples = upright(1000, 1200, 900, 1600, 1100, 1200)
    assert measure(samples, 0, 2, 3)[0] == pytest.approx([100, 0, 300])
    assert measure(samples, 0, 2, 3)[1] == pytest.approx([100, 0, 200])


def test_a_calibration_corrects_each_axis_before_the_length() -> None:
    """By hand: 2 * 150 + 0 = 300; 1 * 500 - 100 = 400; 0.5 * 2000 + 200 = 1200."""
    calibration = Calibration((0.0, -0.1, 0.2), (2.0, 1.0, 0.5))
    samples = np.array([(150.0, 500.0, 2000.0)] * 2)
    enmo_mg, _ = NormMeter(FLOAT, calibration).measure(samples, np.array([0]))
    assert enmo_mg == pytest.approx([300.0])


@given(
    arrays.arrays(np.int16, (60, 3), elements=st.integers(-8000, 8000)),
    st.sets(st.integers(1, 59)),
)
def test_whole_counts_are_as_the_formula_says_within_a_millionth_of_the_largest(
    samples: NDArray[np.int16], cuts: set[int]
) -> None:
    starts = np.array([0, *sorted(cuts)])
    enmo_mg, mad_mg = NormMeter(WHOLE).measure(samples, starts)
    norms = np.sqrt((samples.astype(np.float64) ** 2).sum(axis=1))
    for place, part in enumerate(np.split(norms, starts[1:])):
        within = 1e-6 * max(1000.0, part.max())
        assert enmo_mg[place] == pytest.approx(np.maximum(part - 1000, 0).mean(), abs=within)
        assert mad_mg[place] == pytest.approx(np.abs(part - part.mean()).mean(), abs=within)


@pytest.mark.parametrize("n_per_epoch", [1000, 125, BLOCK_SAMPLES + 1])
def test_an_hour_in_float32_differs_from_float64_by_less_than_a_thousandth(
    n_per_epoch: int,
) -> None:
    rng = np.random.default_rng(1)
    samples = rng.normal((-900, 40, 350), 400, (n_per_epoch * 5, 3)).astype(np.int16)
    starts = np.arange(5) * n_per_epoch
    rough = NormMeter(WHOLE).measure(samples, starts)
    exact = NormMeter(FLOAT).measure(samples.astype(np.float64), starts)
    np.testing.assert_allclose(rough, exact, atol=1e-3)


def test_the_most_negative_count_is_no_overflow() -> None:
    samples = np.full((2, 3), -32768, dtype=np.int16)
    enmo_mg, _ = NormMeter(WHOLE).measure(samples, np.array([0]))
    assert enmo_mg == pytest.approx([32768 * 3**0.5 - 1000], rel=1e-6)
