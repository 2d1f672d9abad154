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

    `planned` has one for each person whose plan of the week is known. `of_both` has (delivered,
    planned) of each person of whom both are known: a share divides sums of the same people.
    `reasons` are those of sessions without a number; `n_absent` counts sessions that somebody is
    known to have missed, which gave 0.
    """

    week: int
    delivered: tuple[float, ...]
    planned: tuple[float, ...]
    of_both: tuple[tuple[float, float], ...]
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

    @property
    def share(self) -> float | None:
        """Delivered of planned; None where nobody has both, or nothing was planned of them."""
        planned = fsum(one for _, one in self.of_both)
        return fsum(one for one, _ in self.of_both) / planned if planned else None


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
    sums = [(_add_delivered(sessions), _add_planned(sessions)) for sessions in people]
    return WeekDose(
        week=week,
        delivered=tuple(one for one, _ in sums if one is not None),
        planned=tuple(one for _, one in sums if one is not None),
        of_both=tuple((x, y) for x, y in sums if x is not None and y is not None),
        n_known=len(every) - unknown.total(),
        n_sessions=len(every),
        n_absent=sum(one.delivered == 0 and one.why is not None for one in every),
        reasons=dict(unknown),
    )


def _add_delivered(sessions: Sequence[DoseSession]) -> float | None:
    """What went beyond the plan as well."""
    return _add_up([one.delivered for one in sessions])


def _add_planned(sessions: Sequence[DoseSession]) -> float | None:
    """Of the plan's places alone."""
    return _add_up([one.planned for one in sessions if one.number is not None])


def _add_up(amounts: Sequence[float | None]) -> float | None:
    """None unless every number is there."""
    known = [one for one in amounts if one is not None]
    return fsum(known) if known and len(known) == len(amounts) else None
