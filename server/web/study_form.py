"""What somebody typed into a form of fields, as answers. Pure."""

from collections.abc import Iterable, Mapping

from server.study.fields.field import Answer, Answers, Field, Kind
from server.study.fields.reading import AnswerError, read_answer, read_missing, write_value
from server.study.fields.words import Words, words

WHY = "_missing"  # of a field: the list of reasons why it has no value


def name_choice(field: Field, code: str) -> str:
    """The box of one code of several."""
    return f"{field.name}.{code}"


def read_study_form(
    typed: Mapping[str, str], fields: Iterable[Field], held: Answers
) -> tuple[dict[str, Answer], dict[str, Words]]:
    """Answers, and by field what is wrong. `held` is what the form showed.

    What stands there untouched says nothing: a reason chosen beside it, or a value typed beside an
    old reason, is what she means.
    """
    answers: dict[str, Answer] = {}
    troubles: dict[str, Words] = {}
    for field in fields:
        try:
            answer = _read(typed, field, held.get(field.name))
        except AnswerError as error:
            troubles[field.name] = error.words
            continue
        if answer is not None:
            answers[field.name] = answer
    return answers, troubles


def show_value(answer: Answer | None) -> str:
    """What stands in the field."""
    has_value = answer is not None and answer.value is not None and not answer.is_derived
    return write_value(answer.value) if has_value and answer and answer.value is not None else ""


def show_reason(answer: Answer | None) -> str:
    """What is chosen in the list of reasons."""
    return answer.missing.value if answer is not None and answer.missing is not None else ""


def _read(typed: Mapping[str, str], field: Field, held: Answer | None) -> Answer | None:
    text, why = _gather(typed, field), typed.get(field.name + WHY, "").strip()
    if text and why:
        if text == show_value(held):
            return read_missing(field, why)
        if why == show_reason(held):
            return read_answer(field, text)
        raise AnswerError(words("has a value, and a reason why it has none: leave one out"))
    if why:
        return read_missing(field, why)
    if not text and held is not None and not held.is_derived:
        raise AnswerError(words("something stood here; choose why there is no value now"))
    return read_answer(field, text)


def _gather(typed: Mapping[str, str], field: Field) -> str:
    if field.kind is not Kind.CHOICES:
        return typed.get(field.name, "").strip()
    codes = field.choices or {}
    return " ".join(code for code in codes if typed.get(name_choice(field, code)))
