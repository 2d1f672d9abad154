import numpy as np
import pytest

from server.dose.movement.epochs import Epochs
from server.dose.movement.posture import Posture
from server.dose.movement.station_intensity import StationIntensity, summarise_interval
from server.dose.quantity import Missing

NO, LOW = None, Missing.LOW_COVERAGE
NAN = float("nan")


def epochs(
    enmo_mg: list[float],
    missing: tuple[Missing | None, ...],
    coverage: list[float] | None = None,
    clipped: list[float] | None = None,
) -> Epochs:
    """From 100 s on; MAD is twice ENMO."""
    enmo = np.array(enmo_mg)
    shares = np.array(coverage or [1.0 if reason is None else 0.0 for reason in missing])
    zero = np.zeros(len(missing))
    return Epochs(
        5.0, 100.0, enmo, 2 * enmo, shares, zero, np.array(clipped) if clipped else zero, missing
    )


def summarise(of: Epochs, start_s: float, end_s: float) -> StationIntensity:
    return summarise_interval(of, start_s, end_s, calibrated=True)


def test_epochs_count_by_the_seconds_that_lie_inside() -> None:
    """By hand, 102 to 111 s: 3 s of 10 mg, 5 s of 40, 1 s of 70 -> 300 / 9."""
    told = summarise(epochs([10, 40, 70], (NO, NO, NO)), 102, 111)
    assert told.enmo_mg.value == pytest.approx(300 / 9)
    assert told.mad_mg.value == pytest.approx(600 / 9)
    assert told.enmo_mg.unit == "mg"
    assert told.enmo_mg.coverage == pytest.approx(1.0)


def test_missing_epochs_lower_coverage_and_not_the_mean() -> None:
    """By hand, 20 of 25 s heard."""
    told = summarise(epochs([10, NAN, 30, 40, 50], (NO, LOW, NO, NO, NO)), 100, 125)
    assert told.enmo_mg.value == pytest.approx(32.5)
    assert told.enmo_mg.coverage == pytest.approx(0.8)


def test_below_four_fifths_there_is_no_number() -> None:
    told = summarise(epochs([10, NAN, 30, 40], (NO, LOW, NO, NO)), 100, 120)
    assert (told.enmo_mg.value, told.enmo_mg.missing) == (None, LOW)
    assert (told.mad_mg.value, told.mad_mg.coverage) == (None, 0.75)
    outlasting = summarise(epochs([10], (NO,)), 100, 107)
    assert outlasting.enmo_mg.missing is LOW


def test_a_partly_heard_epoch_weighs_what_was_heard() -> None:
    told = summarise(epochs([10, 40], (NO, NO), coverage=[1.0, 0.8]), 100, 110)
    assert told.enmo_mg.value == pytest.approx((5 * 10 + 4 * 40) / 9)
    assert told.enmo_mg.coverage == pytest.approx(0.9)


def test_silence_says_why() -> None:
    zeros = (Missing.ZERO_FILLED, Missing.ZERO_FILLED)
    assert summarise(epochs([NAN, NAN], zeros), 100, 110).mad_mg.missing is Missing.ZERO_FILLED
    both = (Missing.ZERO_FILLED, Missing.NO_DATA)
    assert summarise(epochs([NAN, NAN], both), 100, 110).mad_mg.missing is Missing.NO_DATA
    assert summarise(epochs([10], (NO,)), 300, 330).mad_mg.missing is Missing.NO_DATA


def test_only_what_depends_on_calibration_is_flagged_uncalibrated() -> None:
    clipped = epochs([10, 40], (NO, NO), clipped=[0.0, 0.1])
    told = summarise_interval(clipped, 100, 110, calibrated=False)
    assert (told.enmo_mg.flags, told.mad_mg.flags) == (("uncalibrated", "clipped"), ("clipped",))
    assert summarise(clipped, 100, 105).enmo_mg.flags == ()


def test_seconds_of_each_posture_and_the_rest_is_unknown() -> None:
    lying, upright = Posture.LYING, Posture.UPRIGHT
    told = summarise_interval(
        epochs([10, 40, 70], (NO, NO, NO)),
        103,
        120,
        calibrated=True,
        postures=(lying, upright, upright),
    )
    assert told.posture_s == {
        Posture.LYING: 2, Posture.UPRIGHT: 10, Posture.LEANING: 0, Posture.UNKNOWN: 5,
    }  # fmt: skip


def test_the_epochs_of_an_interval_alone_say_the_same() -> None:
    whole = epochs([10, 40, 70, 20, 30], (NO, NO, NO, NO, NO))
    for start_s, end_s in ((102, 111), (100, 125), (90, 104), (121, 140), (110, 110.5)):
        cut = whole.cut(whole.locate(start_s, end_s))
        assert summarise(cut, start_s, end_s) == summarise(whole, start_s, end_s)
    assert len(whole.cut(whole.locate(102, 111))) == 3
    assert len(whole.cut(whole.locate(50, 60))) == 0
