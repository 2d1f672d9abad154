"""Prepares a correction of who wore a strap: its form, what it would change, its entries."""

import os
from dataclasses import dataclass, replace

from protocol.ledger.event import LedgerEvent
from protocol.ledger.uuid7 import RANDOM_BYTES
from server.people.current import CurrentPerson
from server.projection.derived_study import DerivedStudy
from server.projection.person_store import read_person
from server.sessions.domain.holding import Holding, hold_events
from server.sessions.server_hand import SERVER_DEVICE
from server.web.review_assignment import Trouble, is_choice, view_assignment
from server.web.review_assignment_context import Assignment, Preview
from server.web.review_correction import Asked, Hand, find_interval, list_given, make_entries
from server.web.review_preview import view_preview
from server.web.review_reading import Written
from server.web.role_groups import STRAP_CORRECTORS


@dataclass(frozen=True, slots=True)
class ReviewCorrector:
    """Writes nothing: entries are for the ledger's service."""

    derived: DerivedStudy

    def view_form(
        self, person: CurrentPerson, written: Written, asked: Asked | None, trouble: Trouble | None
    ) -> Assignment | None:
        """Of the interval asked about; None for who may not correct it, or where there is none."""
        interval = None if asked is None else find_interval(written.holdings, asked.about)
        if asked is None or interval is None or person.role not in STRAP_CORRECTORS:
            return None
        preview = None
        if is_choice(written, interval, asked):
            preview = self._preview(person, written, interval, asked)
        return view_assignment(written, interval, asked, preview, trouble)

    def make_entries(
        self, person: CurrentPerson, written: Written, interval: Holding, asked: Asked
    ) -> list[LedgerEvent]:
        """What the ledger is to have more, under her name."""
        given = list_given(written.holdings, interval, asked)
        conflicts = written.evening.state["conflicts"]
        versions = {one["about"]: one["versions"] for one in conflicts if one["kind"] == "wearing"}
        n_before = sum(one.device == SERVER_DEVICE for one in written.events)
        n_entries = sum(len(versions.get(one.about, "1")) for one, _ in given)
        randomness = os.urandom(RANDOM_BYTES * n_entries)
        hand = Hand(person.name, written.now, n_before, randomness)
        return make_entries(given, versions, asked.reason, hand)

    def _preview(
        self, person: CurrentPerson, written: Written, interval: Holding, asked: Asked
    ) -> Preview:
        codes = (str(interval.value["participant"]), asked.wearer)
        session = str(written.line["id"])
        entries = self.make_entries(person, written, interval, replace(asked, reason="-"))
        after = self.derived.try_out(dict(written.line), entries, codes)
        with self.derived.derived.reading() as connection:
            before = {code: read_person(connection, session, code) for code in codes}
        names = written.signs, written.labels
        worn = written.holdings, hold_events([*written.events, *entries])
        return view_preview(codes, names, (before, after), worn)
