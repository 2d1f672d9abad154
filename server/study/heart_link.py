"""Resting and maximum heart rate at baseline: they lie with the measured hearts, which dose goes
by, and a measurement only says that they are there. Pure.
"""

from dataclasses import replace
from typing import Final

from server.study.fields.field import Answer, Answers
from server.study.fields.missing import MissingReason
from server.study.measured_heart import Formula, MeasuredHeart, Sex
from server.study.measurement import TimePoint

REST: Final = "hr_rest_bpm"
MAX: Final = "hr_max_bpm"
SOURCE: Final = "hr_max_source"
LINKED: Final = (REST, MAX, SOURCE)
TESTED: Final = "exercise_test"


def is_linked_at(time_point: TimePoint) -> bool:
    """Dose is measured against the heart that she came with."""
    return time_point is TimePoint.BASELINE


def tell_heart(heart: MeasuredHeart) -> dict[str, Answer]:
    """What a measured heart says of these fields. A formula's maximum was not measured."""
    is_measured = heart.max_bpm is not None
    highest = Answer(float(heart.max_bpm), is_linked=True) if heart.max_bpm is not None else None
    return {
        REST: Answer(float(heart.rest_bpm), is_linked=True),
        MAX: highest or Answer(None, MissingReason.NOT_DONE, is_linked=True),
        SOURCE: Answer(TESTED if is_measured else str(heart.formula), is_linked=True),
    }


def resolve_heart(
    answers: Answers, heart: MeasuredHeart | None, *, with_unentered: bool
) -> dict[str, Answer]:
    """Answers at baseline with what the measured hearts hold.

    `with_unentered`: also where no measurement says so. Who must not know who trains gets none of
    those: only of who trains a heart is needed.
    """
    if heart is None:
        return {name: one for name, one in answers.items() if not one.is_linked}
    held = tell_heart(heart)
    linked = [name for name in LINKED if name in answers and answers[name].is_linked]
    unentered = [name for name in LINKED if name not in answers and held[name].missing is None]
    shown = unentered if with_unentered else []
    return {**answers, **{name: held[name] for name in (*linked, *shown)}}


def compose_heart(answers: Answers, known: MeasuredHeart | None) -> MeasuredHeart | None:
    """The heart that these answers tell of; None where they tell of less than one.

    Of no sex told she is a woman, as `participants heart` takes it. Not checked yet.
    """
    rest, highest = _number(answers, REST), _number(answers, MAX)
    source = _text(answers, SOURCE)
    formula = Formula(source) if source in set(Formula) else None
    if rest is None or (highest is None) is (formula is None):
        return None
    age = _number(answers, "age_y")
    sex = Sex(_text(answers, "sex") or (known.sex if known is not None else Sex.FEMALE))
    before = known or MeasuredHeart(rest, sex)
    if formula is None:
        return replace(before, rest_bpm=rest, sex=sex, max_bpm=highest, formula=None)
    age_years = age if age is not None else before.age_years
    return replace(
        before, rest_bpm=rest, sex=sex, max_bpm=None, formula=formula, age_years=age_years
    )


def _number(answers: Answers, name: str) -> float | None:
    answer = answers.get(name)
    return None if answer is None else answer.number


def _text(answers: Answers, name: str) -> str | None:
    answer = answers.get(name)
    return answer.value if answer is not None and isinstance(answer.value, str) else None
