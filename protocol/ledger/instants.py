"""UTC as text with milliseconds: one form, so that the order of texts is the order of times."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Final

import msgspec

from protocol.errors import InvalidMessageError
from protocol.ledger.patterns import whole

# What JavaScript's Date.toISOString writes. 1970: a tablet whose clock was lost is believed, too.
UTC_FORM: Final = (
    r"(19[789]|2[01][0-9])[0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z"
)
UtcText = Annotated[str, msgspec.Meta(pattern=whole(UTC_FORM))]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_FORM: Final = re.compile(UTC_FORM)

FIRST_MS: Final = 0
LAST_MS: Final = (datetime(2200, 1, 1, tzinfo=UTC) - _EPOCH) // _MILLISECOND - 1


def parse_utc_ms(text: str) -> int:
    """Milliseconds since 1970 of a UTC text. Raises InvalidMessageError."""
    try:
        instant = datetime.fromisoformat(text) if _FORM.fullmatch(text) else None
    except ValueError:  # 30 February
        instant = None
    if instant is None:
        raise InvalidMessageError(f"{text!r} is not a time such as 2026-11-30T17:00:00.000Z")
    return (instant - _EPOCH) // _MILLISECOND


def format_utc_ms(utc_ms: int) -> str:
    """The text of a time, `YYYY-MM-DDTHH:MM:SS.mmmZ`."""
    instant = _EPOCH + timedelta(milliseconds=utc_ms)
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def clamp_utc_ms(utc_ms: int) -> int:
    """The nearest time that a text of this form can say."""
    return min(max(utc_ms, FIRST_MS), LAST_MS)


def check_utc(*texts: str | None) -> None:
    """For `__post_init__` of messages: raises ValueError for a day that no month has."""
    for text in texts:
        if text is not None:
            try:
                parse_utc_ms(text)
            except InvalidMessageError as error:
                raise ValueError(str(error)) from None
