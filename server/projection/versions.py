"""Versions of everything that a session's numbers go through: raise one, and all is built again."""

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Final

from server.decoding import acceleration, beats, contact
from server.decoding.clocks import timed
from server.dose import vector
from server.dose.adherence import completion
from server.dose.adherence import course as adherence_course
from server.dose.course import course_vector, sums, weeks
from server.dose.effort import course as effort_course
from server.dose.effort import session_load, week, weighted
from server.dose.heart import (
    coverage,
    hr_max,
    interval_mean,
    measures,
    nn_cleaning,
    quality,
    trimp,
    variability,
    zones,
)
from server.dose.movement import calibration, epochs, posture, station_intensity
from server.dose.movement.counts import activity_counts
from server.dose.repetitions import agreement, detector
from server.dose.sensed import movement_metrics, station_sensed
from server.dose.volume import band_force, threefold
from server.dose.written import effort_metrics, presence, set_inputs
from server.projection import person_gaps, person_origins, person_sensed, session_knocks

_MODULES: Final = (
    *(acceleration, beats, contact, timed),
    *(vector, completion, adherence_course, course_vector, sums, weeks),
    *(effort_course, session_load, week, weighted),
    *(coverage, hr_max, interval_mean, measures, nn_cleaning, quality, trimp, variability, zones),
    *(calibration, epochs, posture, station_intensity, activity_counts),
    *(agreement, detector, movement_metrics, station_sensed, band_force, threefold),
    *(effort_metrics, presence, set_inputs),
    *(person_gaps, person_origins, person_sensed, session_knocks),
)


def _list_versions(module: ModuleType) -> Iterator[tuple[str, int]]:
    for name, value in vars(module).items():
        if name.endswith("VERSION") and isinstance(value, int):
            yield f"{module.__name__}.{name}", value


VERSIONS: Final[Mapping[str, int]] = dict(
    one for module in _MODULES for one in _list_versions(module)
)
