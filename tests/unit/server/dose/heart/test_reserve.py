import numpy as np
import pytest

from server.dose.heart.hr_max import HrMax, HrMaxSource
from server.dose.heart.reserve import HeartScale, compute_hrr, compute_share_of_max


def test_shares_are_of_the_reserve_and_of_the_maximum() -> None:
    scale = HeartScale(60.0, HrMax(180.0, HrMaxSource.MEASURED))
    rates = np.array([60.0, 90.0, 120.0, 180.0, 192.0, 48.0])
    assert compute_hrr(rates, scale).tolist() == pytest.approx([0, 0.25, 0.5, 1, 1.1, -0.1])
    assert compute_share_of_max(rates, scale)[1] == 0.5


@pytest.mark.parametrize(
    ("rest", "maximum", "told"),
    [
        (180.0, 60.0, r"the resting heart rate \(180\) is not below the maximum \(60\)"),
        (100.0, 100.0, "is not below the maximum"),
        (0.0, 180.0, "a resting heart rate of 0 is none of an adult; give 25 to 150 bpm"),
        (60.0, 400.0, "a maximum heart rate of 400 is none of an adult; give 80 to 230 bpm"),
        (float("nan"), 180.0, "a resting heart rate of nan"),
        (60.0, float("nan"), "a maximum heart rate of nan"),
    ],
)
def test_a_scale_that_cant_be_is_refused(rest: float, maximum: float, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        HeartScale(rest, HrMax(maximum, None))
