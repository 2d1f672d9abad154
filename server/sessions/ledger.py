"""Appends events to the ledger and reads them back, inside transactions that others commit."""

import hashlib
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Select, func, insert, select

from protocol.ledger.event import LedgerEvent, encode_event
from server.db.bulk import insert_rows
from server.sessions.appending import Outcome, Posting, Salts, mark_conflicts, plan_addition
from server.sessions.chain import EMPTY, Head
from server.sessions.domain.chains import find_things
from server.sessions.domain.lateness import CLOSED, REOPENED, Turn
from server.sessions.domain.placing import place_events
from server.sessions.stored import StoredEvent, read_stored_event
from server.sessions.tables import LEDGER_DISPUTED, LEDGER_EVENTS, LEDGER_VALUES

LEDGER_LOCK: Final = 0x646F736C  # "dosl": one appender at a time, so that the order is one

_STORED: Final[Select[Any]] = select(
    LEDGER_EVENTS.c.n, LEDGER_EVENTS.c.envelope, LEDGER_VALUES.c.value, LEDGER_VALUES.c.reason
).outerjoin(LEDGER_VALUES, LEDGER_VALUES.c.n == LEDGER_EVENTS.c.n)


def append_events(connection: Connection, posting: Posting, salts: Salts) -> list[Outcome]:
    """Store what is new, in the order given; an outcome for each event.

    The same event may come for ever. Another one under a known id is kept aside.
    """
    lock_ledger(connection)
    ids = {event.id for event in posting.events}
    known = {one.event.id: one for one in read_events_by_id(connection, ids)}
    addition = plan_addition(posting, known, read_head(connection), salts)
    insert_rows(connection, LEDGER_EVENTS, addition.events)
    insert_rows(connection, LEDGER_VALUES, addition.values)
    for event in addition.asides:
        _keep_aside(connection, event, posting)
    disputed = _find_disputed(connection, posting.session, addition.stored)
    return mark_conflicts(addition.outcomes, disputed)


def lock_ledger(connection: Connection) -> None:
    """Hold the ledger until the transaction ends. SQLite's writing transactions do already."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LEDGER_LOCK})")


def read_head(connection: Connection) -> Head:
    """The last row of the chain."""
    newest = LEDGER_EVENTS.c.n.desc()
    query = select(LEDGER_EVENTS.c.n, LEDGER_EVENTS.c.hash).order_by(newest).limit(1)
    row = connection.execute(query).first()
    return EMPTY if row is None else Head(row.n, bytes(row.hash))


def read_head_number(connection: Connection) -> int:
    """How many events the study's ledger holds."""
    return connection.execute(select(func.max(LEDGER_EVENTS.c.n))).scalar() or 0


def read_newest_number(connection: Connection, kind: str) -> int:
    """Place in the study's ledger of the newest event of a kind; 0 where there is none."""
    query = select(func.max(LEDGER_EVENTS.c.n)).where(LEDGER_EVENTS.c.kind == kind)
    return connection.execute(query).scalar() or 0


@dataclass(frozen=True, slots=True)
class Mark:
    """Changes with every entry of a session, and with every one that is erased."""

    newest: int | None  # its last place in the ledger; None: there is no such session
    n_values: int


def read_mark(connection: Connection, session: str) -> Mark:
    """How far a session has come, without reading what is in it."""
    query = (
        select(func.max(LEDGER_EVENTS.c.n), func.count(LEDGER_VALUES.c.n))
        .outerjoin(LEDGER_VALUES, LEDGER_VALUES.c.n == LEDGER_EVENTS.c.n)
        .where(LEDGER_EVENTS.c.session == session)
    )
    newest, n_values = connection.execute(query).one()
    return Mark(newest, n_values)


def read_events(
    connection: Connection, session: str, after: int = 0, limit: int | None = None
) -> list[StoredEvent]:
    """A session's events after a place in the ledger, in its order."""
    wanted = (LEDGER_EVENTS.c.session == session, LEDGER_EVENTS.c.n > after)
    query = _STORED.where(*wanted).order_by(LEDGER_EVENTS.c.n).limit(limit)
    return [read_stored_event(row) for row in connection.execute(query)]


def read_events_by_id(connection: Connection, ids: Collection[str]) -> list[StoredEvent]:
    """Events of any session, by their ids."""
    query = _STORED.where(LEDGER_EVENTS.c.id.in_(ids))
    return [read_stored_event(row) for row in connection.execute(query)]


def read_events_of_kinds(connection: Connection, kinds: Collection[str]) -> list[StoredEvent]:
    """Events of some kinds in all sessions, in the ledger's order."""
    query = _STORED.where(LEDGER_EVENTS.c.kind.in_(kinds)).order_by(LEDGER_EVENTS.c.n)
    return [read_stored_event(row) for row in connection.execute(query)]


def read_turns(connection: Connection, session: str) -> list[Turn]:
    """When a session was closed and opened again, in the ledger's order."""
    wanted = (LEDGER_EVENTS.c.session == session, LEDGER_EVENTS.c.kind.in_((CLOSED, REOPENED)))
    rows = connection.execute(_STORED.where(*wanted).order_by(LEDGER_EVENTS.c.n))
    acts = [read_stored_event(row) for row in rows]
    return [Turn(one.n, (one.event.kind == CLOSED) != one.is_void) for one in acts]


def read_session_sizes(connection: Connection) -> dict[str, int]:
    """How many events each session has."""
    query = select(LEDGER_EVENTS.c.session, func.count().label("n_events")).group_by(
        LEDGER_EVENTS.c.session
    )
    return {row.session: row.n_events for row in connection.execute(query)}


def _keep_aside(connection: Connection, event: LedgerEvent, posting: Posting) -> None:
    content = encode_event(event)
    digest = hashlib.sha256(posting.session.encode() + content).digest()
    is_kept = select(LEDGER_DISPUTED.c.id).where(LEDGER_DISPUTED.c.content_sha256 == digest)
    if connection.execute(is_kept).first() is not None:
        return
    row = {
        "content_sha256": digest,
        "id": event.id,
        "session": posting.session,
        "content": content.decode(),
        "recorded_by": posting.recorded_by,
        "recorded_wall_ns": time.time_ns(),
    }
    connection.execute(insert(LEDGER_DISPUTED), [row])


def _find_disputed(connection: Connection, session: str, added: Sequence[StoredEvent]) -> set[str]:
    """Ids of versions that people disagree about, of everything that was touched."""
    touched = {(one.event.kind, one.event.about) for one in added}
    if not touched:
        return set()
    abouts = LEDGER_EVENTS.c.about.in_({about for _, about in touched})
    rows = connection.execute(_STORED.where(LEDGER_EVENTS.c.session == session, abouts))
    events = [read_stored_event(row).event for row in rows]
    own = [event for event in events if (event.kind, event.about) in touched]
    return {version for thing in find_things(place_events(own)) for version in thing.versions}
