"""The weeks of everybody's course: load as a bar and a number, monotony and strain. Pure."""

from collections.abc import Mapping, Sequence
from typing import Final

from server.dose.course.course_vector import CourseVector
from server.dose.course.weeks import LoadWeek
from server.dose.quantity import Quantity
from server.web.catalogue.spoken import t
from server.web.dose_course_context import WeekCell, WeekRow
from server.web.dose_course_words import tell_short
from server.web.dose_words import find_reason, tell_number

BAR_PX: Final = 28


def name_weeks(courses: Sequence[CourseVector]) -> list[str]:
    """As many as the longest course has."""
    n_weeks = max((len(one.weeks) for one in courses), default=0)
    return [t("Week {n}", n=number) for number in range(1, n_weeks + 1)]


def view_weeks(courses: Sequence[CourseVector], signs: Mapping[str, str]) -> list[WeekRow]:
    """A full bar is the largest load of anybody's week."""
    loads = [week.load_au.value or 0.0 for one in courses for week in one.weeks]
    most_au = max(loads, default=0.0)
    return [
        WeekRow(
            one.participant,
            signs.get(one.participant, ""),
            [_view_week(week, most_au) for week in one.weeks],
        )
        for one in courses
    ]


def _view_week(week: LoadWeek, most_au: float) -> WeekCell:
    load = week.load_au
    words = t("From {day}: {told}", day=week.first_day.isoformat(), told=_tell_week(week))
    if load.value is None or load.missing is not None:
        reason = "" if load.missing is None else tell_short(load.missing)
        known = t("known: {n} of {total}", n=week.n_known, total=week.n_sessions)
        return WeekCell(reason, "", "", words, is_missing=True, known=known)
    return WeekCell(
        load=tell_number(load.value),
        monotony=_tell(week.monotony),
        strain=_tell(week.strain_au),
        words=words,
        fill_px=round(BAR_PX * load.value / most_au) if most_au else 0,
    )


def _tell_week(week: LoadWeek) -> str:
    load = week.load_au
    if load.missing is not None:
        return t(
            "no load. {reason}. Load known of {n} sessions of {total}",
            reason=find_reason(load.missing).words,
            n=week.n_known,
            total=week.n_sessions,
        )
    told = t("{n} sessions, load {load} AU", n=week.n_sessions, load=tell_number(load.value or 0.0))
    if week.monotony.value is None:
        alike = t("no monotony: all days are alike")
        return f"{told}; {alike}"
    rest = t(
        "monotony {monotony}, strain {strain} AU",
        monotony=_tell(week.monotony),
        strain=_tell(week.strain_au),
    )
    return f"{told}, {rest}"


def _tell(quantity: Quantity) -> str:
    return "\N{EN DASH}" if quantity.value is None else tell_number(quantity.value)
