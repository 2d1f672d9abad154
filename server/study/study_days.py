"""Days of the study in place of dates, in its own time zone: 1 is that of the first session.

One definition for sessions and draws of blood: the day on which something happened by the clock of
the study, whatever the clock of who wrote it down said (decision 0043). Pure.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, tzinfo

from protocol.ledger.instants import parse_utc_ms


def find_first_day(starts: Iterable[str], zone: tzinfo) -> date | None:
    """Of UTC texts; None where there are none."""
    return min((read_day(one, zone) for one in starts), default=None)


def read_day(utc: str, zone: tzinfo) -> date:
    """The day of a UTC text in a time zone."""
    return datetime.fromtimestamp(parse_utc_ms(utc) / 1000, tz=UTC).astimezone(zone).date()


def read_local_day(moment: str, zone: tzinfo) -> date:
    """The day, in a time zone, of a text with an offset of its own.

    Raises ValueError for one without: it could be either of two days.
    """
    told = datetime.fromisoformat(moment)
    if told.tzinfo is None:
        raise ValueError(f"{moment!r} has no offset from UTC")
    return told.astimezone(zone).date()


def count_study_day(first_day: date, day: date) -> int:
    """1 on the first day, -1 on the day before: there is no 0 (CDISC SDTM, --DY)."""
    days = (day - first_day).days
    return days + 1 if days >= 0 else days
