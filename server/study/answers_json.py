"""Answers as JSON, stored and sent: a value, `{"missing": reason}`, or where it lies. Pure."""

from collections.abc import Mapping
from typing import Any, Final

from server.study.fields.field import Answer, Answers, Value
from server.study.fields.missing import MissingReason

LINK: Final = {"in": "measured_hearts"}  # the newest row of hers there says what


def write_answers(answers: Answers) -> dict[str, Any]:
    """As they are stored: a linked answer doesn't repeat what lies elsewhere."""
    return {name: LINK if one.is_linked else view_answer(one) for name, one in answers.items()}


def read_answers(content: Mapping[str, Any]) -> dict[str, Answer]:
    """What was stored. A linked answer says nothing yet: see `server.study.heart_link`."""
    return {name: _read(one) for name, one in content.items()}


def view_answer(answer: Answer) -> Any:
    """As a program reads it."""
    if answer.missing is not None:
        return {"missing": answer.missing.value}
    return list(answer.value) if isinstance(answer.value, tuple) else answer.value


def _read(one: Any) -> Answer:
    if one == LINK:
        return Answer(None, MissingReason.NOT_RECORDED, is_linked=True)
    if isinstance(one, dict):
        return Answer.missing_for(MissingReason(one["missing"]))
    return Answer(_read_value(one))


def _read_value(one: Any) -> Value:
    if isinstance(one, list):
        return tuple(one)
    return one if isinstance(one, str) else float(one)
