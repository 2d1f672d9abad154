"""What each session gave of one dose, and what was planned: how a course's dose came about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from server.dose.course.course_vector import CourseVector
from server.dose.course.session import CourseSession
from server.dose.quantity import Missing


@dataclass(frozen=True, slots=True)
class DoseSession:
    """`number` is the place in the plan from 1, None beyond it; `delivered` in the dose's unit.

    `why`: the reason for no `delivered`, or "absent" where it is 0 because she wasn't there.
    """

    number: int | None
    week: int
    delivered: float | None
    planned: float | None
    why: str | None

    @property
    def share(self) -> float | None:
        """Delivered of planned; None where one of them isn't known, or nothing was planned."""
        if self.delivered is None or not self.planned:
            return None
        return self.delivered / self.planned

    def to_row(self) -> list[Any]:
        """Its fields in their order, for JSON."""
        return [self.number, self.week, self.delivered, self.planned, self.why]

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Self:
        """What `to_row` gave."""
        return cls(*row)


def list_dose_sessions(course: CourseVector, name: str) -> tuple[DoseSession, ...]:
    """In the order of the course; `name` is a metric's, such as "srpe_load_au"."""
    return tuple(_tell(one, name) for one in course.sessions)


def _tell(one: CourseSession, name: str) -> DoseSession:
    amount, metric = one.find_amount(name), one.metrics.get(name)
    delivered = None if isinstance(amount, Missing) else amount
    why = amount.value if isinstance(amount, Missing) else None
    if one.attended is False and not delivered:
        why = Missing.ABSENT.value
    planned = None if metric is None else metric.planned.value
    return DoseSession(one.number, one.week, delivered, planned, why)
