"""What somebody typed into a field, as an answer; and an answer as text again. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Final

from protocol.quoting import quote
from server.ascii_digits import to_ascii_digits
from server.study.fields.field import Answer, Field, Kind, Value
from server.study.fields.missing import MissingReason
from server.study.fields.slips import tell_calendar, tell_code_for_missing, tell_limit
from server.study.fields.words import Words, words

MAX_TEXT: Final = 200  # characters
FIRST_YEAR: Final = 1950  # before it: another calendar, or a slip

_NUMBER: Final = re.compile(r"[+-]?\d{1,12}(\.\d{1,9})?")
_COMMA: Final = re.compile(r"[+-]?\d{1,12},\d{1,9}")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?")
_REFERENCE: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._/-]{0,39}")


class AnswerError(ValueError):
    """What was typed is no answer to this field; its words say why and what to write."""

    def __init__(self, said: Words) -> None:
        super().__init__(str(said))
        self.words = said


def read_answer(field: Field, typed: str) -> Answer | None:
    """None for nothing typed. A word of the vocabulary of missing is a reason.

    Raises AnswerError.
    """
    text = typed.strip()
    if not text:
        return None
    if field.kind is not Kind.TEXT:
        text = to_ascii_digits(text)
    if text.lower() in set(MissingReason) and field.kind is not Kind.TEXT:
        word = text.lower()
        if word not in (field.choices or {}):
            return read_missing(field, word)
    return Answer(_READERS[field.kind](field, text))


def read_missing(field: Field, word: str) -> Answer:
    """A reason why this field has no value. Raises AnswerError."""
    reason = word.strip().lower()
    possible = ", ".join(sorted(field.reasons))
    if reason not in field.reasons:
        sentence = words(
            "{typed} is no reason why it is missing; choose from: {possible}",
            typed=quote(word),
            possible=possible,
        )
        raise AnswerError(sentence)
    return Answer.missing_for(MissingReason(reason))


def write_value(value: Value) -> str:
    """As it would be typed."""
    if isinstance(value, int | float):  # a table's limits may be whole
        if float(value).is_integer():
            return str(int(value))
        return repr(value) if abs(value) >= 0.001 else f"{value:.9f}".rstrip("0")  # no exponent
    return value if isinstance(value, str) else " ".join(value)


def is_unusual(field: Field, answer: Answer) -> bool:
    """Whether a number lies outside what is usual."""
    number = answer.number
    return number is not None and field.soft is not None and not _is_in(number, field.soft)


def read_instant(text: str) -> datetime:
    """Of a stored answer, with its offset."""
    return datetime.fromisoformat(text)


def _read_number(field: Field, text: str) -> float:
    if _COMMA.fullmatch(text):
        point = text.replace(",", ".")
        raise AnswerError(words("{typed} has a comma; write {point}", typed=text, point=point))
    if not _NUMBER.fullmatch(text):
        sentence = tell_limit(field, text) or words(
            "{typed} is not a number; digits and a decimal point only", typed=quote(text)
        )
        raise AnswerError(sentence)
    number = float(text) + 0.0  # -0 is 0
    if field.hard is not None and not _is_in(number, field.hard):
        low, high = (write_value(float(limit)) for limit in field.hard)
        typed = f"{text} {field.unit}".strip()
        told = tell_code_for_missing(field, number)
        raise AnswerError(
            told or words("{typed} can't be; give {low} to {high}", typed=typed, low=low, high=high)
        )
    if field.step is not None and not _is_step(number, field):
        raise AnswerError(_tell_steps(field, text))
    return number


def _is_in(number: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= number <= limits[1]


def _is_step(number: float, field: Field) -> bool:
    return (number / (field.step or 1)).is_integer() and number not in field.except_for


def _tell_steps(field: Field, text: str) -> Words:
    step = write_value(float(field.step or 1))
    without = ", ".join(write_value(float(one)) for one in field.except_for)
    if without:
        return words(
            "{typed} is no step of it: steps of {step}, and there is no {without}",
            typed=text,
            step=step,
            without=without,
        )
    return words("{typed} is no step of it: steps of {step}", typed=text, step=step)


def _read_choice(field: Field, text: str) -> str:
    codes = {code.casefold(): code for code in field.choices or {}}
    if text.casefold() not in codes:
        possible = ", ".join(codes.values())
        raise AnswerError(
            words("{typed} is none of: {possible}", typed=quote(text), possible=possible)
        )
    return codes[text.casefold()]


def _read_choices(field: Field, text: str) -> tuple[str, ...]:
    chosen = {_read_choice(field, word) for word in re.split(r"[\s|+]+", text) if word}
    if "none" in chosen and len(chosen) > 1:
        raise AnswerError(words("none stands alone"))
    return tuple(code for code in field.choices or {} if code in chosen)


def _read_text(_field: Field, text: str) -> str:
    clean = " ".join(text.split())
    if not clean.isprintable() or len(clean) > MAX_TEXT:
        raise AnswerError(words("give text of at most {n} characters", n=MAX_TEXT))
    return clean


def _read_reference(_field: Field, text: str) -> str:
    if not _REFERENCE.fullmatch(text):
        sentence = words(
            "{typed} is no reference: up to 40 letters, digits, dots, dashes, slashes or"
            " underscores",
            typed=quote(text),
        )
        raise AnswerError(sentence)
    return text


def _read_date(_field: Field, text: str) -> str:
    try:
        day = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:  # 30 February
        day = None
    if day is None:
        sentence = words("{typed} is not a date; write 2026-11-27", typed=quote(text))
        raise AnswerError(tell_calendar(text) or sentence)
    _require_year(day.year, text)
    return day.isoformat()


def _read_instant(_field: Field, text: str) -> str:
    found = _INSTANT.fullmatch(text)
    told = tell_calendar(text) if found is not None else None
    if told is not None:
        raise AnswerError(told)
    if found is not None and found[2] is None:
        sentence = words(
            "{typed} doesn't say where; add the offset from UTC, such as {typed}+03:30", typed=text
        )
        raise AnswerError(sentence)
    try:
        moment = datetime.fromisoformat(text) if found else None
    except ValueError:
        moment = None
    if moment is None:
        sentence = words("{typed} is not a time; write 2026-11-27T08:15+03:30", typed=quote(text))
        raise AnswerError(sentence)
    _require_year(moment.year, text)
    return moment.isoformat(timespec="seconds")


def _require_year(year: int, text: str) -> None:
    if year < FIRST_YEAR:
        sentence = words(
            "{typed} is before {year}: is it of another calendar? write 2026-11-27",
            typed=quote(text),
            year=FIRST_YEAR,
        )
        raise AnswerError(sentence)


def lies_ahead(field: Field, answer: Answer, now: datetime) -> bool:
    """Whether a day or a moment is one that nobody can know of yet."""
    if not isinstance(answer.value, str) or field.kind not in {Kind.DATE, Kind.INSTANT}:
        return False
    if field.kind is Kind.INSTANT:
        return read_instant(answer.value) > now
    # Somewhere it is tomorrow already: nobody is ahead of UTC by more than 14 hours.
    return (date.fromisoformat(answer.value) - now.astimezone(UTC).date()).days > 1


_READERS: Final[Mapping[Kind, Callable[[Field, str], Value]]] = {
    Kind.NUMBER: _read_number,
    Kind.CHOICE: _read_choice,
    Kind.CHOICES: _read_choices,
    Kind.TEXT: _read_text,
    Kind.REFERENCE: _read_reference,
    Kind.DATE: _read_date,
    Kind.INSTANT: _read_instant,
}
