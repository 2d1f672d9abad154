"""A dose by week over a whole arm: planned, delivered, and of how many sessions it is known."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from statistics import fmean, stdev

from server.analysis.dose_sessions import DoseSession


@dataclass(frozen=True, slots=True)
class WeekDose:
    """`delivered` has a sum for each person all of whose sessions of the week have a number.

    `planned` has one for each person whose plan of the week is known. `reasons` are those of
    sessions without a number; `n_absent` counts sessions that somebody is known to have missed,
    which gave 0.
    """

    week: int
    delivered: tuple[float, ...]
    planned: tuple[float, ...]
    n_known: int
    n_sessions: int
    n_absent: int
    reasons: Mapping[str, int]

    @property
    def delivered_mean(self) -> float | None:
        return fmean(self.delivered) if self.delivered else None

    @property
    def delivered_sd(self) -> float | None:
        return stdev(self.delivered) if len(self.delivered) > 1 else None

    @property
    def planned_mean(self) -> float | None:
        return fmean(self.planned) if self.planned else None


def list_weeks(people: Iterable[Sequence[DoseSession]]) -> list[WeekDose]:
    """`people` have a course each; weeks in their order."""
    courses = list(people)
    weeks = sorted({one.week for sessions in courses for one in sessions})
    return [_sum_week(week, [_select(one, week) for one in courses]) for week in weeks]


def _select(sessions: Sequence[DoseSession], week: int) -> list[DoseSession]:
    return [one for one in sessions if one.week == week]


def _sum_week(week: int, people: Sequence[Sequence[DoseSession]]) -> WeekDose:
    every = [one for sessions in people for one in sessions]
    unknown = Counter(one.why or "" for one in every if one.delivered is None)
    return WeekDose(
        week=week,
        delivered=_add_up([one.delivered for one in sessions] for sessions in people),
        planned=_add_up(
            [one.planned for one in sessions if one.number is not None] for sessions in people
        ),
        n_known=len(every) - unknown.total(),
        n_sessions=len(every),
        n_absent=sum(one.delivered == 0 and one.why is not None for one in every),
        reasons=dict(unknown),
    )


def _add_up(people: Iterable[Sequence[float | None]]) -> tuple[float, ...]:
    """Only of those of whom every number is there."""
    sums = []
    for amounts in people:
        known = [one for one in amounts if one is not None]
        if known and len(known) == len(amounts):
            sums.append(fsum(known))
    return tuple(sums)
