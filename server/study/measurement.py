"""Measurements of a participant at a point of time, and what they say together. Pure."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Final

from server.study.fields.field import Answer, Answers
from server.study.fields.measured import MEASURED, MEASURED_BY_NAME
from server.study.fields.reading import is_unusual, lies_ahead, write_value
from server.study.fields.words import words
from server.study.trouble import Trouble

BMI_TOLERANCE: Final = 0.15  # of an entered one: rounding to 0.1, of height to 0.5 cm as well
LEAN_TOLERANCE_KG: Final = 1.5  # fat-free mass beside weight and fat: rounding, and two devices


class TimePoint(StrEnum):
    """When something was measured or drawn."""

    BASELINE = "baseline"
    POST = "post"


def derive_bmi(answers: Answers) -> Answer | None:
    """kg/m², to 0.01, from height and weight; None where one of them has no value."""
    height, weight = _number(answers, "height_cm"), _number(answers, "weight_kg")
    if height is None or weight is None:
        return None
    return Answer(round(weight / (height / 100) ** 2, 2), is_derived=True)


def complete_measurement(answers: Answers) -> dict[str, Answer]:
    """With what follows from what was entered; an entered value or reason stays."""
    derived = derive_bmi(answers)
    return {"bmi": derived, **answers} if derived is not None else dict(answers)


def find_contradictions(answers: Answers, now: datetime) -> list[Trouble]:
    """What can't be true together, or yet. `answers` are all that would hold then."""
    return [*_check_bmi(answers), *_check_times(answers), *_check_ahead(answers, now)]


def find_unusual(answers: Answers) -> list[Trouble]:
    """What is stored, and should be looked at once more."""
    shown = complete_measurement(answers)
    told = [
        Trouble(field.name, words("{n} {unit} is unusual", n=write_value(number), unit=field.unit))
        for field in MEASURED
        if (answer := shown.get(field.name)) is not None
        and is_unusual(field, answer)
        and (number := answer.number) is not None
    ]
    weight, fat = _number(answers, "weight_kg"), _number(answers, "fat_pct")
    lean = _number(answers, "fat_free_mass_kg")
    if weight is not None and fat is not None and lean is not None:
        expected = weight * (1 - fat / 100)
        if abs(lean - expected) > LEAN_TOLERANCE_KG:
            sentence = words(
                "{lean} kg beside {weight} kg with {fat} % of fat, which leave {expected} kg",
                lean=write_value(lean),
                weight=write_value(weight),
                fat=write_value(fat),
                expected=write_value(round(expected, 1)),
            )
            told.append(Trouble("fat_free_mass_kg", sentence))
    return told


def _check_bmi(answers: Answers) -> Iterator[Trouble]:
    entered, derived = _number(answers, "bmi"), derive_bmi(answers)
    if entered is None or derived is None or derived.number is None:
        return
    if abs(entered - derived.number) > BMI_TOLERANCE:
        sentence = words(
            "{entered} doesn't fit her height and weight, which give {derived}; correct one of"
            " them, or leave it out",
            entered=write_value(entered),
            derived=write_value(round(derived.number, 1)),
        )
        yield Trouble("bmi", sentence)


def _check_times(answers: Answers) -> Iterator[Trouble]:
    """What had happened by the day of measurement."""
    measured = answers.get("measured_on")
    if measured is None or not isinstance(measured.value, str):
        return
    for name in ("relapse_on", "steroids_last_on"):
        other = answers.get(name)
        if other is not None and isinstance(other.value, str) and other.value > measured.value:
            sentence = words(
                "{day} is after the day of measurement, {measured}",
                day=other.value,
                measured=measured.value,
            )
            yield Trouble(name, sentence)


def _check_ahead(answers: Answers, now: datetime) -> Iterator[Trouble]:
    for name, answer in answers.items():
        if lies_ahead(MEASURED_BY_NAME[name], answer, now):
            yield Trouble(name, words("{when} lies ahead", when=answer.value))


def _number(answers: Answers, name: str) -> float | None:
    answer = answers.get(name)
    return None if answer is None else answer.number
