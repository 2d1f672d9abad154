"""Her heart with and without a scale: the same trace is usable in both, or in neither."""

import numpy as np
import pytest

from server.dose.heart.hr_max import HrMax, HrMaxSource
from server.dose.heart.reserve import HeartScale
from server.dose.quantity import Missing, Quantity
from server.dose.sensed.heart_metrics import HeartTrace, list_heart_metrics
from server.dose.sensed.heart_profile import UNKNOWN_PROFILE, HeartProfile

SCALED = HeartProfile(HeartScale(60, HrMax(180, HrMaxSource.MEASURED)))


def read_mean(profile: HeartProfile, artefact_share: float | None) -> Quantity:
    """Ten minutes at 119 and 121 bpm in turn, heard each second."""
    times_s = np.arange(600.0)
    rates = np.where(times_s % 2, 119.0, 121.0)
    trace = HeartTrace(times_s, rates, np.ones(600, dtype=np.bool_), 600.0, artefact_share)
    metrics = {one.name: one for one in list_heart_metrics(trace, profile, "0" * 64)}
    return metrics["mean_hr_bpm"].delivered


@pytest.mark.parametrize("profile", [UNKNOWN_PROFILE, SCALED])
@pytest.mark.parametrize(
    ("share", "value", "missing"),
    [(None, 120, None), (0.2, 120, None), (0.21, None, Missing.UNUSABLE)],
)
def test_too_many_artefacts_leave_no_mean(
    profile: HeartProfile, share: float | None, value: float | None, missing: Missing | None
) -> None:
    told = read_mean(profile, share)
    assert told.value == (value and pytest.approx(value, abs=0.01))
    assert (told.missing, told.version) == (missing, 2)
