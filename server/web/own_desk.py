"""Reads what a participant's own screens show, and takes what she enters."""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import Connection

from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import format_utc_ms
from server.db.database import Database
from server.errors import NotPermittedError, PinNeededError
from server.participant_access.current import CurrentParticipant
from server.participant_access.pins import ParticipantPins
from server.safety.phone_list import read_phones
from server.sessions.domain.fold import fold_session
from server.sessions.domain.own_sessions import find_asked_about, find_last_held, find_next
from server.sessions.domain.own_steps import list_own_circuit
from server.sessions.evening import Evening, read_evening
from server.sessions.held_sessions import HeldSessions
from server.sessions.ledger import read_events
from server.sessions.own_entries import Herself
from server.sessions.service import Posted, SessionService, list_all_sessions
from server.study.anchor_packs import read_packs
from server.study.anchor_words import add_anchors
from server.study.next_day import append_next_day, read_answered, read_next_day
from server.study.participant import Arm, Participant
from server.study.participants import find_participant
from server.study.time_zone import read_zone_name
from server.web.own_path_view import read_own_path
from server.web.own_signers import require_own, require_own_signature
from server.web.own_view import find_words, view_answers, view_line, view_now, view_tonight

_EVENING_S: Final = 60.0  # what is planned for an evening changes seldom; a phone asks often

Line = dict[str, Any]


class OwnAuthor:
    """Signs what she enters, as server.sessions.signer has it: in her name, about herself."""

    def __init__(self, participant: CurrentParticipant) -> None:
        self.name: str = participant.author
        self.actors: Mapping[str, object] = {self.name: Herself(participant.code)}


class OwnDesk:
    """Thread-safe. Everything is about the participant of the session that asks."""

    def __init__(
        self,
        database: Database,
        pins: ParticipantPins,
        open_sessions: Callable[[], SessionService],
        wall_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._database = database
        self._pins = pins
        self._open_sessions = open_sessions
        self._wall_ns = wall_ns
        self._held = HeldSessions()
        self._evenings: dict[str, tuple[float, Evening]] = {}

    def now(self) -> str:
        """The server's UTC."""
        return format_utc_ms(self._wall_ns() // 1_000_000)

    def read(self, who: CurrentParticipant) -> dict[str, Any]:
        """Everything but what her PIN keeps closed."""
        now = self.now()
        has_pin = self._pins.has_pin(who.code)
        with self._database.reading() as connection:
            participant = find_participant(connection, who.code)
            lines = list_all_sessions(connection)
            shown = {
                "server_utc": now,
                "me": {"code": participant.code, "sign": participant.sign},
                "trains": participant.arm is Arm.TRAINING,
                "handed_over": who.is_handed_over,
                "zone": read_zone_name(connection),
                "has_pin": has_pin,
                "phones": [asdict(one) for one in read_phones(connection)],
                "next_day": self._ask_next_day(connection, lines, participant, now),
            }
            return {**shown, **self._read_sessions(connection, lines, participant, now)}

    def read_path(self, who: CurrentParticipant) -> dict[str, Any]:
        """Her own way through the course. Raises PinNeededError."""
        if not who.is_unlocked:
            raise PinNeededError("this is yours alone: your PIN first")
        now = self.now()
        with self._database.reading() as connection:
            participant = find_participant(connection, who.code)
            lines = list_all_sessions(connection)
            path = read_own_path(connection, participant, lines, now, self._held)
        return {**path, "server_utc": now}

    def post(self, who: CurrentParticipant, session: str, body: bytes) -> Future[Posted]:
        """Store entries of hers about herself, of a session that she is on the list of.

        Raises ActorNotSignedInError, NotPermittedError, and what SessionService.post does.
        """
        require_own_signature(body, who.author)
        with self._database.reading() as connection:
            lines = list_all_sessions(connection)
        hers = [line for line in lines if who.code in (line["participants"] or ())]
        # One that nobody has begun would be taken for begun by the first entry.
        if not any(line["id"] == session and line["state"] != "planned" for line in hers):
            raise NotPermittedError("this isn't a session of yours that has begun")
        return self._open_sessions().post(session, body, OwnAuthor(who))

    def answer_next_day(self, who: CurrentParticipant, content: Any) -> dict[str, Any]:
        """Store an answer.

        Raises InvalidRequestError, ActorNotSignedInError, NotPermittedError or ConflictError.
        """
        said = read_next_day(content)
        require_own([said.actor], who.author)
        wall_ms = self._wall_ns() // 1_000_000
        with self._database.writing() as connection:
            known = {line["id"] for line in list_all_sessions(connection)}
            if said.session not in known:
                raise NotPermittedError("there is no such session")
            result = append_next_day(connection, said, who.code, who.author, wall_ms)
        return {"id": said.id, "result": result, "server_utc": self.now()}

    def _ask_next_day(
        self, connection: Connection, lines: Sequence[Line], who: Participant, now: str
    ) -> dict[str, Any] | None:
        line = find_asked_about(lines, now)
        if line is None:
            return None
        answered = read_answered(connection, who.code)
        return {"session": line["id"], "start": line["planned_start"],
                "answered": line["id"] in answered, "worse": answered.get(line["id"])}  # fmt: skip

    def _read_sessions(
        self, connection: Connection, lines: Sequence[Line], who: Participant, now: str
    ) -> dict[str, Any]:
        last = find_last_held(lines, who.code, now)
        shown: dict[str, Any] = dict.fromkeys(("next", "tonight", "now", "last", "answers"))
        if last is not None:
            evening = self._find_evening(connection, str(last["id"]), now)
            events = [one.event for one in read_events(connection, str(last["id"]))]
            words = find_words(*_read_plan(evening, who.code))
            shown |= _view_held(last, events, who.code, now, words)
        is_over = last is not None and shown["answers"]["ended_at"] is not None
        ahead = find_next([one for one in lines if not is_over or one != last], who.code, now)
        about = ahead or last
        if about is None:
            return {**shown, "effort": None}
        evening = self._find_evening(connection, str(about["id"]), now)
        if ahead is not None:
            told = view_tonight(*_read_plan(evening, who.code))
            shown |= {"next": view_line(ahead), "tonight": told}
        packs = {one.scale: one.pack for one in read_packs(connection).values() if one.pack}
        return {**shown, "effort": add_anchors(evening.content["effort"], packs)}

    def _find_evening(self, connection: Connection, session: str, now: str) -> Evening:
        kept = self._evenings.get(session)
        if kept is not None and time.monotonic() - kept[0] < _EVENING_S:
            return kept[1]
        evening = read_evening(connection, now, session, self._held)
        others = {one: kept for one, kept in self._evenings.items() if one != session}
        newest = dict(list(others.items())[-1:])  # the last one and the next one of a group
        self._evenings = {**newest, session: (time.monotonic(), evening)}
        return evening


def _read_plan(evening: Evening, code: str) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """What is planned for all, and what is prescribed to her."""
    return evening.content["planned"], evening.content["prescriptions"].get(code, {})


def _view_held(
    last: Mapping[str, Any],
    events: Sequence[LedgerEvent],
    code: str,
    now: str,
    words: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """A session that was begun: its clock, and what she was asked of it."""
    state = fold_session(events, now)
    circuit = list_own_circuit(events, now, code)
    return {
        "last": view_line(last),
        "now": None if state["closed"] else view_now(circuit, state, code, words),
        "answers": view_answers(state, code, circuit, now),
    }
