"""Table `samples`: every concentration, with what moves it: draw, plate, flags."""

from collections.abc import Iterator
from typing import Final

from server.export.dataset.absence import Absent
from server.export.dataset.column import Cell, Column, Guard, Kind
from server.export.dataset.field_columns import make_columns, make_day_counter, tell_answers
from server.export.dataset.quantities import tell_or
from server.export.dataset.sources.keys import PARTICIPANT, STUDY_DAY
from server.export.dataset.sources.measurements import TIME_POINT
from server.export.dataset.study_view import StudyView
from server.export.dataset.table import Row, Table
from server.study.fields.drawn import ANALYTE_LABELS, ASSAYED, DRAWN, MATRICES
from server.study.recorded import Draw, Sample, read_samples
from server.study.study_days import read_local_day

TABLE: Final = Table(
    "samples",
    "Samples: a row for each participant, time point, analyte and matrix",
    (
        PARTICIPANT,
        TIME_POINT,
        Column("analyte", Kind.STRING, "what was measured", values=ANALYTE_LABELS),
        Column("matrix", Kind.STRING, "in what", values=MATRICES),
        Column("value_pg_ml", Kind.NUMBER, "concentration", "pg/mL", may_be_absent=True),
        Column("drawn_at", Kind.STRING, "moment of the draw", may_be_absent=True, guard=Guard.DATE),
        Column("drawn_day", Kind.INTEGER, f"day of the draw: {STUDY_DAY}", "d", may_be_absent=True),
        Column(
            "drawn_hour_h",
            Kind.NUMBER,
            "time of day of the draw, by the clock where it took place",
            "h",
            may_be_absent=True,
        ),
        *make_columns(DRAWN),
        *make_columns(ASSAYED),
    ),
    key=("participant", "time_point", "analyte", "matrix"),
    refers_to={"participant": ("participants", "participant")},
)


def read(view: StudyView) -> Iterator[Row]:
    """Everything that anything was said of."""
    told = [(view.name_person(one.key.code), one) for one in read_samples(view.study)]
    for pseudonym, one in sorted(told, key=lambda pair: (pair[0], *_order(pair[1]))):
        yield {"participant": pseudonym, **_tell(view, one)}


def _order(one: Sample) -> tuple[str, str, str]:
    return (one.key.time_point.value, one.key.analyte, one.key.matrix)


def _tell(view: StudyView, one: Sample) -> dict[str, Cell]:
    count_day = make_day_counter(view.first_day)
    value = one.answers["value"]
    why = "not_recorded" if value.missing is None else value.missing.value
    return {
        "time_point": one.key.time_point.value,
        "analyte": one.key.analyte,
        "matrix": one.key.matrix,
        "value_pg_ml": tell_or(one.value_pg_ml, why),
        **_tell_draw(view, one.draw),
        **tell_answers(DRAWN, one.draw.answers, count_day, view.name_person),
        **tell_answers(ASSAYED, one.answers, count_day, view.name_person),
    }


def _tell_draw(view: StudyView, draw: Draw) -> dict[str, Cell]:
    """Its day in the study's time zone, as sessions have theirs, and its hour where it took place:
    no moment has to be told.
    """
    drawn = draw.answers["drawn_at"]
    if drawn.missing is not None:
        names = ("drawn_at", "drawn_day", "drawn_hour_h")
        return dict.fromkeys(names, Absent(drawn.missing.value))
    day = read_local_day(str(drawn.value), view.zone)
    return {
        "drawn_at": str(drawn.value),
        "drawn_day": tell_or(make_day_counter(view.first_day)(day), "not_applicable"),
        "drawn_hour_h": tell_or(draw.hour_h, "not_recorded"),
    }
