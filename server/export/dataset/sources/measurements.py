"""Table `measurements`: everybody at baseline and after the training, a column each field."""

from collections.abc import Iterator
from typing import Final

from server.export.dataset.column import Column, Kind
from server.export.dataset.field_columns import make_columns, make_day_counter, tell_answers
from server.export.dataset.sources.keys import PARTICIPANT
from server.export.dataset.study_view import StudyView
from server.export.dataset.table import Row, Table
from server.study.fields.measured import MEASURED
from server.study.recorded import read_measurements

TIME_POINT: Final = Column(
    "time_point",
    Kind.STRING,
    "when",
    values={"baseline": "before the training", "post": "after the training"},
)
TABLE: Final = Table(
    "measurements",
    "Measurements: a row for each participant and time point",
    (PARTICIPANT, TIME_POINT, *make_columns(MEASURED)),
    key=("participant", "time_point"),
    refers_to={"participant": ("participants", "participant")},
)


def read(view: StudyView) -> Iterator[Row]:
    """Everybody at both time points, also where nothing was entered."""
    count_day = make_day_counter(view.first_day)
    told = [(view.name_person(one.code), one) for one in read_measurements(view.study)]
    for pseudonym, one in sorted(told, key=lambda pair: (pair[0], pair[1].time_point.value)):
        yield {
            "participant": pseudonym,
            "time_point": one.time_point.value,
            **tell_answers(MEASURED, one.answers, count_day, view.name_person),
        }
