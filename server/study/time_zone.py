"""The one time zone in which a study's days begin and end (decision 0043)."""

import time
from datetime import tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, select

from server.errors import RuleError, SettingsError
from server.study.record_chain import append_numbered
from server.study.record_tables import STUDY_ZONES

NO_ZONE: Final = "UTC"  # of a study that says none: told wherever days are counted


def find_zone(name: str) -> ZoneInfo | None:
    """A time zone of this machine, by its name in the IANA database."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def read_zone_name(connection: Connection) -> str | None:
    """The study's, None where nobody has said one."""
    newest = select(STUDY_ZONES.c.zone).order_by(STUDY_ZONES.c.number.desc()).limit(1)
    return connection.execute(newest).scalar()


def read_zone(connection: Connection) -> tzinfo:
    """In which the study's days are counted; UTC where nobody has said one.

    Raises SettingsError for one that this machine doesn't know.
    """
    name = read_zone_name(connection) or NO_ZONE
    zone = find_zone(name)
    if zone is None:
        raise SettingsError(
            f"the study's days are those of {name}, which this machine doesn't know; install tzdata"
        )
    return zone


def set_zone(connection: Connection, name: str, reason: str | None, by: str) -> bool:
    """False when it is this one already.

    Raises RuleError for a zone that this machine doesn't know, or another one without a reason.
    """
    if find_zone(name) is None:
        raise RuleError(f"no time zone is called {name!r} on this machine; one is Asia/Tehran")
    known = read_zone_name(connection)
    if known == name:
        return False
    if known is not None and not (reason or "").strip():
        raise RuleError(f"the study's days are those of {known}; to change that give --reason")
    row = {
        "zone": name,
        "reason": (reason or "").strip() or None,
        "recorded_by": by,
        "recorded_wall_ns": time.time_ns(),
    }
    append_numbered(connection, STUDY_ZONES, row)
    return True
