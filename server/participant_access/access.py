"""Codes made and used, sessions found and ended: rules in *_rules, rows in rows.py."""

import os
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from protocol.identifiers import ParticipantCode
from server.db.database import Database
from server.errors import CodeRefusedError, NotFoundError
from server.participant_access import rows
from server.participant_access.code_rules import (
    Chance,
    has_form,
    hash_code,
    is_usable,
    mint_code,
)
from server.participant_access.current import CurrentParticipant
from server.participant_access.session_rules import is_unlocked, is_use_to_be_noted
from server.participant_access.trail import append_event
from server.people.brake import Brake
from server.people.handing_over import end_handed_over
from server.people.steady_time import SteadyTime, read_elapsed_ns

# The same whether the code was used, is old, was withdrawn or never was.
REFUSAL: Final = "this code can't be used; ask your trainer for a new one"

FindParticipant = Callable[[Connection, ParticipantCode], object]  # raises NotFoundError


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One that goes on, as staff see it; the instants are ns since 1970."""

    number: int
    participant: str
    is_handed_over: bool
    made_by: str
    begun_ns: int
    seen_ns: int


class ParticipantAccess:
    """Of one study. Every method may be called from any thread.

    `find_participant` raises NotFoundError for a code that isn't in the study.
    """

    def __init__(  # noqa: PLR0913 (clocks and chance are arguments)
        self,
        database: Database,
        find_participant: FindParticipant,
        chance: Chance = os.urandom,
        monotonic_s: Callable[[], float] = time.monotonic,
        wall_ns: Callable[[], int] = time.time_ns,
        elapsed_ns: Callable[[], int] = read_elapsed_ns,
    ) -> None:
        self._database = database
        self._find_participant = find_participant
        self._chance = chance
        self._monotonic_s = monotonic_s
        self._now_ns = SteadyTime(wall_ns, elapsed_ns)
        self._brake = Brake()
        self._brake_lock = threading.Lock()

    def make_code(self, participant: ParticipantCode, made_by: str, *, handed_over: bool) -> str:
        """A code that opens her view once; what was made for her before opens nothing any more.

        Raises NotFoundError.
        """
        code, now_ns = mint_code(self._chance), self._now_ns()
        row = {
            "code_sha256": hash_code(code),
            "participant": participant,
            "handed_over": handed_over,
            "made_by": made_by,
            "made_wall_ns": now_ns,
        }
        with self._database.writing() as connection:
            self._find_participant(connection, participant)
            rows.withdraw_codes(connection, participant, now_ns)
            rows.add_code(connection, row)
            append_event(connection, "code made", participant, made_by)
        return code

    def redeem(
        self, code: object, source: str, earlier: str | None, staff: str | None = None
    ) -> tuple[str, bool]:
        """Begin a session by a code: its id, for the cookie only, and whether it is handed over.

        `earlier` is the browser's last id, `staff` that of who is signed in there; where the code
        hands a tablet over, that ends with it. Raises CodeRefusedError or TooManyAttemptsError.
        """
        self._take_turn(source)
        with self._database.writing() as connection:
            begun = self._begin(connection, code)
            if begun is not None and earlier is not None:
                ended = rows.SESSIONS.c.id_sha256 == rows.hash_session_id(earlier)
                rows.end_sessions(connection, ended)
            if begun is not None and begun[1] and staff is not None:
                end_handed_over(connection, staff)
        if begun is None:
            raise CodeRefusedError(REFUSAL)
        with self._brake_lock:
            self._brake.succeed(source, source)
        return begun

    def find(self, session_id: str) -> CurrentParticipant | None:
        """Who is behind a cookie; None when nobody is, or not any more."""
        id_sha256, now_ns = rows.hash_session_id(session_id), self._now_ns()
        with self._database.reading() as connection:
            row = rows.find_session(connection, id_sha256, now_ns)
        if row is None:
            return None
        if is_use_to_be_noted(seen_ns=row.seen_wall_ns, now_ns=now_ns):
            with self._database.writing() as connection:
                rows.change_session(connection, id_sha256, seen_wall_ns=now_ns)
        return CurrentParticipant(
            ParticipantCode(row.participant),
            row.handed_over,
            is_unlocked(row.unlocked_wall_ns, now_ns),
            id_sha256,
        )

    def note_unlocked(self, session: bytes, *, is_open: bool) -> None:
        """Her PIN was given in this session; or she closes what it opened."""
        unlocked_ns = self._now_ns() if is_open else None
        with self._database.writing() as connection:
            rows.change_session(connection, session, unlocked_wall_ns=unlocked_ns)

    def sign_out(self, session_id: str) -> None:
        """End a session at once; one that is over stays over."""
        id_sha256 = rows.hash_session_id(session_id)
        with self._database.writing() as connection:
            row = rows.find_session(connection, id_sha256, self._now_ns())
            if row is not None:
                rows.end_sessions(connection, rows.SESSIONS.c.id_sha256 == id_sha256)
                append_event(connection, "signed out", row.participant, None)

    def list_open(self) -> list[OpenSession]:
        """All that go on, the newest first."""
        with self._database.reading() as connection:
            found = rows.list_sessions(connection, self._now_ns())
        return [
            OpenSession(row.number, row.participant, row.handed_over, row.made_by,
                        row.begun_wall_ns, row.seen_wall_ns)
            for row in found
        ]  # fmt: skip

    def withdraw(self, participant: ParticipantCode, done_by: str) -> None:
        """Codes of hers that nobody used open nothing any more."""
        with self._database.writing() as connection:
            if rows.withdraw_codes(connection, participant, self._now_ns()):
                append_event(connection, "code withdrawn", participant, done_by)

    def end(self, number: int, done_by: str) -> None:
        """End one session by its number, whoever holds its cookie. Raises NotFoundError."""
        with self._database.writing() as connection:
            found = rows.list_sessions(connection, self._now_ns())
            row = next((one for one in found if one.number == number), None)
            if row is None:
                raise NotFoundError(f"no phone or tablet is signed in under the number {number}")
            rows.end_sessions(connection, rows.SESSIONS.c.number == number)
            append_event(connection, "session ended", row.participant, done_by)

    def _begin(self, connection: Connection, code: object) -> tuple[str, bool] | None:
        now_ns = self._now_ns()
        digest = hash_code(code) if isinstance(code, str) and has_form(code) else None
        row: Any = None if digest is None else rows.find_code(connection, digest)
        if digest is None or row is None or not _is_usable(row, now_ns):
            append_event(connection, "code refused", None if row is None else row.participant, None)
            return None
        if not rows.use_code(connection, digest, now_ns):
            return None
        append_event(connection, "code used", row.participant, row.made_by)
        session_id = rows.begin_session(connection, row, now_ns, secrets.token_urlsafe)
        return session_id, row.handed_over

    def _take_turn(self, source: str) -> None:
        """Counts a try as wrong until it is shown right. Raises TooManyAttemptsError."""
        with self._brake_lock:
            self._brake.take_turn(source, source, self._monotonic_s(), "codes were tried")


def _is_usable(row: Any, now_ns: int) -> bool:
    return is_usable(
        made_ns=row.made_wall_ns,
        used_ns=row.used_wall_ns,
        withdrawn_ns=row.withdrawn_wall_ns,
        now_ns=now_ns,
    )
