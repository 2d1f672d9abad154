"""Columns of a study's fields: each line of their tables is a column here, or two for a date."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from server.export.dataset.absence import Absent
from server.export.dataset.column import Cell, Column, Guard, Kind
from server.export.dataset.quantities import tell_or
from server.export.dataset.quasi import is_quasi
from server.study.fields import field as study
from server.study.fields.field import Answer, Field
from server.study.study_days import count_study_day

CountDay = Callable[[date], int | None]
_GUARDS: Final = {study.Kind.TEXT: Guard.FREE_TEXT, study.Kind.DATE: Guard.DATE}
_UCUM: Final = {"years": "a", "kg/m²": "kg/m2"}  # the unit codes of ucum.org


def make_columns(fields: Sequence[Field]) -> tuple[Column, ...]:
    """In the order of the table."""
    return tuple(column for one in fields for column in _make(one))


def tell_answers(
    fields: Sequence[Field],
    answers: Mapping[str, Answer],
    count_day: CountDay,
    hide: Callable[[str], str],
) -> dict[str, Cell]:
    """Cells of `make_columns`. `hide` makes a pseudonym of what a laboratory calls something."""
    cells: dict[str, Cell] = {}
    for one in fields:
        if one.kind is study.Kind.INSTANT:
            continue
        answer = answers[one.name]
        cell = _tell(answer)
        is_name = one.kind is study.Kind.REFERENCE and isinstance(answer.value, str)
        cells[one.name] = hide(f"{one.name}:{answer.value}") if is_name else cell
        if one.kind is study.Kind.DATE:
            cells[_name_day(one)] = _tell_day(answer, count_day)
    return cells


def make_day_counter(first_day: date | None) -> CountDay:
    """Days of the study; nothing before there is a session: they would be dates."""
    return lambda day: None if first_day is None else count_study_day(first_day, day)


def _make(one: Field) -> Iterator[Column]:
    """An instant has columns of its own where it is told; see the table of samples."""
    if one.kind is study.Kind.INSTANT:
        return
    is_number = one.kind is study.Kind.NUMBER
    yield Column(
        one.name,
        Kind.NUMBER if is_number else Kind.DATE if one.kind is study.Kind.DATE else Kind.STRING,
        one.label
        if one.kind is not study.Kind.CHOICES
        else f"{one.label}; with semicolons between",
        _UCUM.get(one.unit, one.unit),
        values=dict(one.choices or {}) if one.kind is study.Kind.CHOICE else {},
        may_be_absent=True,
        guard=Guard.ARM if one.reveals_arm else _GUARDS.get(one.kind),
        is_quasi=is_quasi(one.name),
    )
    if one.kind is study.Kind.DATE:
        yield Column(
            _name_day(one),
            Kind.INTEGER,
            f"{one.label}, as study day: its date is counted as it was written down",
            "d",
            may_be_absent=True,
            is_quasi=is_quasi(one.name),
        )


def _label(one: Field) -> str:
    ends = {
        study.Kind.CHOICES: "; with semicolons between",
        study.Kind.REFERENCE: "; a pseudonym, the same for the same one",
    }
    return f"{one.label}{ends.get(one.kind, '')}"


def _name_day(one: Field) -> str:
    return f"{one.name.removesuffix('_on')}_day"


def _tell(answer: Answer) -> Cell:
    if answer.missing is not None:
        return Absent(answer.missing.value)
    value = answer.value
    if isinstance(value, tuple):
        return ";".join(value)
    return value if value is not None else Absent("not_recorded")


def _tell_day(answer: Answer, count_day: CountDay) -> Cell:
    if answer.missing is not None:
        return Absent(answer.missing.value)
    return tell_or(count_day(date.fromisoformat(str(answer.value))), "not_applicable")
