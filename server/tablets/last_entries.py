"""What waited on a revoked tablet: kept beside the record until a person decides about it.

A tablet that was revoked may have been stolen, so nothing of it goes into the record by itself; or
it was only replaced, and then what stands on it was seen in the room and must not be lost.
"""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import Connection, func, insert, select

from protocol.errors import InvalidIdentifierError
from protocol.ledger.event import LedgerEvent
from protocol.ledger.faults import EventFault
from protocol.ledger.instants import format_utc_ms, parse_utc_ms
from protocol.ledger.uuid7 import parse_uuid7
from protocol.ledger.validation import decode_posted_event
from server.db.database import Database
from server.errors import InvalidRequestError, RuleError
from server.people.registry import read_people
from server.sessions.importing import Study, import_entries
from server.sessions.outbox_file import OutboxEntry
from server.study.participants import read_participants
from server.tablets import rows
from server.tablets.tables import TABLET_DECISIONS, TABLET_LAST_ENTRIES

MAX_ENTRIES: Final = 200  # of one request, as of one post to the ledger
MAX_KEPT: Final = 20_000  # of one tablet; a course on one tablet is half of that
MAX_KEPT_BYTES: Final = 64 * 1024 * 1024  # of one tablet, as of a file that is read in
NS_PER_MS: Final = 1_000_000

What = Literal["all", "before", "none"]


class HandedIn(msgspec.Struct, frozen=True):
    """One entry as a tablet's outbox has it."""

    session: str
    envelope: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LastEntry:
    """One that was handed in; `event` is what is wrong with it where it is no entry of ours."""

    id: str
    session: str
    event: LedgerEvent | EventFault
    is_before: bool  # made before the tablet was revoked, by the tablet's own account


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided of them."""

    what: str
    decided_by: str
    decided_ns: int
    reason: str
    n_stored: int


def read_handed_in(content: Any) -> list[HandedIn]:
    """Of a request's body. Raises InvalidRequestError."""
    try:
        found = msgspec.convert(content, dict[str, list[HandedIn]])["entries"]
    except (msgspec.ValidationError, KeyError):
        raise InvalidRequestError("an object with entries: session and envelope each") from None
    if len(found) > MAX_ENTRIES:
        raise InvalidRequestError(f"at most {MAX_ENTRIES} entries at once")
    for one in found:
        try:
            parse_uuid7(one.session)
            parse_uuid7(str(one.envelope.get("id")))
        except InvalidIdentifierError as error:
            raise InvalidRequestError(f"an entry and its session have ids: {error}") from None
    return found


class LastEntries:
    """Of one study. Thread-safe."""

    def __init__(self, database: Database, wall_ns: Callable[[], int] = time.time_ns) -> None:
        self._database = database
        self._wall_ns = wall_ns

    def take_in(self, tablet: int, entries: Sequence[HandedIn]) -> list[str]:
        """Keep them; ids of all that are kept now. The first of two of the same id stays.

        Raises RuleError where one tablet brings more than any honest one has.
        """
        now_ns = self._wall_ns()
        with self._database.writing() as connection:
            known = _read_ids(connection, tablet)
            fresh: dict[str, HandedIn] = {}
            for one in entries:
                fresh.setdefault(str(one.envelope["id"]), one)
            new = [fresh[key] for key in fresh.keys() - known]
            made = [_make_row(tablet, one, now_ns) for one in new]
            n_bytes = _read_size(connection, tablet) + sum(len(row["envelope"]) for row in made)
            if len(known) + len(new) > MAX_KEPT or n_bytes > MAX_KEPT_BYTES:
                raise RuleError("this is more than a tablet can have; save its outbox to a file")
            if made:
                connection.execute(insert(TABLET_LAST_ENTRIES), made)
        return sorted(fresh)

    def read(self, connection: Connection, tablet: int) -> list[LastEntry]:
        """All that one tablet handed in, by its own order of making them."""
        row = rows.find_tablet(connection, tablet)
        revoked_ms = None if row is None else (row.revoked_wall_ns or 0) // NS_PER_MS
        own = TABLET_LAST_ENTRIES.c.tablet == tablet
        found = connection.execute(select(TABLET_LAST_ENTRIES).where(own).order_by("id"))
        return [_read_row(one, revoked_ms or 0) for one in found]

    def read_decisions(self, connection: Connection, tablet: int) -> list[Decision]:
        """What was decided of them, in that order."""
        own = TABLET_DECISIONS.c.tablet == tablet
        found = connection.execute(select(TABLET_DECISIONS).where(own).order_by("id"))
        return [
            Decision(one.what, one.decided_by, one.decided_wall_ns, one.reason, one.n_stored)
            for one in found
        ]

    def decide(self, tablet: int, what: What, decided_by: str, reason: str) -> int:
        """Put them into the record, or only those made before it was revoked, or none; how many
        are there now. What can't be an entry stays aside. Each is stored once, however often.
        """
        now_ns = self._wall_ns()
        with self._database.writing() as connection:
            wanted = [one for one in self.read(connection, tablet) if _is_wanted(one, what)]
            by = (format_utc_ms(now_ns // NS_PER_MS), decided_by)
            n_stored = _store(connection, wanted, by)
            row = {
                "tablet": tablet,
                "decided_by": decided_by,
                "decided_wall_ns": now_ns,
                "what": what,
                "reason": reason,
                "n_stored": n_stored,
            }
            connection.execute(insert(TABLET_DECISIONS), [row])
        return n_stored


def _store(connection: Connection, wanted: Sequence[LastEntry], by: tuple[str, str]) -> int:
    roles = {person.name: person.role for person in read_people(connection)}
    codes = {one.code for one in read_participants(connection)}
    # As refused before: what a rule forbids stays aside, and holds up nothing else.
    entries = [OutboxEntry(one.session, one.event, was_refused=True) for one in wanted]
    known = [one for one in entries if _is_of(one, roles)]
    return len(import_entries(connection, known, Study(roles, codes), by).outcomes)


def _is_of(entry: OutboxEntry, names: Collection[str]) -> bool:
    return isinstance(entry.event, LedgerEvent) and entry.event.actor in names


def _is_wanted(one: LastEntry, what: What) -> bool:
    return what == "all" or (what == "before" and one.is_before)


def _read_ids(connection: Connection, tablet: int) -> set[str]:
    own = TABLET_LAST_ENTRIES.c.tablet == tablet
    return set(connection.execute(select(TABLET_LAST_ENTRIES.c.id).where(own)).scalars())


def _read_size(connection: Connection, tablet: int) -> int:
    size = func.sum(func.length(TABLET_LAST_ENTRIES.c.envelope))
    own = TABLET_LAST_ENTRIES.c.tablet == tablet
    return int(connection.execute(select(size).where(own)).scalar() or 0)


def _make_row(tablet: int, one: HandedIn, now_ns: int) -> dict[str, Any]:
    return {
        "tablet": tablet,
        "id": str(one.envelope["id"]),
        "session": one.session,
        "envelope": msgspec.json.encode(one.envelope).decode(),
        "taken_wall_ns": now_ns,
    }


def _read_row(row: Any, revoked_ms: int) -> LastEntry:
    event = decode_posted_event(msgspec.json.decode(row.envelope))
    is_before = isinstance(event, LedgerEvent) and parse_utc_ms(event.occurred_at) < revoked_ms
    return LastEntry(row.id, row.session, event, is_before)
