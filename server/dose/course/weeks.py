"""Weekly session-RPE load of one person's course, with monotony and strain (Foster 1998)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from server.dose.course.session import CourseSession
from server.dose.course.sums import find_main_reason
from server.dose.effort.course import CourseWeek, DatedLoad, list_weeks
from server.dose.effort.session_load import SRPE
from server.dose.effort.week import DAYS
from server.dose.quantity import Missing, Quantity

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class LoadWeek:
    """Seven days from `first_day`; of the sessions of them, those beyond the plan have no number.

    A week with a session whose load isn't known has no load, monotony or strain, and says why:
    `coverage` is then `n_known` of its sessions. `cumulative_au` ends with the week. The standard
    deviation is over seven days, rest days as 0, by n - 1; in the two with `_n` by n.
    """

    number: int
    first_day: date
    numbers: tuple[int | None, ...]
    n_known: int
    load_au: Quantity
    monotony: Quantity
    strain_au: Quantity
    monotony_n: Quantity
    strain_n_au: Quantity
    cumulative_au: Quantity

    @property
    def n_sessions(self) -> int:
        return len(self.numbers)


def list_load_weeks(sessions: Sequence[CourseSession]) -> list[LoadWeek]:
    """Blocks of seven days from the first session's day: the plan's weeks, where all are on time.

    A session that was moved counts on the day that it was moved to; one without a day, of which
    nobody has planned when it is to be, in no week.
    """
    dated = sorted(
        ((one.day, one) for one in sessions if one.day is not None), key=lambda pair: pair[0]
    )
    if not dated:
        return []
    first_day = dated[0][0]
    loads = [DatedLoad(day, _read_load(one)) for day, one in dated]
    by_week: dict[int, list[CourseSession]] = {}
    for day, one in dated:
        by_week.setdefault((day - first_day).days // DAYS + 1, []).append(one)
    so_far: Counter[Missing] = Counter()
    weeks = []
    for week in list_weeks(loads, first_day):
        own = by_week.get(week.number, [])
        reasons = Counter(_list_reasons(own))
        so_far += reasons
        weeks.append(_tell_week(week, own, reasons, so_far))
    return weeks


def _read_load(one: CourseSession) -> float | None:
    amount = one.find_amount(SRPE)
    return None if isinstance(amount, Missing) else amount


def _list_reasons(sessions: Sequence[CourseSession]) -> list[Missing]:
    amounts = [one.find_amount(SRPE) for one in sessions]
    return [amount for amount in amounts if isinstance(amount, Missing)]


def _tell_week(
    week: CourseWeek,
    sessions: Sequence[CourseSession],
    reasons: Mapping[Missing, int],
    so_far: Mapping[Missing, int],
) -> LoadWeek:
    n_known = len(sessions) - sum(reasons.values())
    coverage = n_known / len(sessions) if sessions else None
    load = week.load

    def tell(quantity: Quantity) -> Quantity:
        return _explain(quantity, reasons, coverage)

    return LoadWeek(
        number=week.number,
        first_day=week.first_day,
        numbers=tuple(one.number for one in sessions),
        n_known=n_known,
        load_au=tell(load.load_au),
        monotony=tell(load.monotony),
        strain_au=tell(load.strain_au),
        monotony_n=tell(load.monotony_n),
        strain_n_au=tell(load.strain_n_au),
        cumulative_au=_explain(week.cumulative_au, so_far, None),
    )


def _explain(
    quantity: Quantity, reasons: Mapping[Missing, int], coverage: float | None
) -> Quantity:
    """With the sessions' own reason, where a session is why there is no number."""
    if quantity.missing is None or not reasons:
        return replace(quantity, coverage=coverage)
    return Quantity.missing_for(
        find_main_reason(reasons), quantity.unit, quantity.version, coverage
    )
