"""What a metric of sessions adds up to over a course: the whole, or what is known of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from statistics import fmean
from typing import Final

from server.dose.course.session import CourseSession
from server.dose.quantity import Missing, Quantity

VERSION: Final = 1
PRORATED_SESSIONS: Final = "prorated_sessions"
# dose-metrics 11: from a fifth of the sessions on that have no number, there is no dose.
MOST_UNKNOWN: Final = 0.2
_NOT_HERS: Final = frozenset({"absent", "not_today"})  # flags of a session, not of the course


@dataclass(frozen=True, slots=True)
class CourseSum:
    """`total` is of all N sessions; where one has no number it is missing, `coverage` n of N.

    `known_sum` is of the n whose number is known: a lower bound, never the course's dose.
    `prorated` counts a session without a number like the others of its week. `reasons` are those
    of the sessions without one. `session_version` is the newest of the session's formula.
    """

    name: str
    total: Quantity
    prorated: Quantity
    planned: Quantity
    known_sum: float
    n_known: int
    n_sessions: int
    reasons: Mapping[Missing, int]
    session_version: int | None


def sum_course(
    name: str, unit: str, places: Sequence[CourseSession], beyond: Sequence[CourseSession] = ()
) -> CourseSum:
    """Add up one metric over the plan's places and what went beyond them.

    What was planned is that of the places alone.
    """
    sessions = (*places, *beyond)
    amounts = [one.find_amount(name) for one in sessions]
    known = [one for one in amounts if not isinstance(one, Missing)]
    reasons = Counter(one for one in amounts if isinstance(one, Missing))
    told = [one.metrics[name].delivered for one in sessions if name in one.metrics]
    flags = tuple(
        dict.fromkeys(flag for one in told for flag in one.flags if flag not in _NOT_HERS)
    )
    total = _tell(None if reasons else fsum(known), unit, reasons, len(sessions), flags)
    return CourseSum(
        name=name,
        total=total,
        prorated=_prorate(total, sessions, amounts, reasons),
        planned=_sum_planned(name, unit, places),
        known_sum=fsum(known),
        n_known=len(known),
        n_sessions=len(sessions),
        reasons=dict(reasons),
        session_version=max((one.version for one in told), default=None),
    )


def divide_sums(part: CourseSum, whole: CourseSum) -> Quantity:
    """The share of one sum in another over the same sessions, such as what was observed."""
    for one in (whole.total, part.total):
        if one.missing is not None:
            return Quantity.missing_for(one.missing, "1", VERSION, one.coverage)
    if not whole.total.value or part.total.value is None:
        return Quantity.missing_for(Missing.NOT_APPLICABLE, "1", VERSION)
    return Quantity(part.total.value / whole.total.value, "1", VERSION, whole.total.coverage)


def find_main_reason(reasons: Mapping[Missing, int]) -> Missing:
    """That of most sessions; the first met of those that are as many."""
    return max(reasons, key=lambda reason: reasons[reason])


def _tell(
    value: float | None,
    unit: str,
    reasons: Mapping[Missing, int],
    n_sessions: int,
    flags: tuple[str, ...] = (),
) -> Quantity:
    coverage = 1 - sum(reasons.values()) / n_sessions if n_sessions else None
    if value is None:
        return Quantity.missing_for(find_main_reason(reasons), unit, VERSION, coverage)
    return Quantity(value, unit, VERSION, coverage, flags=flags)


def _prorate(
    total: Quantity,
    sessions: Sequence[CourseSession],
    amounts: Sequence[float | Missing],
    reasons: Mapping[Missing, int],
) -> Quantity:
    """As dose-metrics 7 does within a phase; a course's phases are its weeks.

    Never before the course is over, from a fifth of the sessions on that she may have trained in,
    or where nothing is known of a week.
    """
    if total.value is not None:
        return total
    if Missing.NOT_OVER in reasons:
        return Quantity.missing_for(Missing.NOT_OVER, total.unit, VERSION, total.coverage)
    pairs = list(zip(sessions, amounts, strict=True))
    trained = [(one.week, amount) for one, amount in pairs if one.attended is not False]
    known = _group_by_week(trained)
    is_too_little = sum(reasons.values()) >= MOST_UNKNOWN * len(trained)
    if is_too_little or not all(known.values()):
        return Quantity.missing_for(Missing.LOW_COVERAGE, total.unit, VERSION, total.coverage)
    value = fsum(
        fmean(known[one.week]) if isinstance(amount, Missing) else amount for one, amount in pairs
    )
    return Quantity(value, total.unit, VERSION, total.coverage, flags=(PRORATED_SESSIONS,))


def _group_by_week(amounts: Sequence[tuple[int, float | Missing]]) -> dict[int, list[float]]:
    """Those that are known; a week of which none is has an empty list."""
    known: dict[int, list[float]] = {week: [] for week, _ in amounts}
    for week, amount in amounts:
        if not isinstance(amount, Missing):
            known[week].append(amount)
    return known


def _sum_planned(name: str, unit: str, places: Sequence[CourseSession]) -> Quantity:
    told = [one.metrics[name].planned if name in one.metrics else None for one in places]
    reasons = Counter(
        Missing.NOT_OVER if one is None else one.missing
        for one in told
        if one is None or one.missing is not None
    )
    values = [one.value for one in told if one is not None and one.value is not None]
    known = {reason: n for reason, n in reasons.items() if reason is not None}
    return _tell(None if known else fsum(values), unit, known, len(places))
