"""What baseline and the time after the training say together of one participant. Pure."""

from collections.abc import Sequence
from typing import Final

from server.study.fields.field import Answers
from server.study.fields.reading import read_instant, write_value
from server.study.fields.words import words
from server.study.trouble import Trouble

MOST_YEARS_BETWEEN: Final = 1.5  # of age: the training is of eight weeks


def find_reversed_draws(before: Answers, after: Answers) -> list[Trouble]:
    """Blood after the training that was drawn no later than the blood before it."""
    first, second = _text(before, "drawn_at"), _text(after, "drawn_at")
    if first is None or second is None or read_instant(first) < read_instant(second):
        return []
    sentence = words(
        "the draw after the training, {second}, is not later than that at baseline, {first};"
        " correct one of them",
        first=first,
        second=second,
    )
    return [Trouble("drawn_at", sentence)]


def find_reversed_days(before: Answers, after: Answers) -> list[Trouble]:
    """Measured after the training on an earlier day than before it."""
    first, second = _text(before, "measured_on"), _text(after, "measured_on")
    if first is None or second is None or first <= second:
        return []
    sentence = words(
        "the measurement after the training, {second}, is before that at baseline, {first};"
        " correct one of them",
        first=first,
        second=second,
    )
    return [Trouble("measured_on", sentence)]


def find_other_person(before: Answers, after: Answers) -> list[Trouble]:
    """Another sex, or an age that no such time makes: is it another one's row?"""
    told = []
    first, second = _text(before, "sex"), _text(after, "sex")
    if first is not None and second is not None and first != second:
        sentence = words(
            "{first} at baseline and {second} after the training: is it the same person?",
            first=first,
            second=second,
        )
        told.append(Trouble("sex", sentence))
    younger, older = _number(before, "age_y"), _number(after, "age_y")
    if younger is None or older is None or 0 <= older - younger <= MOST_YEARS_BETWEEN:
        return told
    sentence = words(
        "{first} years at baseline and {second} after the training: is it the same person?",
        first=write_value(younger),
        second=write_value(older),
    )
    return [*told, Trouble("age_y", sentence)]


def find_other_matrix(before: Sequence[str], after: Sequence[str]) -> list[Trouble]:
    """Of one analyte: found in one matrix before the training, in another one after it."""
    if not before or not after or set(before) & set(after):
        return []
    sentence = words(
        "{first} at baseline and {second} after the training: a difference between them is no"
        " change of hers",
        first=", ".join(before),
        second=", ".join(after),
    )
    return [Trouble("value", sentence)]


def _text(answers: Answers, name: str) -> str | None:
    answer = answers.get(name)
    return answer.value if answer is not None and isinstance(answer.value, str) else None


def _number(answers: Answers, name: str) -> float | None:
    answer = answers.get(name)
    return None if answer is None else answer.number
