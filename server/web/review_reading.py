"""Reads a session for its review: what was written down, and what was worked out of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection

from protocol.identifiers import is_simulated_strap
from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import format_utc_ms, parse_utc_ms
from protocol.messages.roster import RosterStrap
from server.db.database import Database
from server.dose.sensed.evening_times import find_main_phase
from server.dose.written.evening import WrittenEvening, fold_evening
from server.errors import NotFoundError
from server.gateways.roster import read_straps
from server.projection.person_store import read_stations
from server.projection.session_store import read_built
from server.projection.strap_store import read_clocks, read_syncs
from server.projection.trace_store import list_traces, read_trace
from server.sessions.domain.holding import Holdings, hold_events
from server.sessions.ledger import read_events
from server.sessions.service import list_all_sessions, require_session_id
from server.study.participants import read_participants
from server.web.review_axis import find_span, view_group
from server.web.review_context import Gap, Review
from server.web.review_lanes import view_lane
from server.web.review_told import Told, sort_codes
from server.web.review_traces import GAPS, HEART, find_counting, find_origin, tell_range, view_gaps

Line = Mapping[str, Any]  # as server.sessions.domain.listing tells it


@dataclass(frozen=True, slots=True)
class Written:
    """A session in the study. `lines` is the list of all sessions, `line` this one's."""

    lines: Sequence[Line]
    line: Line
    events: Sequence[LedgerEvent]
    evening: WrittenEvening
    holdings: Holdings
    signs: Mapping[str, str]
    straps: Sequence[RosterStrap]
    now: str

    @property
    def origin_ms(self) -> int:
        """UTC that the seconds of its traces count from."""
        phase = find_main_phase(self.evening)
        return 0 if phase is None else phase.from_ms

    @property
    def labels(self) -> dict[str, str]:
        """Numbers of straps by serial, of those that have one."""
        return {one.serial: one.label for one in self.straps if one.label}

    @property
    def is_simulated(self) -> bool:
        return any(is_simulated_strap(one.serial) for one in self.straps)

    def list_people(self) -> list[str]:
        """Everybody planned, and everybody of whom anything was written down."""
        return sort_codes([*{*(self.line["participants"] or ()), *self.evening.state["people"]}])


def read_written(study: Database, session: str, now: str) -> Written:
    """Raises NotFoundError for what is no session."""
    require_session_id(session)
    with study.reading() as connection:
        lines = list_all_sessions(connection)
        events = [one.event for one in read_events(connection, session)]
        signs = {str(one.code): one.sign for one in read_participants(connection)}
    line = next((one for one in lines if one["id"] == session), None)
    if line is None:
        raise NotFoundError(f"no session has the id {session[:64]!r}")
    return Written(
        lines, line, events, fold_evening(events, now), hold_events(events), signs,
        read_straps(study), now,
    )  # fmt: skip


def make_review(written: Written, derived: Database) -> Review:
    """All lanes, with the gaps as far as they were worked out."""
    begins_ms, ends_ms = find_span(written.evening, written.holdings, parse_utc_ms(written.now))
    session = str(written.line["id"])
    with derived.reading() as connection:
        traces = list_traces(connection, session)
        gaps = {code: _read_gaps(connection, written, code) for code in traces}
        sensed = read_stations(connection, session)
        clocks, syncs = read_clocks(connection, session), read_syncs(connection, session)
    told = Told(
        evening=written.evening,
        holdings=written.holdings,
        signs=written.signs,
        labels=written.labels,
        gaps=gaps,
        traces=traces,
        ends_ms=ends_ms,
        sensed=sensed,
    )
    return Review(
        session=session,
        state=str(written.line["state"]),
        begins=format_utc_ms(begins_ms),
        ends=format_utc_ms(ends_ms),
        group=view_group(written.evening, written.holdings, ends_ms),
        lanes=[view_lane(told, code) for code in written.list_people()],
        clocks=clocks,
        sync_moments=syncs,
    )


def read_heart_words(written: Written, derived: Database) -> Callable[[str, str, str], str]:
    """What tells somebody's heart rates between two UTC texts; nothing where there are none."""
    session = str(written.line["id"])
    hearts = {}
    with derived.reading() as connection:
        for code, names in list_traces(connection, session).items():
            heart = read_trace(connection, session, code, HEART) if HEART in names else None
            if heart is not None:
                gaps = read_trace(connection, session, code, GAPS)
                origin_ms = find_origin(written.origin_ms, heart)
                hearts[code] = heart, find_counting(heart, gaps), origin_ms

    def tell(code: str, begins: str, ends: str) -> str:
        heart, counts, origin_ms = hearts.get(code, (None, np.zeros(0, dtype=np.bool_), 0))
        span = [(parse_utc_ms(one) - origin_ms) / 1000 for one in (begins, ends)]
        return tell_range(heart, counts, span[0], span[1])

    return tell


def read_worked_out(derived: Database, session: str) -> int | None:
    """Wall clock in ns when a session was last worked out."""
    with derived.reading() as connection:
        return read_built(connection).get(session)


def _read_gaps(connection: Connection, written: Written, code: str) -> list[Gap]:
    gaps = read_trace(connection, str(written.line["id"]), code, GAPS)
    return view_gaps(gaps, find_origin(written.origin_ms, gaps))
