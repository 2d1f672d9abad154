"""A draw of blood and what was found in it: what its fields say together. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from protocol.identifiers import ParticipantCode
from server.study.fields.drawn import (
    ANALYTES,
    ASSAYED,
    DRAWN,
    DRAWN_BY_NAME,
    UNITS_PG_ML,
)
from server.study.fields.field import Answer, Answers, Field
from server.study.fields.missing import MissingReason
from server.study.fields.reading import is_unusual, lies_ahead, read_instant, write_value
from server.study.fields.words import words
from server.study.measurement import TimePoint
from server.study.trouble import Trouble

_OF_LIMITS: Final = {
    "below_lloq": MissingReason.BELOW_LLOQ,
    "above_uloq": MissingReason.ABOVE_ULOQ,
}
LOOKS_MISSING: Final = frozenset({999.0, 9999.0})  # 9 and 99 are concentrations as well


@dataclass(frozen=True, slots=True)
class SampleKey:
    """One analyte in one matrix of one draw: measured anew, it is a correction with a reason."""

    code: ParticipantCode
    time_point: TimePoint
    analyte: str
    matrix: str


def convert_pg_ml(value: float, unit: str) -> float:
    """A concentration in pg/mL. Raises KeyError for a unit that the table doesn't have."""
    return value * UNITS_PG_ML[unit]


def tell_hour(drawn: Answers) -> float | None:
    """Time of day of a draw where it took place, in hours (8.5 is half past eight)."""
    answer = drawn.get("drawn_at")
    if answer is None or not isinstance(answer.value, str):
        return None
    moment = read_instant(answer.value)
    return moment.hour + moment.minute / 60


def settle_flags(answers: Answers) -> dict[str, Answer]:
    """A flag for a limit is the reason why there is no concentration, and is kept as that.

    Beside a concentration it stays, for `find_sample_contradictions` to refuse.
    """
    flags = answers.get("flags")
    if flags is None or not isinstance(flags.value, tuple):
        return dict(answers)
    named = [word for word in flags.value if word in _OF_LIMITS]
    value = answers.get("value")
    if len(named) != 1 or (value is not None and value.missing != _OF_LIMITS[named[0]]):
        return dict(answers)
    left = tuple(word for word in flags.value if word not in _OF_LIMITS) or ("none",)
    reason = Answer.missing_for(_OF_LIMITS[named[0]])
    return {**answers, "value": reason, "flags": Answer(left)}


def find_draw_contradictions(answers: Answers, now: datetime) -> list[Trouble]:
    """What can't be true of a draw."""
    return [
        Trouble(name, words("{when} lies ahead", when=answer.value))
        for name, answer in answers.items()
        if lies_ahead(DRAWN_BY_NAME[name], answer, now)
    ]


def find_sample_contradictions(matrix: str, answers: Answers) -> list[Trouble]:
    """What can't be true together of one concentration."""
    checks = (_check_value, _check_unit, _check_limits, _check_flags)
    found = [trouble for check in checks for trouble in check(answers)]
    return [*found, *_check_anticoagulant(matrix, answers)]


def find_unusual_draw(answers: Answers) -> list[Trouble]:
    """What is stored of a draw, and should be looked at once more."""
    return _find_unusual(DRAWN, answers)


def find_unusual_sample(analyte: str, matrix: str, answers: Answers) -> list[Trouble]:
    """What is stored, and should be looked at once more: unit, dilution or matrix may be wrong."""
    told = _find_unusual(ASSAYED, answers)
    if matrix == "plasma" and "anticoagulant" not in answers:
        sentence = words("plasma without it: edta, citrate or heparin?")
        told.append(Trouble("anticoagulant", sentence))
    value, unit = _number(answers, "value"), answers.get("unit")
    if value in LOOKS_MISSING:
        sentence = words(
            "{n} looks like a code for missing; if it is one, write the reason instead",
            n=write_value(value),
        )
        told.append(Trouble("value", sentence))
    usual = ANALYTES[analyte].usual_pg_ml.get(matrix)
    if value is None or usual is None or unit is None or not isinstance(unit.value, str):
        return told
    if not usual[0] <= convert_pg_ml(value, unit.value) <= usual[1]:
        low, high = (write_value(limit / UNITS_PG_ML[unit.value]) for limit in usual)
        sentence = words(
            "{n} {unit} is unusual in {matrix} ({low} to {high}): look at unit, dilution and"
            " matrix",
            n=write_value(value),
            unit=unit.value,
            matrix=matrix,
            low=low,
            high=high,
        )
        told.append(Trouble("value", sentence))
    return told


def _find_unusual(table: tuple[Field, ...], answers: Answers) -> list[Trouble]:
    return [
        Trouble(field.name, words("{n} {unit} is unusual", n=write_value(number), unit=field.unit))
        for field in table
        if (answer := answers.get(field.name)) is not None
        and is_unusual(field, answer)
        and (number := answer.number) is not None
    ]


def _check_value(answers: Answers) -> Iterator[Trouble]:
    value = _number(answers, "value")
    if value is not None and value <= 0:
        sentence = words("no concentration is 0: write below_lloq, and the limit in lloq")
        yield Trouble("value", sentence)


def _check_unit(answers: Answers) -> Iterator[Trouble]:
    unit = answers.get("unit")
    if unit is not None and unit.value is not None:
        return
    named = [name for name in ("value", "lloq", "uloq") if _number(answers, name) is not None]
    if named:
        sentence = words(
            "{names} needs a unit: {units}; none is guessed",
            names=", ".join(named),
            units=", ".join(UNITS_PG_ML),
        )
        yield Trouble("unit", sentence)


def _check_limits(answers: Answers) -> Iterator[Trouble]:
    value, low, high = (_number(answers, name) for name in ("value", "lloq", "uloq"))
    if low is not None and high is not None and low >= high:
        sentence = words(
            "{high} is not above the lower limit, {low}",
            high=write_value(high),
            low=write_value(low),
        )
        yield Trouble("uloq", sentence)
    if value is not None and low is not None and 0 < value < low:
        sentence = words(
            "{n} is below the limit {low}: write below_lloq",
            n=write_value(value),
            low=write_value(low),
        )
        yield Trouble("value", sentence)
    if value is not None and high is not None and value > high:
        sentence = words(
            "{n} is above the limit {high}: write above_uloq",
            n=write_value(value),
            high=write_value(high),
        )
        yield Trouble("value", sentence)


def _check_flags(answers: Answers) -> Iterator[Trouble]:
    flags = answers.get("flags")
    if flags is None or not isinstance(flags.value, tuple):
        return
    for word in flags.value:
        if word in _OF_LIMITS:
            sentence = words("{flag} beside another value: leave one of them out", flag=word)
            yield Trouble("flags", sentence)


def _check_anticoagulant(matrix: str, answers: Answers) -> Iterator[Trouble]:
    given = answers.get("anticoagulant")
    if matrix == "serum" and given is not None and given.value is not None:
        yield Trouble("anticoagulant", words("serum has none; is this plasma?"))


def _number(answers: Answers, name: str) -> float | None:
    answer = answers.get(name)
    return None if answer is None else answer.number
