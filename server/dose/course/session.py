"""One session of one person as her course needs it, and what it gives to a sum over the course."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from server.dose.adherence.records import SessionRecord
from server.dose.quantity import Missing
from server.dose.vector import Metric

ATTENDANCE: Final = "attendance"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseSession:
    """`number` is its place in the plan, counted from 1; None: beyond the plan's sessions.

    `session` is its id, None where none was ever planned for that place. `is_over`: it was closed
    and worked out; what runs has no sum yet. `metrics` are over the whole session, by name.
    """

    number: int | None
    week: int
    session: str | None = None
    day: date | None = None
    is_make_up: bool = False
    is_over: bool = False
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    record: SessionRecord | None = None

    @property
    def attended(self) -> bool | None:
        """Whether she trained in it; None: it isn't over, or nobody said."""
        told = self.metrics.get(ATTENDANCE) if self.is_over else None
        return None if told is None or told.delivered.value is None else told.delivered.value > 0

    def find_amount(self, name: str) -> float | Missing:
        """What it adds to a sum. Whoever is known not to have trained got 0, also by a sensor."""
        if not self.is_over:
            return Missing.NOT_OVER
        told = self.metrics.get(name)
        if told is not None and told.delivered.value is not None:
            return told.delivered.value
        if self.attended is False:
            return 0.0
        return Missing.NOT_RECORDED if told is None else told.delivered.missing or Missing.NO_DATA
