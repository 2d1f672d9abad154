import numpy as np
import pytest

from server.dose.heart.hr_max import HrMax, HrMaxSource
from server.dose.heart.reserve import HeartScale
from server.dose.movement.epochs import Epochs
from server.dose.movement.posture import Posture
from server.dose.quantity import Missing
from server.dose.sensed.evening_times import Interval
from server.dose.sensed.heart_metrics import HeartTrace
from server.dose.sensed.heart_profile import UNKNOWN_PROFILE, HeartProfile
from server.dose.sensed.station_sensed import HerMovement, StationSensed, sense_stations

ORIGIN_MS = 1_795_802_700_000
SCALE = HeartScale(60.0, HrMax(180.0, HrMaxSource.MEASURED))
PROFILE = HeartProfile(SCALE, "female", None)


def epochs(enmo_mg: list[float]) -> Epochs:
    """From the origin on; MAD is twice ENMO."""
    enmo = np.array(enmo_mg)
    n = len(enmo_mg)
    return Epochs(5.0, 0.0, enmo, 2 * enmo, np.ones(n), np.zeros(n), np.zeros(n), (None,) * n)


def heart(artefact_share: float | None = None) -> HeartTrace:
    """A value a second for two minutes, 119 and 121 bpm in turn."""
    times_s = np.arange(0.0, 120.0)
    ones = np.ones(120, dtype=np.bool_)
    return HeartTrace(times_s, 119.0 + 2 * (times_s % 2), ones, 120.0, artefact_share)


def sense(
    movement: HerMovement,
    trace: HeartTrace | Missing,
    profile: HeartProfile = PROFILE,
    ends_s: tuple[float, float] = (10, 30),
) -> StationSensed:
    work = Interval(*(ORIGIN_MS + round(1000 * one) for one in ends_s))
    sets = {"squat/1": work, "squat/2": Interval(ORIGIN_MS, ORIGIN_MS)}
    told = sense_stations(movement, trace, profile, sets, ORIGIN_MS)
    assert told.keys() == {"squat/1"}  # a set without time has nothing to measure
    return told["squat/1"]


POSTURES = (Posture.LYING, Posture.LYING, Posture.UPRIGHT, Posture.UPRIGHT,
            Posture.LEANING, Posture.UNKNOWN, Posture.LYING)  # fmt: skip


def test_movement_posture_and_heart_of_one_set() -> None:
    """By hand, 10 to 30 s are epochs 2 to 5; (120 - 60) / (180 - 60) is half of her reserve."""
    moved = HerMovement(epochs([9, 9, 10, 20, 30, 40, 9]), POSTURES, "warm_up")
    told = sense(moved, heart())
    assert told.enmo_mg.value == pytest.approx(25)
    assert told.mad_mg.value == pytest.approx(50)
    assert "uncalibrated" in told.enmo_mg.flags
    assert told.posture_s == {"upright": 10.0, "leaning": 5.0, "lying": 0.0, "unknown": 5.0}
    assert told.mean_hr_bpm.value == pytest.approx(120)
    assert told.mean_hrr.value == pytest.approx(0.5)
    assert told.upright == "warm_up"


def test_what_the_strap_did_not_say_is_missing_with_its_reason() -> None:
    told = sense(HerMovement(Missing.NO_STRAP), Missing.NO_STRAP)
    for one in (told.enmo_mg, told.mad_mg, told.mean_hr_bpm, told.mean_hrr):
        assert one.missing is Missing.NO_STRAP
    assert told.posture_s["unknown"] == 20.0
    assert told.upright is None
    after = sense(HerMovement(epochs([9, 9])), heart(), ends_s=(300, 320))
    assert (after.mad_mg.missing, after.mean_hr_bpm.missing) == (Missing.NO_DATA, Missing.NO_DATA)


def test_a_scale_that_nobody_measured_or_intervals_of_noise_give_no_share() -> None:
    moved = HerMovement(epochs([9] * 7))
    told = sense(moved, heart(), UNKNOWN_PROFILE)
    assert (told.mean_hr_bpm.value, told.mean_hrr.missing) == (120, Missing.NOT_MEASURED)
    assert sense(moved, heart(artefact_share=0.9)).mean_hr_bpm.missing is Missing.UNUSABLE


def test_the_share_says_what_is_doubtful_of_her_scale() -> None:
    scale = HeartScale(60.0, HrMax(180.0, HrMaxSource.GULATI), unreliable=True)
    told = sense(HerMovement(epochs([9] * 7)), heart(), HeartProfile(scale, "female", None))
    assert told.mean_hrr.flags == ("hr_max_estimated", "hr_unreliable")
