"""What a clinician typed into the page of limits, field by field. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import msgspec

from protocol.errors import InvalidEffortError
from protocol.training.bounds import HeartRate
from protocol.training.effort import check_borg
from server.ascii_digits import to_ascii_digits
from server.safety.limits import SafetyLimits

CEILING: Final = "hr_ceiling_bpm"
LOOK: Final = "rpe_alert"
HOLD: Final = "rpe_hold"
QUALIFICATION: Final = "qualification"
REASON: Final = "reason"
PASSWORD: Final = "password"  # noqa: S105 - a field's name
WITHDRAW_REASON: Final = "withdraw_reason"
WITHDRAW_PASSWORD: Final = "withdraw_password"  # noqa: S105 - a field's name
MAX_TEXT: Final = 500  # characters


class Trouble(StrEnum):
    """What is wrong with a field."""

    HEART_RATE = "heart_rate"
    EFFORT = "effort"
    ORDER = "order"  # she would be held before anybody is asked to look
    NO_LIMIT = "no_limit"
    EMPTY = "empty"
    LONG = "long"
    UNREADABLE = "unreadable"  # no text: databases refuse a NUL
    PASSWORD = "password"  # noqa: S105 - a kind of trouble


@dataclass(frozen=True, slots=True)
class LimitsForm:
    """The values, and by field what is wrong; values count only where nothing is."""

    limits: SafetyLimits
    troubles: Mapping[str, Trouble]


def name_own(code: str) -> str:
    """The field of one participant's own ceiling."""
    return f"own_{code}"


def read_limits_form(fields: Mapping[str, str], codes: Sequence[str]) -> LimitsForm:
    """From a form's fields: what is empty is no limit."""
    numbers = {name: _read_number(fields.get(name, "")) for name in (CEILING, LOOK, HOLD)}
    own = {code: _read_number(fields.get(name_own(code), "")) for code in codes}
    rates = {CEILING: numbers[CEILING]} | {name_own(code): bpm for code, bpm in own.items()}
    troubles = {n: Trouble.HEART_RATE for n, bpm in rates.items() if not _is_heart_rate(bpm)}
    troubles |= {n: Trouble.EFFORT for n in (LOOK, HOLD) if not _is_effort(numbers[n])}
    troubles |= find_text_troubles(fields, (QUALIFICATION, REASON, PASSWORD))
    limits = SafetyLimits(
        numbers[CEILING],
        numbers[LOOK],
        numbers[HOLD],
        {c: b for c, b in own.items() if b is not None},
    )
    if limits.is_empty:
        troubles |= {CEILING: Trouble.NO_LIMIT}
    look, hold = limits.rpe_alert, limits.rpe_hold
    if not troubles.keys() & {LOOK, HOLD} and look and hold and look > hold:
        troubles |= {LOOK: Trouble.ORDER}
    return LimitsForm(limits, troubles)


def find_text_troubles(fields: Mapping[str, str], names: Sequence[str]) -> dict[str, Trouble]:
    """Which of these are empty, no text, or longer than anybody reads."""
    texts = {name: fields.get(name, "").strip() for name in names}
    empty = {name: Trouble.EMPTY for name, text in texts.items() if not text}
    unreadable = {n: Trouble.UNREADABLE for n, text in texts.items() if not text.isprintable()}
    long = {name: Trouble.LONG for name, text in texts.items() if len(text) > MAX_TEXT}
    return empty | unreadable | long


def _read_number(text: str) -> Any:
    """None where nothing is; where there is no whole number, the text, which no check lets pass."""
    typed = to_ascii_digits(text.strip())
    if not typed:
        return None
    return int(typed) if typed.isdecimal() and len(typed) <= len("250") else typed


def _is_heart_rate(bpm: object) -> bool:
    try:
        msgspec.convert(bpm, HeartRate | None)
    except msgspec.ValidationError:
        return False
    return True


def _is_effort(rating: object) -> bool:
    try:
        _ = rating is None or check_borg(rating)
    except InvalidEffortError:
        return False
    return True
