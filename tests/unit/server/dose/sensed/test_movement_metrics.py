"""Movement of an evening: means, and what a session adds to a course."""

from dataclasses import replace

import numpy as np
import pytest

from server.dose.movement.epoch_grid import EpochGrid
from server.dose.movement.epoch_stream import EpochStream
from server.dose.movement.epochs import Epochs
from server.dose.quantity import Missing, Quantity
from server.dose.sensed.evening_times import Interval
from server.dose.sensed.movement_metrics import list_movement_metrics

RATE_HZ = 100
MAIN_S = 120


def measure(heard_s: float) -> Epochs:
    """Up and down by 100 mg, twenty times a second."""
    n = round(heard_s * RATE_HZ)
    samples = np.zeros((n, 3))
    samples[:, 0] = 1000 + 100 * np.where(np.arange(n) % 10 < 5, 1.0, -1.0)
    stream = EpochStream(EpochGrid(RATE_HZ, 5.0))
    stream.add(samples, 0.0)
    return stream.finish()


def tell(
    epochs: Epochs | Missing, *main: tuple[int, int]
) -> dict[tuple[str, str | None], Quantity]:
    parts = {
        None: [Interval(from_s * 1000, until_s * 1000) for from_s, until_s in main],
        "core": [Interval(0, 60_000)],
    }
    told = list_movement_metrics(epochs, parts, 0, "0" * 64)
    return {(one.name, one.category): one.delivered for one in told}


def test_a_session_adds_its_mean_times_its_minutes() -> None:
    """MAD of a square wave of 100 mg is 100 mg, ENMO 50 mg: over two minutes 200 and 100 mg min."""
    told = tell(measure(MAIN_S), (0, MAIN_S))
    assert told["mad_mg", None].value == pytest.approx(100)
    dose = told["mad_dose_mg_min", None]
    assert dose.value == pytest.approx(200)
    assert dose.unit == "mg x min"
    assert (dose.coverage, dose.flags) == (1.0, ())
    assert told["enmo_dose_mg_min", None].value == pytest.approx(100)
    assert told["enmo_dose_mg_min", None].flags == ("uncalibrated",)


def test_what_was_not_heard_counts_like_the_rest_and_is_flagged() -> None:
    dose = tell(measure(110), (0, MAIN_S))["mad_dose_mg_min", None]
    assert dose.value == pytest.approx(200)
    assert dose.coverage == pytest.approx(110 / 120)
    assert dose.flags == ("prorated",)


def test_a_strap_a_little_slow_is_heard_whole() -> None:
    """0.8 % slow with nothing lost; 3 % are lost."""
    epochs = measure(MAIN_S)
    slow = replace(epochs, coverage=np.full(len(epochs), 0.992))
    assert tell(slow, (0, MAIN_S))["mad_dose_mg_min", None].flags == ()
    lossy = replace(epochs, coverage=np.full(len(epochs), 0.97))
    assert tell(lossy, (0, MAIN_S))["mad_dose_mg_min", None].flags == ("prorated",)


def test_with_too_little_heard_there_is_none() -> None:
    dose = tell(measure(60), (0, MAIN_S))["mad_dose_mg_min", None]
    assert (dose.value, dose.missing, dose.unit) == (None, Missing.LOW_COVERAGE, "mg x min")
    assert dose.coverage == pytest.approx(0.5)


def test_the_minutes_are_those_that_she_was_there() -> None:
    """One of the two minutes, in two parts."""
    dose = tell(measure(MAIN_S), (0, 30), (90, 120))["mad_dose_mg_min", None]
    assert dose.value == pytest.approx(100)


def test_a_category_has_means_alone_and_a_silent_strap_has_its_reason() -> None:
    assert ("mad_dose_mg_min", "core") not in tell(measure(MAIN_S), (0, MAIN_S))
    told = tell(Missing.NO_STRAP, (0, MAIN_S))
    assert told["mad_dose_mg_min", None].missing is Missing.NO_STRAP
    assert tell(measure(MAIN_S))["mad_dose_mg_min", None].missing is Missing.NOT_APPLICABLE
