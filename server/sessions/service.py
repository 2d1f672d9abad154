"""What people may do with the ledger: post under their own name, and read."""

import os
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection

from protocol.errors import InvalidIdentifierError
from protocol.ledger.event import LedgerEvent
from protocol.ledger.faults import EventFault, InvalidEventsError
from protocol.ledger.instants import format_utc_ms
from protocol.ledger.uuid7 import parse_uuid7
from protocol.ledger.validation import decode_events, name_participants
from server.db.database import Database
from server.errors import ActorNotSignedInError, BatchTooLargeError, NotFoundError
from server.ingest.writer import ArchiveWriter
from server.sessions.appending import Outcome, Posting
from server.sessions.covering import read_coverage
from server.sessions.domain.fold import State, fold_session
from server.sessions.domain.lateness import is_late, list_closed_stretches
from server.sessions.domain.listing import LISTED_KINDS, list_session
from server.sessions.granting import find_ungranted
from server.sessions.late_breaks import list_late, note_late
from server.sessions.ledger import (
    append_events,
    read_events,
    read_events_by_id,
    read_events_of_kinds,
    read_head_number,
    read_session_sizes,
    read_turns,
)
from server.sessions.own_entries import Herself, is_own_correction
from server.sessions.server_hand import SERVER_DEVICE
from server.sessions.signer import MAX_EVENTS, Signer
from server.sessions.stored import StoredEvent

MAX_EVENTS_READ: Final = 2_000  # of one answer; the next one goes on after its head

ReadCodes = Callable[[Connection], Collection[str]]


@dataclass(frozen=True, slots=True)
class Marks:
    """What a tablet learns with every answer, so that it needn't ask for it.

    `backed_up` is the place in the ledger up to which every entry is in a backup, None where there
    is no backup; `limits_sha256` is of the limits in force, None where there are none;
    `signoffs_n` is the place of what was said last of anybody's readiness for jumps, 0 for nothing.
    """

    backed_up: int | None = None
    limits_sha256: str | None = None
    signoffs_n: int = 0


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a post; `head` is how many events the study's ledger holds now."""

    outcomes: Sequence[Outcome]
    head: int


@dataclass(frozen=True, slots=True)
class EventPage:
    """Some of a session's events; `late` are the places of those that came after its end."""

    events: Sequence[StoredEvent]
    late: frozenset[int]
    head: int


