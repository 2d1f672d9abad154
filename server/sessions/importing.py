"""Stores what a tablet saved to a file, by the rules of a post: it may come again for ever."""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from protocol.ledger.event import LedgerEvent
from protocol.ledger.faults import EventFault, InvalidEventsError
from server.errors import RuleError
from server.sessions.appending import Outcome, Posting
from server.sessions.ledger import append_events
from server.sessions.outbox_file import OutboxEntry
from server.sessions.service import find_unstorable
from server.sessions.signer import MAX_EVENTS


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of each entry; `aside` is what a server refused before and is refused again."""

    outcomes: Sequence[Outcome]
    aside: Sequence[EventFault]


@dataclass(frozen=True, slots=True)
class Study:
    """Roles by user name, whoever is disabled included, and the codes of the participants."""

    roles: Mapping[str, object]
    codes: Collection[str]


def import_entries(
    connection: Connection, entries: Sequence[OutboxEntry], study: Study, by: tuple[str, str]
) -> Imported:
    """Store a file's entries; `by` is when (UTC text) and who runs the command.

    Raises InvalidEventsError or RuleError; then the caller's transaction stores nothing.
    """
    faults = _find_faults(connection, entries, study)
    again = {one.event.id for one in entries if one.was_refused}
    fresh = [fault for fault in faults if fault.id not in again]
    if fresh:
        raise InvalidEventsError(fresh)
    refused = {fault.id for fault in faults}
    outcomes: list[Outcome] = []
    for session, events in _group(entries, without=refused):
        outcomes += append_events(connection, Posting(session, events, *by), os.urandom)
    return Imported(outcomes, faults)


def _find_faults(
    connection: Connection, entries: Sequence[OutboxEntry], study: Study
) -> list[EventFault]:
    faults = [one.event for one in entries if isinstance(one.event, EventFault)]
    strangers = {
        one.event.actor for one in entries if isinstance(one.event, LedgerEvent)
    } - study.roles.keys()
    if strangers:
        named = " and ".join(sorted(strangers))
        raise RuleError(f"nobody in the study is called {named}: is it another study's file?")
    for _, events in _group(entries, without=()):
        faults += find_unstorable(connection, events, study.roles, study.codes)
    return faults


def _group(
    entries: Sequence[OutboxEntry], without: Collection[str | None]
) -> Iterator[tuple[str, list[LedgerEvent]]]:
    """Posts of one session each, no longer than a tablet's."""
    sessions: dict[str, list[LedgerEvent]] = {}
    for one in entries:
        if isinstance(one.event, LedgerEvent) and one.event.id not in without:
            sessions.setdefault(one.session, []).append(one.event)
    for session, events in sessions.items():
        for first in range(0, len(events), MAX_EVENTS):
            yield session, events[first : first + MAX_EVENTS]
