"""Codes and sessions of participants in the database, inside transactions that others commit."""

import hashlib
import time
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select, update

from server.participant_access.session_rules import is_over
from server.participant_access.tables import PARTICIPANT_CODES, PARTICIPANT_SESSIONS

_SESSION_BYTES: Final = 32  # promise F2: 256 bits

CODES, SESSIONS = PARTICIPANT_CODES, PARTICIPANT_SESSIONS


def hash_session_id(session_id: str) -> bytes:
    """SHA-256; slow hashing adds nothing to 256 random bits."""
    return hashlib.sha256(session_id.encode()).digest()


def add_code(connection: Connection, row: dict[str, Any]) -> None:
    """A new code, unused."""
    connection.execute(insert(CODES), [{**row, "used_wall_ns": None, "withdrawn_wall_ns": None}])


def withdraw_codes(connection: Connection, participant: str, now_ns: int) -> int:
    """What was made for her and not used opens nothing any more; how many there were."""
    unused = (
        CODES.c.participant == participant,
        CODES.c.used_wall_ns.is_(None),
        CODES.c.withdrawn_wall_ns.is_(None),
    )
    done = connection.execute(update(CODES).where(*unused).values(withdrawn_wall_ns=now_ns))
    return done.rowcount


def find_code(connection: Connection, code_sha256: bytes) -> Any:
    """A code's row, or None."""
    return connection.execute(select(CODES).where(CODES.c.code_sha256 == code_sha256)).first()


def use_code(connection: Connection, code_sha256: bytes, now_ns: int) -> bool:
    """Mark it as used; False when somebody else was first, or it was withdrawn meanwhile."""
    untouched = (
        CODES.c.code_sha256 == code_sha256,
        CODES.c.used_wall_ns.is_(None),
        CODES.c.withdrawn_wall_ns.is_(None),
    )
    done = connection.execute(update(CODES).where(*untouched).values(used_wall_ns=now_ns))
    return done.rowcount == 1


def begin_session(
    connection: Connection, code: Any, now_ns: int, make_id: Callable[[int], str]
) -> str:
    """A session by a code's row; its id, for the cookie only."""
    session_id = make_id(_SESSION_BYTES)
    newest = connection.execute(select(func.max(SESSIONS.c.number))).scalar() or 0
    row = {
        "id_sha256": hash_session_id(session_id),
        "number": newest + 1,
        "participant": code.participant,
        "handed_over": code.handed_over,
        "made_by": code.made_by,
        "begun_wall_ns": now_ns,
        "seen_wall_ns": now_ns,
        "unlocked_wall_ns": None,
        "ended_wall_ns": None,
    }
    connection.execute(insert(SESSIONS), [row])
    return session_id


def find_session(connection: Connection, id_sha256: bytes, now_ns: int) -> Any:
    """The row of a session that goes on; None for any other."""
    row = connection.execute(select(SESSIONS).where(SESSIONS.c.id_sha256 == id_sha256)).first()
    return row if row is not None and _goes_on(row, now_ns) else None


def list_sessions(connection: Connection, now_ns: int) -> list[Any]:
    """Rows of all that go on, the newest first."""
    rows = connection.execute(select(SESSIONS).order_by(SESSIONS.c.number.desc()))
    return [row for row in rows if _goes_on(row, now_ns)]


def change_session(connection: Connection, id_sha256: bytes, **values: int | None) -> None:
    """Note its use, that it is unlocked, or not any more."""
    this = SESSIONS.c.id_sha256 == id_sha256
    connection.execute(update(SESSIONS).where(this).values(**values))


def end_sessions(connection: Connection, *which: Any) -> int:
    """End what goes on of these; how many there were."""
    going_on = SESSIONS.c.ended_wall_ns.is_(None)
    statement = update(SESSIONS).where(going_on, *which).values(ended_wall_ns=time.time_ns())
    return connection.execute(statement).rowcount


def _goes_on(row: Any, now_ns: int) -> bool:
    return row.ended_wall_ns is None and not is_over(
        handed_over=row.handed_over,
        begun_ns=row.begun_wall_ns,
        seen_ns=row.seen_wall_ns,
        now_ns=now_ns,
    )
