"""Days of the study in place of dates: 1 is the day of the first session."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from protocol.ledger.instants import parse_utc_ms


def find_first_day(starts: Iterable[str]) -> date | None:
    """Of UTC texts; None where there are none."""
    return min((read_day(one) for one in starts), default=None)


def read_day(utc: str) -> date:
    """The day of a UTC text, in UTC."""
    return datetime.fromtimestamp(parse_utc_ms(utc) / 1000, tz=UTC).date()


def count_study_day(first_day: date, day: date) -> int:
    """1 on the first day, -1 on the day before: there is no 0 (CDISC SDTM, --DY)."""
    days = (day - first_day).days
    return days + 1 if days >= 0 else days
