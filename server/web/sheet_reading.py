"""Reads of the study what a printed sheet of one session is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from protocol.ledger.event import LedgerEvent
from protocol.messages.roster import RosterStrap
from server.db.database import Database
from server.errors import NotFoundError
from server.gateways.roster import has_simulated_strap, read_straps
from server.people.staff import read_staff
from server.sessions.domain.calendar import choose_tonight
from server.sessions.domain.fold import State, fold_session
from server.sessions.evening import TONIGHT_WITHIN_H, read_evening
from server.sessions.ledger import read_events
from server.sessions.service import list_all_sessions, require_session_id
from server.sessions.sheet_prints import append_print, read_print
from server.study.anchor_packs import read_packs
from server.study.anchor_words import add_anchors
from server.study.participants import read_participants
from server.study.time_zone import read_zone, read_zone_name
from server.web.sheet_clock import SheetClock, find_offset_min
from server.web.sheet_prints import rebuild_sheet
from server.web.sheet_rows import Line, Sheet, list_content, make_sheet


@dataclass(frozen=True, slots=True)
class SheetEvening:
    """A session as it is printed and copied; `effort` is the scale with its words (tablet bundle),
    `planned` the session of the plan.

    `staff` are the names of who may have written on a sheet; `usual` are strap serials by code.
    """

    line: Line
    sheet: Sheet
    clock: SheetClock
    events: Sequence[LedgerEvent]
    state: State
    planned: Mapping[str, Any]
    effort: Mapping[str, Any]
    signs: Mapping[str, str]
    usual: Mapping[str, str]
    straps: Sequence[RosterStrap]
    staff: Sequence[str]
    is_simulated: bool
    now: str


def find_tonight(study: Database, now: str) -> str:
    """The session that a tablet would open now. Raises NotFoundError without one."""
    with study.reading() as connection:
        found = choose_tonight(list_all_sessions(connection), now, TONIGHT_WITHIN_H)
    if found is None:
        raise NotFoundError("no session is planned tonight; print one from its review")
    return found


def read_sheet_evening(study: Database, session: str, now: str) -> SheetEvening:
    """Raises NotFoundError for what wasn't planned, or by a plan that the study doesn't have."""
    require_session_id(session)
    with study.reading() as connection:
        evening = read_evening(connection, now, session)
        events = [one.event for one in read_events(connection, session)]
        people = read_participants(connection)
        packs = {one.scale: one.pack for one in read_packs(connection).values() if one.pack}
        staff = [one.name for one in read_staff(connection)]
        zone = None if read_zone_name(connection) is None else read_zone(connection)
    line = next(one for one in evening.content["sessions"] if one["id"] == session)
    if evening.content["planned"] is None:
        raise NotFoundError("the plan of this session isn't in the study: it can't be printed")
    state = fold_session(events, now)
    start = str(line["planned_start"])
    return SheetEvening(
        line=line,
        sheet=make_sheet(line, evening.content, state),
        clock=SheetClock(start, find_offset_min(start, zone)),
        events=events,
        state=state,
        planned=evening.content["planned"],
        effort=add_anchors(evening.content["effort"], packs),
        signs={str(one.code): one.sign for one in people},
        usual={str(one.code): one.usual_strap for one in people if one.usual_strap},
        straps=read_straps(study),
        staff=staff,
        is_simulated=has_simulated_strap(study),
        now=now,
    )


def keep_sheet(study: Database, sheet: Sheet, by: str) -> bool:
    """What is printed, for whoever copies it; False when just that was printed before."""
    content = list_content(sheet.session, sheet.plan_sha256, sheet.people, sheet.asked_after)
    with study.reading() as connection:
        if read_print(connection, sheet.session, sheet.code) is not None:
            return False
    with study.writing() as connection:
        return append_print(connection, sheet.session, sheet.code, content, by)


def read_printed(study: Database, evening: SheetEvening, code: str) -> Sheet | None:
    """The sheet of that code; None for one that wasn't printed here, or by another plan."""
    with study.reading() as connection:
        content = read_print(connection, evening.sheet.session, code)
    if content is None:
        return None
    return rebuild_sheet(content, evening.planned, evening.sheet)
