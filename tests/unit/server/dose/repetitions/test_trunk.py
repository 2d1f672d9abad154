import numpy as np
import pytest

from server.dose.repetitions.trunk import RATE_HZ, find_lost, read_trunk


def _bounce(
    rate_hz: float, seconds: float = 20.0
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """A strap askew that goes up and down twice a second, by 300 mg."""
    up = 1000.0 + 300.0 * np.sin(2 * np.pi * 2.0 * np.arange(0.0, seconds, 1.0 / rate_hz))
    return np.outer(up, np.array([-0.8, 0.36, 0.48]))


@pytest.mark.parametrize("rate_hz", [25.0, 26.0, 50.0, 52.0, 100.0, 200.0])
def test_every_rate_gives_the_same_trace(rate_hz: float) -> None:
    trunk = read_trunk(_bounce(rate_hz), rate_hz)
    inner = trunk.vertical_mg[50:-50]
    assert trunk.n == pytest.approx(20 * RATE_HZ, abs=1)
    assert inner.max() == pytest.approx(300.0, abs=20)
    assert inner.min() == pytest.approx(-300.0, abs=20)


def test_free_fall_is_no_drop_out_and_a_row_of_zeros_is() -> None:
    samples = np.full((10, 3), 3.0)
    samples[2] = 0.0
    samples[5:8] = 0.0
    samples[9, 1] = np.nan
    assert np.flatnonzero(find_lost(samples)).tolist() == [5, 6, 7, 9]


def test_what_was_lost_is_not_heard() -> None:
    samples = _bounce(50.0)
    samples[200:300] = 0.0
    heard = read_trunk(samples, 50.0).heard
    assert not heard[101:149].any()
    assert heard[:99].all()
    assert heard[151:].all()


@pytest.mark.parametrize(
    ("samples", "rate_hz", "sentence"),
    [
        (np.ones((100, 2)), 50.0, r"shape \(100, 2\), not \(n, 3\)"),
        (np.ones((100, 3)), 5.0, "5 Hz is too slow to count repetitions: 12 or more"),
        (np.ones((100, 3)), float("nan"), "too slow"),
        (np.ones((100, 3)), float("inf"), "no sampling rate"),
        (np.full((100, 3), np.nan), 50.0, "less than a second"),
        (np.zeros((0, 3)), 50.0, "less than a second"),
    ],
)
def test_what_can_not_be_counted_is_refused(
    samples: np.ndarray[tuple[int, int], np.dtype[np.float64]], rate_hz: float, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_trunk(samples, rate_hz)
