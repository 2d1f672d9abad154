"""Straps that may be recorded, with what their wearers agreed to; no people."""

import time
from collections.abc import Mapping, Sequence
from hashlib import blake2b

import msgspec
from sqlalchemy import Connection, insert

from protocol.identifiers import is_simulated_strap
from protocol.messages.roster import Roster, RosterStrap
from server.db.database import Database
from server.errors import ConflictError
from server.gateways.strap_states import (
    format_streams,
    hold_straps,
    read_strap_states,
    require_free_label,
)
from server.gateways.tables import STRAPS

_VERSION_BYTES = 8


def add_strap(database: Database, strap: RosterStrap) -> bool:
    """Put a strap on the roster; False when it stood there just so. Raises ConflictError."""
    return add_straps(database, [strap])[0]


def add_straps(database: Database, straps: Sequence[RosterStrap]) -> list[bool]:
    """The same for several: all of them, or none. Raises ConflictError."""
    with database.writing() as connection:
        hold_straps(connection)
        return [_add_strap(connection, strap) for strap in straps]


def _add_strap(connection: Connection, strap: RosterStrap) -> bool:
    states = read_strap_states(connection)
    stored = states.get(strap.serial)
    row = _make_row(strap)
    if stored is None:
        require_free_label(states, strap.serial, strap.label)
        connection.execute(insert(STRAPS), [{**row, "added_wall_ns": time.time_ns()}])
        return True
    _require_same(row, _make_row(stored))
    return False


def _make_row(strap: RosterStrap) -> dict[str, str | None]:
    return {
        "serial": strap.serial,
        "model": strap.model,
        "label": strap.label,
        "streams": format_streams(strap.streams),
    }


def _require_same(row: Mapping[str, str | None], stored: Mapping[str, str | None]) -> None:
    other = [
        f"{name} {stored[name] or 'none'!r}" for name, value in row.items() if stored[name] != value
    ]
    if other:
        raise ConflictError(
            f"strap {row['serial']} is in the study with {', '.join(other)}; nothing was changed,"
            f" 'doseline-server straps change {row['serial']}' changes streams and labels"
        )


def read_straps(database: Database) -> list[RosterStrap]:
    """Every strap of the study as it stands now, by serial; without streams if she withdrew."""
    with database.reading() as connection:
        return list(read_strap_states(connection).values())


def has_simulated_strap(database: Database) -> bool:
    """Whether any strap on the roster is a simulated one."""
    return any(is_simulated_strap(one.serial) for one in read_straps(database))


def is_wholly_simulated(database: Database) -> bool:
    """Whether every strap is a simulated one, and there are some: then nobody real wears any."""
    straps = read_straps(database)
    return bool(straps) and all(is_simulated_strap(one.serial) for one in straps)


def make_roster(gateway: str, straps: Sequence[RosterStrap]) -> Roster:
    """The roster of a gateway; until there are sites, every gateway has all straps.

    A strap without streams isn't on it: of a strap off the roster a gateway keeps nothing at all,
    while one that is on it is still sought, connected and read (decision 0011).
    """
    recorded = [strap for strap in straps if strap.streams]
    content = msgspec.json.encode(recorded)
    version = blake2b(content, digest_size=_VERSION_BYTES).hexdigest()
    return Roster(gateway=gateway, version=version, straps=recorded)
