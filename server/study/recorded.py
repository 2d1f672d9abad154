"""What was recorded of participants and of their blood, typed: for the dataset and for pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from protocol.identifiers import ParticipantCode
from server.study.entry import name_thing, split_thing
from server.study.fact_kind import FactKind
from server.study.fields.drawn import ASSAYED, DRAWN
from server.study.fields.field import NOTHING, Answer, Answers, Field
from server.study.fields.measured import MEASURED
from server.study.held import Held, read_held
from server.study.measurement import TimePoint, complete_measurement
from server.study.sample import SampleKey, convert_pg_ml, tell_hour


@dataclass(frozen=True, slots=True)
class Measurement:
    """Of one participant at one time point: an answer to every field of the table, in its order.

    `number` counts what was entered, 0 where nothing was.
    """

    code: ParticipantCode
    time_point: TimePoint
    answers: Mapping[str, Answer]
    number: int


@dataclass(frozen=True, slots=True)
class Draw:
    """The same of one draw of blood. `hour_h`: the time of day there, 8.5 for half past eight."""

    code: ParticipantCode
    time_point: TimePoint
    answers: Mapping[str, Answer]
    number: int
    hour_h: float | None


@dataclass(frozen=True, slots=True)
class Sample:
    """The same of one analyte in one matrix, with the draw that it comes from."""

    key: SampleKey
    answers: Mapping[str, Answer]
    number: int
    draw: Draw

    @property
    def value_pg_ml(self) -> float | None:
        """The concentration, converted; None where there is none: `answers["value"]` says why."""
        value, unit = self.answers["value"].number, self.answers["unit"].value
        return None if value is None else convert_pg_ml(value, str(unit))


def read_measurements(connection: Connection, *, with_unentered: bool = True) -> list[Measurement]:
    """Every participant at every time point, by code.

    `with_unentered=False` leaves out heart rates that were entered for the dose of training only.
    """
    return tell_measurements(read_held(connection), with_unentered=with_unentered)


def read_samples(connection: Connection) -> list[Sample]:
    """Every concentration that something was said of, by code, time point, analyte and matrix."""
    return tell_samples(read_held(connection))


def tell_measurements(held: Held, *, with_unentered: bool = True) -> list[Measurement]:
    """The same of what was read before."""
    told = []
    for code in held.codes:
        for point in TimePoint:
            about = name_thing(code, point)
            given = held.resolve(FactKind.MEASUREMENT, about, with_unentered=with_unentered)
            answers = _fill(MEASURED, complete_measurement(given))
            number = held.numbers.get((FactKind.MEASUREMENT, about), 0)
            told.append(Measurement(ParticipantCode(code), point, answers, number))
    return told


def tell_samples(held: Held) -> list[Sample]:
    """The same of what was read before."""
    points = list(TimePoint)
    things = [about for kind, about in held.numbers if kind is FactKind.SAMPLE]
    told = []
    for about in things:
        code, point, analyte, matrix = split_thing(about)
        given = held.resolve(FactKind.SAMPLE, about)
        number = held.numbers[FactKind.SAMPLE, about]
        key = SampleKey(code, point, analyte, matrix)
        told.append(Sample(key, _fill(ASSAYED, given), number, tell_draw(held, code, point)))
    return sorted(
        told,
        key=lambda one: (
            int(one.key.code[1:]),
            points.index(one.key.time_point),
            one.key.analyte,
            one.key.matrix,
        ),
    )


def tell_draw(held: Held, code: ParticipantCode, point: TimePoint) -> Draw:
    """One draw; of one that nobody entered every answer is missing."""
    about = name_thing(code, point)
    given = held.resolve(FactKind.DRAW, about)
    number = held.numbers.get((FactKind.DRAW, about), 0)
    return Draw(code, point, _fill(DRAWN, given), number, tell_hour(given))


def _fill(table: tuple[Field, ...], given: Answers) -> dict[str, Answer]:
    return {field.name: given.get(field.name, NOTHING) for field in table}
