"""Digits and days of a text as Persian readers write them. For what is shown, never for data. Pure.

ISO 8601 days become Jalali ones, ASCII digits Persian ones, and commas between words theirs. What
is a code stays as it is: anything with a Latin letter in it (P07, SHA-256, an instant with its T)
and anything in a left-to-right isolate (U+2066 to U+2069). This and static/local_text.js give the
same for tests/vectors/local_text.json, and give it again for what is local already.
"""

import re
from datetime import date
from typing import Final

from server.web.catalogue.jalali import to_jalali

_DIGITS: Final = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_MARKS: Final = {",": "،", ";": "؛"}  # after a Persian word
_LEFT_TO_RIGHT_MARK: Final = "\u200e"  # keeps a sign before its number
_EARLIEST: Final = 1900  # a number of four digits, a dash and so on may be something else
_FOUND: Final = re.compile(
    r"(?P<isolate>\u2066[^\u2069]*\u2069)"
    r"|(?P<code>&#?\w+;|(?=[\w.:/+-]*[A-Za-z_])\w[\w.:/+-]*)"
    r"|(?P<day>(?P<year>\d{4})-(?P<month>\d\d)-(?P<of_month>\d\d)(?![\w-]))"
    r"|(?P<groups>\+?\d{2,}(?:[ -]\d{2,})+(?![\w-]))"
    r"|(?P<times>\d+(?:\.\d+)? × \d+)"
    r"|(?P<mark>(?<=[\u0600-\u06ff\d])[,;](?= )|[,;](?= [\u0600-\u06ff]))"
    r"|(?P<number>(?:(?<![\w)\u06f0-\u06f9])[+\-\u2212±])?\d+(?:[.,:/]\d+)*)",
    re.ASCII,
)
_LEFT_ALONE: Final = ("script", "style", "textarea", "code", "kbd")
_TAGS: Final = re.compile(
    "(" + "".join(rf"<{one}\b.*?</{one}>|" for one in _LEFT_ALONE) + "<[^>]*>)", re.DOTALL
)
_SAID: Final = re.compile(r'(?<=\s)(aria-label|title|alt)="([^"]*)"')


def localise_text(text: str) -> str:
    """The text with local digits and days."""
    return _FOUND.sub(_localise, text)


def localise_page(page: str) -> str:
    """An HTML page with local digits and days in what people see or hear of it; all else stays."""
    parts = _TAGS.split(page)
    return "".join(
        _SAID.sub(_localise_attribute, one) if place % 2 else localise_text(one)
        for place, one in enumerate(parts)
    )


def _localise_attribute(found: re.Match[str]) -> str:
    return f'{found[1]}="{localise_text(found[2])}"'


def _localise(found: re.Match[str]) -> str:
    text = found[0]
    if found["isolate"] or found["code"]:
        return text
    if found["mark"]:
        return _MARKS[text]
    if found["day"]:
        return _tell_day(found) or _tell_number(text)
    if found["times"] or found["groups"]:
        return f"\u2066{text.translate(_DIGITS)}\u2069"
    return _tell_number(text)


def _tell_day(found: re.Match[str]) -> str:
    year, month, of_month = int(found["year"]), int(found["month"]), int(found["of_month"])
    try:
        day = to_jalali(date(year, month, of_month))
    except ValueError:
        return ""
    return f"{day.day} {day.month_name} {day.year}".translate(_DIGITS) if year >= _EARLIEST else ""


def _tell_number(text: str) -> str:
    local = re.sub(r"(?<=\d)\.(?=\d)", "٫", text)
    local = re.sub(r"(?<=\d),(?=\d{3})", "٬", local).translate(_DIGITS)
    return local if text[0].isdigit() else _LEFT_TO_RIGHT_MARK + local
