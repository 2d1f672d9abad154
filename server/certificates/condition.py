"""How long a certificate still holds, and what is said about it in time."""

from datetime import UTC, datetime, timedelta
from typing import Final

WARN_DAYS: Final = 30
_HOW_TO_RENEW: Final = "renew it with doseline-server certs renew"


def count_days_left(ends: datetime, now: datetime) -> int:
    """Whole days; negative once it is over."""
    return (ends - now) // timedelta(days=1)


def has_ended(ends: datetime, now: datetime) -> bool:
    """Whether no browser takes it any more."""
    return now > ends


def ends_soon(ends: datetime, now: datetime) -> bool:
    """Whether somebody should renew it now."""
    return count_days_left(ends, now) < WARN_DAYS


def tell_end(ended: datetime) -> str:
    """Why it isn't used any more, and what to do."""
    return f"the certificate ended on {ended:%Y-%m-%d}: {_HOW_TO_RENEW}"


def warn(ends: datetime, now: datetime) -> str | None:
    """A sentence for the log and the terminal, in time; None while there is time."""
    if has_ended(ends, now):
        return tell_end(ends)
    if ends_soon(ends, now):
        left = count_days_left(ends, now)
        days = "1 day" if left == 1 else f"{left} days"
        return f"the certificate ends in {days}, on {ends:%Y-%m-%d}: {_HOW_TO_RENEW}"
    return None


def name_condition(ends: datetime | None, now: datetime) -> str:
    """One word for `/health`: none, valid, ends_soon or ended."""
    if ends is None:
        return "none"
    if has_ended(ends, now):
        return "ended"
    return "ends_soon" if ends_soon(ends, now) else "valid"


def read_utc(wall_ns: int) -> datetime:
    """A clock's nanoseconds as a moment."""
    return datetime.fromtimestamp(wall_ns // 1_000_000_000, UTC)
