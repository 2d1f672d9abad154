"""When the sessions of a course are: weekdays and a local time in, instants out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import Final

from protocol.ledger.instants import parse_utc_ms

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MINUTE_MS: Final = 60_000


class CalendarError(ValueError):
    """Days or times at which no session can be."""


@dataclass(frozen=True, slots=True)
class PlannedTime:
    """A session's number and when it begins: UTC text, and local for people."""

    ordinal: int
    planned_start: str
    local: datetime


def list_times(
    first: date, weekdays: Collection[int], at: time, zone: tzinfo, n_sessions: int
) -> list[PlannedTime]:
    """`n_sessions` on the weekdays (0 is Monday) from a day on, at a local time.

    Raises CalendarError without weekdays, or for a local time that a clock change skips.
    """
    if not weekdays:
        raise CalendarError("a course needs at least one weekday")
    times: list[PlannedTime] = []
    day = first
    while len(times) < n_sessions:
        if day.weekday() in weekdays:
            times.append(place_session(len(times) + 1, datetime.combine(day, at, zone)))
        day += timedelta(days=1)
    return times


def place_session(ordinal: int, local: datetime) -> PlannedTime:
    """A session at a local time. Raises CalendarError for one that a clock change skips."""
    utc = local.astimezone(UTC)
    if utc.astimezone(local.tzinfo).replace(fold=0) != local.replace(fold=0):
        raise CalendarError(f"{local:%Y-%m-%d %H:%M} doesn't exist there: clocks change that day")
    planned_start = utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return PlannedTime(ordinal, planned_start, local)


def find_overlaps(
    times: Sequence[PlannedTime], planned_starts: Sequence[str], minutes: float
) -> list[PlannedTime]:
    """Those that would begin less than `minutes` before or after a session planned already."""
    taken_ms = [parse_utc_ms(start) for start in planned_starts]
    return [
        one
        for one in times
        if any(
            abs(parse_utc_ms(one.planned_start) - start_ms) < minutes * _MINUTE_MS
            for start_ms in taken_ms
        )
    ]


def find_close_days(times: Sequence[PlannedTime]) -> list[tuple[PlannedTime, PlannedTime]]:
    """Sessions in a row without a whole day between them (the study trains every other day)."""
    return [
        (one, other)
        for one, other in pairwise(times)
        if (other.local.date() - one.local.date()).days < 2
    ]


def choose_tonight(lines: Sequence[dict[str, object]], now: str, window_h: float) -> str | None:
    """The id of the session to open a tablet with: the nearest start within a window of now.

    `lines` are sessions as domain.listing tells them; closed ones don't count.
    """
    now_ms = parse_utc_ms(now)
    open_ = [
        (abs(parse_utc_ms(start) - now_ms), str(line["id"]))
        for line in lines
        if line["state"] != "closed" and isinstance(start := line["planned_start"], str)
    ]
    near = [one for one in sorted(open_) if one[0] <= window_h * 60 * _MINUTE_MS]
    return near[0][1] if near else None
