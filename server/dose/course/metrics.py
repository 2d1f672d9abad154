"""The metrics of sessions that are added up over a course, and how, in one table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from server.dose.effort.session_load import RAW_RPE, RPE_MINUS_6, SRPE, SRPE_13_AS_3_5, UNITS
from server.dose.effort.weighted import UNIT as WEIGHTED_UNIT
from server.dose.sensed.movement_metrics import DOSE_OF, DOSE_UNIT
from server.dose.volume.sets import REPETITIONS
from server.dose.written.band_metrics import TENSION_UNIT
from server.dose.written.round_metrics import RPE_WEIGHTED

TRIMP: Final = "trimp_banister_prorated_au"
MAD_DOSE: Final = DOSE_OF["mad_mg"]
ENMO_DOSE: Final = DOSE_OF["enmo_mg"]
_AU: Final = UNITS[SRPE]


@dataclass(frozen=True, slots=True)
class CourseMetric:
    """`name` is that of the session's metric, and of the sum; `formula` is of one session."""

    name: str
    unit: str
    formula: str


def _list_volumes() -> Iterator[CourseMetric]:
    """As logged and from observed sets only; the share of the two stands beside them."""
    told = (
        ("sets", "sets", "sets done"),
        ("repetitions", REPETITIONS, "repetitions of all sets done, both sides where each does it"),
        ("hold_seconds", "seconds", "seconds of all holds"),
        ("work_min", "min", "minutes of work on the clock of all sets done"),
        ("band_tension", TENSION_UNIT, "repetitions x the band's pull in newtons"),
    )
    for name, unit, formula in told:
        yield CourseMetric(f"{name}_as_logged", unit, formula)
        yield CourseMetric(f"{name}_observed", unit, f"{formula}; of observed sets only")


COURSE_METRICS: Final[Mapping[str, CourseMetric]] = {
    one.name: one
    for one in (
        # The one dose that the analysis names beforehand; all others are sensitivity analyses.
        CourseMetric(SRPE, _AU, "CR10 x minutes of the whole session (Foster 1998, 2001)"),
        CourseMetric(SRPE_13_AS_3_5, _AU, "as srpe_load_au, Borg 13 taken as 3.5"),
        CourseMetric(RPE_MINUS_6, UNITS[RPE_MINUS_6], "(Borg 6-20 minus 6) x minutes"),
        CourseMetric(RAW_RPE, UNITS[RAW_RPE], "Borg 6-20 x minutes"),
        CourseMetric(RPE_WEIGHTED, WEIGHTED_UNIT, "sum over rounds of CR10 x minutes of work"),
        CourseMetric("duration_min", "min", "minutes of the session, rests included"),
        CourseMetric(TRIMP, _AU, "Banister 1991 sample by sample, prorated from 80 % heard"),
        CourseMetric(
            "trimp_banister_session_mean_prorated_au",
            _AU,
            "Banister 1991 of the mean HRR, prorated from 80 % heard",
        ),
        CourseMetric("trimp_edwards_prorated_au", _AU, "Edwards 1993, prorated from 80 % heard"),
        CourseMetric("trimp_lucia_prorated_au", _AU, "Lucia 2003, prorated from 80 % heard"),
        *_list_volumes(),
        CourseMetric(MAD_DOSE, DOSE_UNIT, "mean MAD x minutes of the main phase"),
        CourseMetric(ENMO_DOSE, DOSE_UNIT, "mean ENMO x minutes of the main phase"),
    )
}
VOLUMES: Final = ("sets", "repetitions", "hold_seconds", "work_min", "band_tension")
