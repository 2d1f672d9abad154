"""Common slips in what is typed, told as what they are. Pure."""

import re
from datetime import date
from typing import Final

from protocol.quoting import quote
from server.study.fields.field import Field
from server.study.fields.missing import MissingReason
from server.study.fields.words import Words, words

# What statistics programs and spreadsheets stand for missing by, below all that can be.
CODES_FOR_MISSING: Final = frozenset({-1.0, -9.0, -99.0, -999.0, -9999.0})

_LIMIT: Final = re.compile(r"([<>≤≥])=?\s*(\d{1,12}(?:[.,]\d{1,9})?)")
_MOMENT: Final = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:Z|[+-](\d{2}):(\d{2}))?)?"
)
_LAST: Final = (23, 59, 59, 23, 59)  # hour, minute, second, and hours and minutes of an offset


def tell_code_for_missing(field: Field, number: float) -> Words | None:
    """Of a number that can't be."""
    if number not in CODES_FOR_MISSING:
        return None
    return words(
        "{n} looks like a code for missing; write the reason instead: {possible}",
        n=int(number),
        possible=", ".join(sorted(field.reasons)),
    )


def tell_limit(field: Field, text: str) -> Words | None:
    """`<15.6` in a field that may be below a limit of quantification."""
    found = _LIMIT.fullmatch(text)
    if found is None or MissingReason.BELOW_LLOQ not in field.reasons:
        return None
    is_below = found[1] in "<≤"
    return words(
        "{typed} is a limit; write {reason} here, and {limit} in {column}",
        typed=quote(text),
        reason="below_lloq" if is_below else "above_uloq",
        limit=found[2].replace(",", "."),
        column="lloq" if is_below else "uloq",
    )


def tell_calendar(text: str) -> Words | None:
    """Of a day or a moment written as it should be: which part of it there is not."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    if not 1 <= month <= 12:
        return words("{typed}: there is no month {part}", typed=text, part=found[2])
    if not _is_day(year, month, day):
        return words("{typed}: there is no day {part} in that month", typed=text, part=found[3])
    parts = zip(found.groups()[3:], _LAST, strict=True)
    wrong = next((part for part, last in parts if part is not None and int(part) > last), None)
    if wrong is None:
        return None
    return words("{typed}: there is no time of day with {part} in it", typed=text, part=wrong)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
