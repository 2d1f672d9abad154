"""Which backups to keep: all of the last hour, then one a day for five weeks. Pure."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

NEWEST_KEPT: Final = 12  # an hour of one every five minutes
DAYS_KEPT: Final = 35  # five weeks: a mistake of one visit is seen at the next
_FORM: Final = re.compile(r"20[0-9]{6}T[0-9]{6}Z")


def name_backup(taken: datetime) -> str:
    """The folder's name: `taken` (UTC) to the second, so that names sort as times do."""
    return f"{taken:%Y%m%dT%H%M%SZ}"


def choose_expired(names: Iterable[str], taken: str | None = None) -> list[str]:
    """Of the folders in a place, those to delete; what isn't named like a backup never is.

    Nor is the one that was `taken` just now, whatever the clock says that was set back before.
    """
    backups = sorted((name for name in names if _FORM.fullmatch(name)), reverse=True)
    last_of_day: dict[str, str] = {}
    for name in backups:
        last_of_day.setdefault(name[:8], name)
    kept = {taken, *backups[:NEWEST_KEPT], *list(last_of_day.values())[:DAYS_KEPT]}
    return [name for name in backups if name not in kept]
