"""What a plan may name of a study: its outcomes, doses, and what was measured as a number."""

from collections.abc import Iterator
from typing import Final

from server.analysis.plan import AnalysisPlan
from server.analysis.study_doses import ATTENDANCE
from server.dose.course.metrics import COURSE_METRICS
from server.study.fields.drawn import ANALYTES
from server.study.fields.field import Kind
from server.study.fields.measured import MEASURED

OUTCOMES: Final = tuple(ANALYTES)
DOSES: Final = tuple(COURSE_METRICS)
NUMBERS: Final = tuple(field.name for field in MEASURED if field.kind is Kind.NUMBER)
CATEGORIES: Final = tuple(field.name for field in MEASURED if field.kind is Kind.CHOICE)
ATTENDANCES: Final = (ATTENDANCE,)


def list_unknown(plan: AnalysisPlan) -> list[str]:
    """Sentences on what no study has, one a name; none: everything may be there."""
    attendance = () if plan.attendance is None else (plan.attendance,)
    return [
        *_tell("outcome", plan.outcomes, OUTCOMES),
        *_tell("dose", plan.doses, DOSES),
        *_tell("column", (*plan.baseline, *plan.confounders), NUMBERS),
        *_tell("column of words", plan.baseline_categories, CATEGORIES),
        *_tell("column of attendance", attendance, ATTENDANCES),
    ]


def _tell(what: str, named: tuple[str, ...], known: tuple[str, ...]) -> Iterator[str]:
    for name in dict.fromkeys(named):
        if name not in known:
            yield f"no {what} is called {name}; there are: {', '.join(known)}"