class SessionService:
    """Thread-safe. `read_codes` reads the codes of the study's participants, `read_marks` what
    every answer says besides.
    """

    def __init__(
        self,
        writer: ArchiveWriter,
        database: Database,
        read_codes: ReadCodes,
        read_marks: Callable[[], Marks] = Marks,
        wall_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._writer = writer
        self._database = database
        self._read_codes = read_codes
        self.read_marks = read_marks
        self._wall_ns = wall_ns

    def now(self) -> str:
        """The server's UTC."""
        return format_utc_ms(self._wall_ns() // 1_000_000)

    def post(self, session: str, body: bytes, person: Signer) -> Future[Posted]:
        """Store the events in a body, once it is found valid; the future as the writer's.

        Raises NotFoundError, BatchTooLargeError, InvalidMessageError, InvalidEventsError or
        ActorNotSignedInError; then nothing is stored.
        """
        require_session_id(session)
        events = decode_events(body)
        if len(events) > MAX_EVENTS:
            raise BatchTooLargeError(f"{len(events)} events in a post; send at most {MAX_EVENTS}")
        _require_actors(events, person)
        posting = Posting(session, events, self.now(), person.name)
        roles = dict(person.actors)
        return self._writer.write(lambda connection: self._store(connection, posting, roles))

    def read_events(self, session: str, after: int) -> EventPage:
        """A session's events after a place in the ledger, and the place to go on from.

        Raises NotFoundError for what can't be a session; one that has no events has none.
        """
        require_session_id(session)
        with self._database.reading() as connection:
            events = read_events(connection, session, after, MAX_EVENTS_READ)
            head = read_head_number(connection)
            stretches = list_closed_stretches(read_turns(connection, session))
        late = frozenset(one.n for one in events if is_late(stretches, one.n))
        return EventPage(events, late, events[-1].n if len(events) == MAX_EVENTS_READ else head)

    def read_state(self, session: str) -> State:
        """The session folded at this moment. Raises NotFoundError."""
        require_session_id(session)
        with self._database.reading() as connection:
            events = read_events(connection, session)
        if not events:
            raise NotFoundError(f"no session has the id {session[:64]!r}")
        return fold_session((one.event for one in events), self.now())

    def read_coverage(self, session: str) -> dict[str, Any]:
        """How much of each strap's time was heard. Raises NotFoundError."""
        state = self.read_state(session)
        with self._database.reading() as connection:
            return read_coverage(connection, state, self.now())

    def list_sessions(self) -> list[dict[str, Any]]:
        """Every session in one line, by planned start."""
        with self._database.reading() as connection:
            return list_all_sessions(connection)

    def _store(
        self, connection: Connection, posting: Posting, roles: Mapping[str, object]
    ) -> Posted:
        codes = set(self._read_codes(connection))
        faults = find_unstorable(connection, posting.events, roles, codes)
        if faults:
            raise InvalidEventsError(faults)
        outcomes = append_events(connection, posting, os.urandom)
        late = list_late(posting.events, outcomes, roles, posting.recorded_at)
        if late:
            _note_late(connection, posting, late)
        return Posted(outcomes, read_head_number(connection))


def _note_late(connection: Connection, posting: Posting, late: Sequence[LedgerEvent]) -> None:
    stored = read_events(connection, posting.session)
    n_before = sum(one.event.device == SERVER_DEVICE for one in stored)
    notes = [
        note_late(one, posting.recorded_at, n_before + place, os.urandom)
        for place, one in enumerate(late, 1)
    ]
    append_events(connection, replace(posting, events=notes), os.urandom)


def find_unstorable(
    connection: Connection,
    events: Sequence[LedgerEvent],
    roles: Mapping[str, object],
    codes: Collection[str],
) -> list[EventFault]:
    """Entries that aren't their actor's to make, or speak of somebody who isn't in the study.

    What is stored already was right when it came, whoever has left or changed since.
    """
    known = set(codes)
    faults = find_ungranted(events, roles) | _find_overstepping(connection, events, roles)
    for event in events:
        strangers = sorted(name_participants(event) - known)
        if strangers:
            faults[event.id] = _tell_stranger(event.id, strangers)
    for stored in read_events_by_id(connection, faults):
        del faults[stored.event.id]
    return list(faults.values())


def _find_overstepping(
    connection: Connection, events: Sequence[LedgerEvent], roles: Mapping[str, object]
) -> dict[str, EventFault]:
    """Corrections that participants make of what isn't theirs."""
    own = [one for one in events if isinstance(roles.get(one.actor), Herself) and one.supersedes]
    stored = read_events_by_id(connection, {one.supersedes for one in own if one.supersedes})
    known = {one.event.id: one.event for one in stored} | {one.id: one for one in events}
    return {
        one.id: EventFault(one.id, "not_granted", "this isn't for a participant to correct")
        for one in own
        if not is_own_correction(one, known.get(one.supersedes or ""))
    }


def list_all_sessions(connection: Connection) -> list[dict[str, Any]]:
    """Every session in one line, by planned start."""
    events: dict[str, list[LedgerEvent]] = {}
    for one in read_events_of_kinds(connection, LISTED_KINDS):
        events.setdefault(one.session, []).append(one.event)
    sizes = read_session_sizes(connection)
    lines = [list_session(session, events.get(session, []), n) for session, n in sizes.items()]
    return sorted(lines, key=lambda line: (line["planned_start"] or "", line["id"]))


def require_session_id(text: str) -> None:
    """Raises NotFoundError."""
    try:
        parse_uuid7(text)
    except InvalidIdentifierError:
        raise NotFoundError(f"no session has the id {text[:64]!r}") from None


def _require_actors(events: Sequence[LedgerEvent], person: Signer) -> None:
    absent = sorted({event.actor for event in events} - set(person.actors))
    if absent:
        sentence = f"{', '.join(absent)} must sign in or enter a PIN here first; nothing was stored"
        raise ActorNotSignedInError(sentence, absent)


def _tell_stranger(event_id: str, codes: Sequence[str]) -> EventFault:
    named = " and ".join(codes)
    return EventFault(event_id, "participant_unknown", f"nobody in the study has the code {named}")
