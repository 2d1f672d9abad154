"""Attendance, minutes, rating and session load of one evening, as metrics of the vector."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any, Final

from protocol.training.expand import PlannedSession
from server.dose.effort.rating import Rating, Scale
from server.dose.effort.session_load import (
    CONVERTED,
    SRPE,
    UNITS,
    compute_srpe_load,
    compute_srpe_variants,
)
from server.dose.quantity import Missing, Quantity
from server.dose.vector import Metric
from server.dose.written.presence import Attendance, count_total_min

VERSION: Final = 1
_RPE: Final = "session_rpe_cr10"
_RPE_UNIT: Final = "CR10"
GUESSED: Final = "guessed"  # by somebody else than her
_UNSAID: Final = ("refused", "unknown")  # asked, and didn't or couldn't say
DISPUTED: Final = "disputed"  # people wrote down two ratings, and nobody has decided
MIDDLE: Final = "middle_of_the_target"


@dataclass(frozen=True, slots=True)
class EffortInputs:
    """`told` is her `session_rpe` of the fold."""

    attendance: Attendance
    duration: Quantity
    told: Mapping[str, Any] | None
    planned: PlannedSession | None
    sha256: str


def list_effort_metrics(inputs: EffortInputs) -> list[Metric]:
    """Whoever didn't train has a load of 0; whoever did and wasn't rated has none, with why."""
    delivered = {
        "attendance": _tell_attendance(inputs.attendance),
        "duration_min": inputs.duration,
        _RPE: _tell_rating(inputs),
        **_tell_loads(inputs),
    }
    planned = _plan(inputs.planned)
    return [Metric(name, planned[name], one, inputs.sha256) for name, one in delivered.items()]


def read_rating(told: Mapping[str, Any] | None) -> Rating | None:
    """What she said, of the fold's `session_rpe`."""
    if told is None or told["rating"] is None:
        return None
    return Rating(float(told["rating"]), Scale(told["scale"]))


def _tell_attendance(attendance: Attendance) -> Quantity:
    if attendance is Attendance.UNKNOWN:
        return Quantity.missing_for(Missing.NOT_RECORDED, "sessions", VERSION)
    came = attendance is Attendance.ATTENDED
    flags = () if came else (attendance.value,)
    return Quantity(float(came), "sessions", VERSION, flags=flags)


def _tell_rating(inputs: EffortInputs) -> Quantity:
    rating = read_rating(inputs.told)
    if rating is None:
        return Quantity.missing_for(_find_reason(inputs), _RPE_UNIT, VERSION)
    converted = (CONVERTED,) if rating.is_converted else ()
    flags = (*converted, *_list_flags(inputs.told))
    return Quantity(rating.cr10, _RPE_UNIT, VERSION, flags=flags)


def _tell_loads(inputs: EffortInputs) -> dict[str, Quantity]:
    if inputs.attendance in (Attendance.ABSENT, Attendance.NOT_TODAY):
        why = (inputs.attendance.value,)
        return {name: Quantity(0.0, unit, VERSION, flags=why) for name, unit in UNITS.items()}
    rating, minutes = read_rating(inputs.told), inputs.duration.value
    loads = {
        SRPE: compute_srpe_load(rating, minutes),
        **compute_srpe_variants(rating, minutes),
    }
    if rating is None:
        reason = _find_reason(inputs)
        return {
            name: Quantity.missing_for(reason, one.unit, one.version) for name, one in loads.items()
        }
    flags = _list_flags(inputs.told)
    return {
        name: one if one.value is None else replace(one, flags=(*one.flags, *flags))
        for name, one in loads.items()
    }


def _find_reason(inputs: EffortInputs) -> Missing:
    """Whoever didn't train has no rating either, though her load is known: 0."""
    if inputs.attendance is Attendance.ABSENT:
        return Missing.ABSENT
    if inputs.attendance is Attendance.NOT_TODAY:
        return Missing.NOT_APPLICABLE
    is_unsaid = inputs.told is not None and inputs.told["missing_reason"] in _UNSAID
    return Missing.REFUSED if is_unsaid else Missing.NOT_RECORDED


def _list_flags(told: Mapping[str, Any] | None) -> tuple[str, ...]:
    if told is None:
        return ()
    flags = {GUESSED: told["source"] == GUESSED, DISPUTED: told["conflict"]}
    return tuple(flag for flag, holds in flags.items() if holds)


def _plan(planned: PlannedSession | None) -> dict[str, Quantity]:
    """The middle of the effort aimed at, over the session's minutes."""
    if planned is None:
        names = {"attendance": "sessions", "duration_min": "min", _RPE: _RPE_UNIT, **UNITS}
        return {
            name: Quantity.missing_for(Missing.NOT_APPLICABLE, unit, VERSION)
            for name, unit in names.items()
        }
    minutes = float(count_total_min(planned.minutes))
    ends = [_plan_loads(Rating(end, Scale.BORG), minutes) for end in planned.effort.target]
    flags = (CONVERTED, MIDDLE)
    return {
        "attendance": Quantity(1.0, "sessions", VERSION),
        "duration_min": Quantity(minutes, "min", VERSION),
        _RPE: Quantity(sum(planned.effort.cr10) / 2, _RPE_UNIT, VERSION, flags=flags),
        **{
            name: Quantity(fmean(one[name] for one in ends), unit, VERSION, flags=(MIDDLE,))
            for name, unit in UNITS.items()
        },
    }


def _plan_loads(rating: Rating, minutes: float) -> dict[str, float]:
    loads = {SRPE: compute_srpe_load(rating, minutes), **compute_srpe_variants(rating, minutes)}
    return {name: one.value for name, one in loads.items() if one.value is not None}
