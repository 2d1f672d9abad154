"""The plan's sessions in one person's course, each in its place, with what make-ups made good."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from server.dose.course.session import CourseSession


@dataclass(frozen=True, slots=True)
class Arranged:
    """`places` are the plan's sessions from 1 on; `beyond` what she got that is none of them.

    A place whose session is a make-up is one that a make-up made good.
    """

    places: tuple[CourseSession, ...]
    beyond: tuple[CourseSession, ...]

    @property
    def sessions(self) -> tuple[CourseSession, ...]:
        """All that may have added to her dose."""
        return (*self.places, *self.beyond)


def arrange(sessions: Sequence[CourseSession], n_planned: int, sessions_per_week: int) -> Arranged:
    """Put sessions in the plan's places, which all exist, planned yet or not.

    A make-up that she trained in takes the place of the first session of its week that she missed
    or that isn't over; where there is none it is beyond the plan. One that she is known to have
    stayed away from is nothing. Of two sessions of one number the later one is a make-up.
    """
    places: dict[int, CourseSession] = {}
    others: list[CourseSession] = []
    for one in sorted(sessions, key=_order):
        number = None if one.is_make_up else one.number
        if number is None or number in places or number > n_planned:
            others.append(replace(one, is_make_up=True))
        else:
            places[number] = one
    for number in range(1, n_planned + 1):
        week = (number - 1) // sessions_per_week + 1
        places.setdefault(number, CourseSession(number=number, week=week))
    beyond = [one for one in others if not _fill(places, one) and one.attended is not False]
    return Arranged(
        tuple(places[number] for number in range(1, n_planned + 1)),
        tuple(replace(one, number=None) for one in beyond),
    )


def _fill(places: dict[int, CourseSession], made_up: CourseSession) -> bool:
    """Whether a place took the make-up."""
    if made_up.attended is not True:
        return False
    for number, one in sorted(places.items()):
        is_open = one.attended is False or not one.is_over
        if one.week == made_up.week and is_open:
            record = made_up.record and replace(made_up.record, session=number)
            places[number] = replace(made_up, number=number, record=record)
            return True
    return False


def _order(one: CourseSession) -> tuple[date, str]:
    return one.day or date.max, one.session or ""
