"""Table `weeks`: session-RPE load week by week, with monotony and strain (Foster 1998)."""

from collections.abc import Iterator
from typing import Final

from server.dose.course.weeks import LoadWeek
from server.export.dataset.column import Cell, Column, Kind
from server.export.dataset.quantities import tell_value
from server.export.dataset.sources.keys import PARTICIPANT, STUDY_DAY
from server.export.dataset.study_view import StudyView
from server.export.dataset.table import Row, Table

TABLE: Final = Table(
    "weeks",
    "Weekly load: a row for each participant and week of her course",
    (
        PARTICIPANT,
        Column("week", Kind.INTEGER, "seven days from her first session, from 1"),
        Column("study_day", Kind.INTEGER, f"first day of the week: {STUDY_DAY}", "d"),
        Column("n_sessions", Kind.INTEGER, "sessions planned"),
        Column("n_known", Kind.INTEGER, "of them with a load"),
        Column("srpe_load_au", Kind.NUMBER, "session-RPE load", "AU", may_be_absent=True),
        Column("monotony", Kind.NUMBER, "mean over SD of days, n - 1", "1", may_be_absent=True),
        Column("strain_au", Kind.NUMBER, "load times monotony", "AU", may_be_absent=True),
        Column("cumulative_au", Kind.NUMBER, "load up to its end", "AU", may_be_absent=True),
    ),
    key=("participant", "week"),
    refers_to={"participant": ("participants", "participant")},
)


def read(view: StudyView) -> Iterator[Row]:
    """Whoever is planned in any session."""
    for pseudonym, course in view.courses:
        for week in course.weeks:
            yield {"participant": pseudonym, **_tell(view, week)}


def _tell(view: StudyView, week: LoadWeek) -> dict[str, Cell]:
    return {
        "week": week.number,
        "study_day": view.count_date(week.first_day),
        "n_sessions": week.n_sessions,
        "n_known": week.n_known,
        "srpe_load_au": tell_value(week.load_au),
        "monotony": tell_value(week.monotony),
        "strain_au": tell_value(week.strain_au),
        "cumulative_au": tell_value(week.cumulative_au),
    }
