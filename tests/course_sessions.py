"""Sessions of a course for tests of what a course adds up to, from a few numbers each."""

from datetime import date, timedelta
from typing import Final

from server.dose.adherence.records import SessionRecord
from server.dose.course.session import CourseSession
from server.dose.quantity import Missing, Quantity
from server.dose.vector import Metric

FIRST: Final = date(2026, 11, 2)  # a Monday
A_WEEK: Final = 3


def find_day(number: int) -> date:
    """Monday, Wednesday and Friday, week after week."""
    week, place = divmod(number - 1, A_WEEK)
    return FIRST + timedelta(days=7 * week + 2 * place)


def make_metric(
    name: str, delivered: float | Missing, planned: float | None = None, unit: str = "AU"
) -> Metric:
    """Delivered or why not; no amount planned unless one is given."""
    told = Quantity.missing_for(Missing.NOT_APPLICABLE, unit, 1)
    if planned is not None:
        told = Quantity(planned, unit, 1)
    if isinstance(delivered, Missing):
        done = Quantity.missing_for(delivered, unit, 1)
    else:
        done = Quantity(delivered, unit, 1)
    return Metric(name, told, done, inputs_sha256=f"{name} {delivered}")


def trained(number: int, srpe_load_au: float | Missing, **other: float | Missing) -> CourseSession:
    """A session of the plan that she trained in, with these metrics; 100 AU were planned."""
    return _make(number, 1.0, make_metric("srpe_load_au", srpe_load_au, 100.0), **other)


def missed(number: int) -> CourseSession:
    """As the session's vector has it: a load of 0, and a sensor's number missing as absent."""
    load = make_metric("srpe_load_au", 0.0, 100.0)
    return _make(number, 0.0, load, trimp_banister_prorated_au=Missing.ABSENT)


def unknown(number: int) -> CourseSession:
    """Nobody said whether she came."""
    load = make_metric("srpe_load_au", Missing.NOT_RECORDED, 100.0)
    return _make(number, Missing.NOT_RECORDED, load)


def ahead(number: int) -> CourseSession:
    """Not held yet."""
    return CourseSession(
        number=number, week=_find_week(number), session=f"s{number}", day=find_day(number)
    )


def _make(
    number: int, came: float | Missing, load: Metric, **other: float | Missing
) -> CourseSession:
    metrics = [make_metric("attendance", came, 1.0, "sessions"), load]
    metrics += [make_metric(name, amount) for name, amount in other.items()]
    return CourseSession(
        number=number,
        week=_find_week(number),
        session=f"s{number}",
        day=find_day(number),
        is_over=True,
        metrics={one.name: one for one in metrics},
        record=SessionRecord(
            session=number, attended=None if isinstance(came, Missing) else came > 0
        ),
    )


def _find_week(number: int) -> int:
    return (number - 1) // A_WEEK + 1
