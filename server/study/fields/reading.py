"""What somebody typed into a field, as an answer; and an answer as text again. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Final

from protocol.quoting import quote
from server.study.fields.field import Answer, Field, Kind, Value
from server.study.fields.missing import MissingReason

MAX_TEXT: Final = 200  # characters
FIRST_YEAR: Final = 1950  # before it: another calendar, or a slip

_NUMBER: Final = re.compile(r"[+-]?\d{1,12}(\.\d{1,9})?")
_COMMA: Final = re.compile(r"[+-]?\d{1,12},\d{1,9}")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?")
_REFERENCE: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._/-]{0,39}")


class AnswerError(ValueError):
    """What was typed is no answer to this field; the message says why and what to write."""


def read_answer(field: Field, typed: str) -> Answer | None:
    """None for nothing typed. A word of the vocabulary of missing is a reason.

    Raises AnswerError.
    """
    text = typed.strip()
    if not text:
        return None
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
        raise AnswerError(f"{quote(word)} is no reason why it is missing; choose from: {possible}")
    return Answer.missing_for(MissingReason(reason))


def write_value(value: Value) -> str:
    """As it would be typed."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
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
        raise AnswerError(f"{quote(text)} has a comma; write {text.replace(',', '.')}")
    if not _NUMBER.fullmatch(text):
        raise AnswerError(f"{quote(text)} is not a number; digits and a decimal point only")
    number = float(text) + 0.0  # -0 is 0
    if field.hard is not None and not _is_in(number, field.hard):
        low, high = (write_value(float(limit)) for limit in field.hard)
        unit = f" {field.unit}" if field.unit else ""
        raise AnswerError(f"{text}{unit} can't be; give {low} to {high}")
    if field.step is not None and not _is_step(number, field):
        raise AnswerError(f"{text} is no step of it: {_tell_steps(field)}")
    return number


def _is_in(number: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= number <= limits[1]


def _is_step(number: float, field: Field) -> bool:
    return (number / (field.step or 1)).is_integer() and number not in field.except_for


def _tell_steps(field: Field) -> str:
    steps = f"steps of {write_value(float(field.step or 1))}"
    without = " and ".join(write_value(float(one)) for one in field.except_for)
    return f"{steps}, without {without}" if without else steps


def _read_choice(field: Field, text: str) -> str:
    codes = {code.casefold(): code for code in field.choices or {}}
    if text.casefold() not in codes:
        raise AnswerError(f"{quote(text)} is none of: {', '.join(codes.values())}")
    return codes[text.casefold()]


def _read_choices(field: Field, text: str) -> tuple[str, ...]:
    chosen = {_read_choice(field, word) for word in re.split(r"[\s|+]+", text) if word}
    if "none" in chosen and len(chosen) > 1:
        raise AnswerError("none stands alone")
    return tuple(code for code in field.choices or {} if code in chosen)


def _read_text(_field: Field, text: str) -> str:
    words = " ".join(text.split())
    if not words.isprintable() or len(words) > MAX_TEXT:
        raise AnswerError(f"give text of at most {MAX_TEXT} characters")
    return words


def _read_reference(_field: Field, text: str) -> str:
    if not _REFERENCE.fullmatch(text):
        raise AnswerError(
            f"{quote(text)} is no reference: up to 40 letters, digits, dots, dashes, slashes or"
            " underscores"
        )
    return text


def _read_date(_field: Field, text: str) -> str:
    try:
        day = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:  # 30 February
        day = None
    if day is None:
        raise AnswerError(f"{quote(text)} is not a date; write 2026-11-27")
    _require_year(day.year, text)
    return day.isoformat()


def _read_instant(_field: Field, text: str) -> str:
    found = _INSTANT.fullmatch(text)
    if found is not None and found[2] is None:
        raise AnswerError(
            f"{quote(text)} doesn't say where; add the offset from UTC, such as {text}+03:30"
        )
    try:
        moment = datetime.fromisoformat(text) if found else None
    except ValueError:
        moment = None
    if moment is None:
        raise AnswerError(f"{quote(text)} is not a time; write 2026-11-27T08:15+03:30")
    _require_year(moment.year, text)
    return moment.isoformat(timespec="seconds")


def _require_year(year: int, text: str) -> None:
    if year < FIRST_YEAR:
        raise AnswerError(
            f"{quote(text)} is before {FIRST_YEAR}: is it of another calendar? write 2026-11-27"
        )


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
