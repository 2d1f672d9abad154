"""Columns of a study's baseline measurements: numbers, and words of a choice."""

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from sqlalchemy import Connection

from server.analysis.cells import Cells
from server.errors import MethodError
from server.study.fields.field import Answer, Field, Kind
from server.study.fields.measured import MEASURED_BY_NAME
from server.study.measurement import TimePoint
from server.study.recorded import read_measurements

Told = TypeVar("Told")
_COMMAND: Final = "participants measure"


def read_numbers(study: Connection, names: Iterable[str]) -> dict[str, Cells]:
    """Column -> code -> number or reason. Raises MethodError for what is no number's field."""
    wanted = [_require(name, Kind.NUMBER, "no number") for name in dict.fromkeys(names)]
    return _read(study, wanted, _tell_number)


def read_words(study: Connection, names: Iterable[str]) -> dict[str, dict[str, Answer]]:
    """Column -> code -> answer. Raises MethodError for what is no choice of one word."""
    wanted = [_require(name, Kind.CHOICE, "no choice of one word") for name in dict.fromkeys(names)]
    return _read(study, wanted, lambda answer: answer)


def _require(name: str, kind: Kind, told: str) -> Field:
    field = MEASURED_BY_NAME.get(name)
    if field is None:
        raise MethodError(f"the study has no field {name}; see '{_COMMAND}'")
    if field.kind is not kind:
        raise MethodError(f"{name} is {told}, and this column of the analysis has to be one")
    return field


def _read(
    study: Connection, wanted: list[Field], tell: Callable[[Answer], Told]
) -> dict[str, dict[str, Told]]:
    # Hearts that nobody entered here are of who trains alone, so a count of them tells arms.
    rows = read_measurements(study, with_unentered=False) if wanted else ()
    baseline = [one for one in rows if one.time_point is TimePoint.BASELINE]
    return {
        field.name: {str(one.code): tell(one.answers[field.name]) for one in baseline}
        for field in wanted
    }


def _tell_number(answer: Answer) -> float | str:
    return answer.number if answer.number is not None else str(answer.missing)
