"""Moments as pages tell them: by the study's own clock (decision 0043), and whose clock it is.

Everything that is stored, exported or answered to programs stays UTC. The zone is the request's, as
the language is: `server/web/study_clock.py` sets it before the routes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from protocol.ledger.instants import parse_utc_ms

_MS_PER_S: Final = 1000
_NS_PER_S: Final = 1_000_000_000
_MINUTE: Final = timedelta(minutes=1)

_zone: Final[ContextVar[tzinfo]] = ContextVar("zone", default=UTC)


@contextmanager
def showing_in(zone: tzinfo) -> Iterator[None]:
    """Moments are told by this zone's clock until the block ends; else by UTC."""
    token = _zone.set(zone)
    try:
        yield
    finally:
        _zone.reset(token)


def show_utc(utc: str) -> str:
    """A UTC text to the minute: `2026-11-30 20:30 UTC+03:30`."""
    return _show(datetime.fromtimestamp(parse_utc_ms(utc) / _MS_PER_S, UTC))


def show_wall_ns(wall_ns: int) -> str:
    """The same of ns since 1970."""
    return _show(datetime.fromtimestamp(wall_ns // _NS_PER_S, UTC))


def show_day(utc: str) -> str:
    """The day there, as ISO 8601 has it."""
    there = datetime.fromtimestamp(parse_utc_ms(utc) / _MS_PER_S, UTC).astimezone(_zone.get())
    return there.date().isoformat()


def _show(moment: datetime) -> str:
    there = moment.astimezone(_zone.get())
    return f"{there:%Y-%m-%d %H:%M} {_name_offset(there)}"


def _name_offset(there: datetime) -> str:
    """`UTC`, or `UTC+03:30`: clocks that change are told apart, and nobody needs a zone's name."""
    ahead = there.utcoffset() or timedelta()
    if not ahead:
        return "UTC"
    hours, minutes = divmod(abs(ahead) // _MINUTE, 60)
    return f"UTC{'-' if ahead < timedelta() else '+'}{hours:02}:{minutes:02}"
