"""Sign-in sessions in the database: begun, found, used, ended."""

import hashlib
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, or_, select, update

from server.people.session_limits import ABSOLUTE_S, NS_PER_S, is_over
from server.people.tables import PEOPLE, SIGN_IN_ACTORS, SIGN_IN_SESSIONS

_RANDOM_BYTES: Final = 32  # promise F2: 256 bits
_KEEP_S: Final = 7 * 24 * 3600  # a session that ended; the trail keeps its sign-in for ever


@dataclass(frozen=True, slots=True)
class NewSession:
    """What a sign-in writes."""

    person: str
    device: str | None
    on_tablet: bool


def hash_session_id(session_id: str) -> bytes:
    """SHA-256; slow hashing adds nothing to 256 random bits."""
    return hashlib.sha256(session_id.encode()).digest()


def begin_session(connection: Connection, new: NewSession, now_ns: int) -> str:
    """A session with an id that nobody has seen before; returns the id, for the cookie only."""
    session_id = secrets.token_urlsafe(_RANDOM_BYTES)
    id_sha256 = hash_session_id(session_id)
    _forget_old(connection, now_ns)
    row = {
        "id_sha256": id_sha256,
        "person": new.person,
        "device": new.device,
        "on_tablet": new.on_tablet,
        "active": new.person,
        "signed_in_wall_ns": now_ns,
        "seen_wall_ns": now_ns,
    }
    connection.execute(insert(SIGN_IN_SESSIONS), [row])
    _append_actor(connection, id_sha256, new.person, now_ns)
    return session_id


def find_session(connection: Connection, id_sha256: bytes, now_ns: int) -> Any:
    """The row of a session that is going on, with its person's role; None for any other."""
    return next(iter(find_sessions(connection, [id_sha256], now_ns)), None)


def find_sessions(connection: Connection, ids: Iterable[bytes], now_ns: int) -> list[Any]:
    """The rows of those that are going on."""
    rows = connection.execute(
        select(SIGN_IN_SESSIONS, PEOPLE.c.role)
        .join(PEOPLE, PEOPLE.c.name == SIGN_IN_SESSIONS.c.person)
        .where(
            SIGN_IN_SESSIONS.c.id_sha256.in_(list(ids)),
            SIGN_IN_SESSIONS.c.ended_wall_ns.is_(None),
            PEOPLE.c.disabled_wall_ns.is_(None),
        )
    )
    return [
        row
        for row in rows
        if not is_over(
            on_tablet=row.on_tablet,
            signed_in_ns=row.signed_in_wall_ns,
            seen_ns=row.seen_wall_ns,
            now_ns=now_ns,
        )
    ]


def read_actors(connection: Connection, id_sha256: bytes) -> dict[str, str]:
    """Name and role of everybody at work in a session, in the order in which they came."""
    rows = connection.execute(
        select(SIGN_IN_ACTORS.c.person, PEOPLE.c.role)
        .join(PEOPLE, PEOPLE.c.name == SIGN_IN_ACTORS.c.person)
        .where(SIGN_IN_ACTORS.c.id_sha256 == id_sha256, PEOPLE.c.disabled_wall_ns.is_(None))
        .order_by(SIGN_IN_ACTORS.c.added_wall_ns)
    )
    return {row.person: row.role for row in rows}


def switch_actor(connection: Connection, id_sha256: bytes, person: str) -> None:
    """Make somebody who has just given her PIN the one who is at work."""
    if person not in read_actors(connection, id_sha256):
        _append_actor(connection, id_sha256, person, time.time_ns())
    this = SIGN_IN_SESSIONS.c.id_sha256 == id_sha256
    connection.execute(update(SIGN_IN_SESSIONS).where(this).values(active=person))


def note_use(connection: Connection, id_sha256: bytes, now_ns: int) -> None:
    """Write when a session was used last."""
    this = SIGN_IN_SESSIONS.c.id_sha256 == id_sha256
    connection.execute(update(SIGN_IN_SESSIONS).where(this).values(seen_wall_ns=now_ns))


def end_session(connection: Connection, id_sha256: bytes) -> None:
    """End it, if it hasn't ended."""
    _end(connection, SIGN_IN_SESSIONS.c.id_sha256 == id_sha256)


def end_sessions_of(connection: Connection, person: str) -> None:
    """End what she signed in, and take her out of what others signed in."""
    _end(connection, SIGN_IN_SESSIONS.c.person == person)
    connection.execute(delete(SIGN_IN_ACTORS).where(SIGN_IN_ACTORS.c.person == person))
    own = SIGN_IN_SESSIONS.c.person
    was_active = SIGN_IN_SESSIONS.c.active == person
    connection.execute(update(SIGN_IN_SESSIONS).where(was_active).values(active=own))


def end_sessions_on(connection: Connection, device: str) -> None:
    """End whatever was signed in on one tablet."""
    _end(connection, SIGN_IN_SESSIONS.c.device == device)


def _end(connection: Connection, which: Any) -> None:
    going_on = SIGN_IN_SESSIONS.c.ended_wall_ns.is_(None)
    statement = update(SIGN_IN_SESSIONS).where(which, going_on)
    connection.execute(statement.values(ended_wall_ns=time.time_ns()))


def _append_actor(connection: Connection, id_sha256: bytes, person: str, now_ns: int) -> None:
    row = {"id_sha256": id_sha256, "person": person, "added_wall_ns": now_ns}
    connection.execute(insert(SIGN_IN_ACTORS), [row])


def _forget_old(connection: Connection, now_ns: int) -> None:
    before_ns = now_ns - (_KEEP_S + ABSOLUTE_S) * NS_PER_S
    old = or_(
        SIGN_IN_SESSIONS.c.signed_in_wall_ns < before_ns,
        SIGN_IN_SESSIONS.c.ended_wall_ns < now_ns - _KEEP_S * NS_PER_S,
    )
    ids = select(SIGN_IN_SESSIONS.c.id_sha256).where(old)
    connection.execute(delete(SIGN_IN_ACTORS).where(SIGN_IN_ACTORS.c.id_sha256.in_(ids)))
    connection.execute(delete(SIGN_IN_SESSIONS).where(old))
