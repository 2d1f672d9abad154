"""Changing what stands about a strap: by adding to its history, never by writing over it."""

import time
from dataclasses import dataclass
from typing import TypedDict

import msgspec
from sqlalchemy import Connection, func, insert, select

from protocol.messages.roster import ConsentedStream, RosterStrap
from server.db.database import Database
from server.errors import NotFoundError
from server.gateways.strap_states import (
    format_streams,
    hold_straps,
    read_strap_states,
    require_free_label,
)
from server.gateways.tables import STRAP_HISTORY


class StrapChanges(TypedDict, total=False):
    """What to change; what isn't named stays. No streams: its wearer agrees to nothing now."""

    streams: list[ConsentedStream]
    label: str | None


@dataclass(frozen=True, slots=True)
class ChangedStrap:
    """A strap before and after; the same twice when it stood so already."""

    before: RosterStrap
    after: RosterStrap


def change_strap(
    database: Database, serial: str, changes: StrapChanges, *, changed_by: str, reason: str
) -> ChangedStrap:
    """Change a strap's streams, its label, or both, and keep who did it, when and why.

    Raises NotFoundError, or ConflictError when another strap bears the label.
    """
    with database.writing() as connection:
        hold_straps(connection)
        states = read_strap_states(connection)
        before = states.get(serial)
        if before is None:
            raise NotFoundError(
                f"no strap has the serial {serial}; 'doseline-server straps add {serial}' adds it"
            )
        changed = ChangedStrap(before, msgspec.structs.replace(before, **changes))
        if changed.after != before:
            require_free_label(states, serial, changed.after.label)
            _append_change(connection, changed, changed_by, reason)
    return changed


def _append_change(
    connection: Connection, changed: ChangedStrap, changed_by: str, reason: str
) -> None:
    before, after = changed.before, changed.after
    newest = select(func.max(STRAP_HISTORY.c.number)).where(STRAP_HISTORY.c.serial == before.serial)
    row = {
        "serial": before.serial,
        "number": (connection.execute(newest).scalar() or 0) + 1,
        "changed_wall_ns": time.time_ns(),
        "changed_by": changed_by,
        "old_label": before.label,
        "new_label": after.label,
        "old_streams": format_streams(before.streams),
        "new_streams": format_streams(after.streams),
        "reason": reason,
    }
    connection.execute(insert(STRAP_HISTORY), [row])
