"""Sessions on their days, week by week: what each week was and what it adds up to so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Final

from server.dose.effort.session_load import AU
from server.dose.effort.week import DAYS, WeekLoad, compute_week
from server.dose.quantity import Missing, Quantity

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class DatedLoad:
    """One session's load, None where it isn't known; a day may have several."""

    day: date
    load_au: float | None


@dataclass(frozen=True, slots=True)
class CourseWeek:
    """A block of seven days from `first_day`, counted from 1; `cumulative_au` ends with it."""

    number: int
    first_day: date
    n_sessions: int
    load: WeekLoad
    cumulative_au: Quantity

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=DAYS - 1)


def find_monday(day: date) -> date:
    """The first day of its ISO 8601 week."""
    return day - timedelta(days=day.weekday())


def list_weeks(sessions: Sequence[DatedLoad], first_day: date) -> list[CourseWeek]:
    """Every block from `first_day` to the last session, those without a session too.

    A day without a session is rest: 0. Raises ValueError for a session before `first_day`.
    """
    if not sessions:
        return []
    places = [(one.day - first_day).days for one in sessions]
    if min(places) < 0:
        raise ValueError(f"a session lies before {first_day}")
    days: list[float | None] = [0.0] * ((max(places) // DAYS + 1) * DAYS)
    for place, session in zip(places, sessions, strict=True):
        days[place] = _add(days[place], session.load_au)
    loads = [compute_week(days[start : start + DAYS]) for start in range(0, len(days), DAYS)]
    totals = accumulate((one.load_au.value for one in loads), _add)
    return [
        CourseWeek(
            number=number,
            first_day=first_day + timedelta(days=(number - 1) * DAYS),
            n_sessions=sum(place // DAYS == number - 1 for place in places),
            load=load,
            cumulative_au=_tell(total),
        )
        for number, (load, total) in enumerate(zip(loads, totals, strict=True), 1)
    ]


def _add(so_far: float | None, more: float | None) -> float | None:
    return None if so_far is None or more is None else so_far + more


def _tell(total_au: float | None) -> Quantity:
    if total_au is None:
        return Quantity.missing_for(Missing.NOT_RECORDED, AU, VERSION)
    return Quantity(total_au, AU, VERSION)
