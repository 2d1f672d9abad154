"""Straps that may be recorded, with what their wearers agreed to; no people."""

import time
from collections.abc import Sequence
from enum import StrEnum
from hashlib import blake2b

import msgspec
from sqlalchemy import Connection, insert, select

from protocol.messages.roster import ConsentedStream, Roster, RosterStrap
from server.db.database import Database
from server.errors import ConflictError
from server.gateways.tables import STRAPS

_VERSION_BYTES = 8


class StrapModel(StrEnum):
    """Models whose streams the gateway knows how to start."""

    H10 = "h10"
    VERITY = "verity"
    GENERIC = "generic"
    MOVESENSE = "movesense"


def add_strap(database: Database, strap: RosterStrap) -> bool:
    """Put a strap on the roster; False when it stood there just so. Raises ConflictError."""
    return add_straps(database, [strap])[0]


def add_straps(database: Database, straps: Sequence[RosterStrap]) -> list[bool]:
    """The same for several: all of them, or none. Raises ConflictError."""
    with database.writing() as connection:
        return [_add_strap(connection, strap) for strap in straps]


def _add_strap(connection: Connection, strap: RosterStrap) -> bool:
    row = {
        "serial": strap.serial,
        "model": strap.model,
        "label": strap.label,
        "streams": ",".join(sorted(strap.streams)),
    }
    query = select(STRAPS).where(STRAPS.c.serial == strap.serial)
    stored = connection.execute(query).mappings().first()
    if stored is None:
        _require_free_label(connection, strap)
        connection.execute(insert(STRAPS), [{**row, "added_wall_ns": time.time_ns()}])
        return True
    other = [f"{name} {stored[name]!r}" for name, value in row.items() if stored[name] != value]
    if other:
        raise ConflictError(
            f"strap {strap.serial} is on the roster with {', '.join(other)}; nothing was changed"
        )
    return False


def _require_free_label(connection: Connection, strap: RosterStrap) -> None:
    holder = select(STRAPS.c.serial).where(STRAPS.c.label == strap.label)
    serial = None if strap.label is None else connection.execute(holder).scalar()
    if serial is not None:
        raise ConflictError(
            f"label {strap.label!r} is on strap {serial} already; nothing was changed,"
            f" choose another one for {strap.serial}"
        )


def read_straps(database: Database) -> list[RosterStrap]:
    """Every strap of the study, by serial."""
    with database.reading() as connection:
        rows = connection.execute(select(STRAPS).order_by(STRAPS.c.serial)).all()
    return [
        RosterStrap(row.serial, row.model, row.label, _read_streams(row.streams)) for row in rows
    ]


def make_roster(gateway: str, straps: Sequence[RosterStrap]) -> Roster:
    """The roster of a gateway; until there are sites, every gateway has all straps."""
    content = msgspec.json.encode(straps)
    version = blake2b(content, digest_size=_VERSION_BYTES).hexdigest()
    return Roster(gateway=gateway, version=version, straps=list(straps))


def _read_streams(stored: str) -> list[ConsentedStream]:
    return [ConsentedStream(word) for word in stored.split(",") if word]
