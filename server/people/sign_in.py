"""Signing in, switching who is at work, signing out: rules here, rows in sign_in_sessions."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, select

from server.db.database import Database
from server.errors import (
    NotPermittedError,
    SignedOutError,
    SignInBusyError,
    SignInRefusedError,
)
from server.people import sign_in_sessions as sessions
from server.people.attempt import Attempt
from server.people.brake import Brake
from server.people.current import CurrentPerson
from server.people.hashing import HashingDesk
from server.people.roles import TABLET_ROLES, Role
from server.people.session_limits import is_use_to_be_noted, valid_until_ns
from server.people.steady_time import SteadyTime, read_elapsed_ns
from server.people.tables import PEOPLE
from server.people.trail import append_event

_REFUSAL = "name and password, or name and PIN, don't belong together"


class SignIn:
    """Of one study. Every method may be called from any thread."""

    def __init__(
        self,
        database: Database,
        desk: HashingDesk,
        monotonic_s: Callable[[], float] = time.monotonic,
        wall_ns: Callable[[], int] = time.time_ns,
        elapsed_ns: Callable[[], int] = read_elapsed_ns,
    ) -> None:
        self._database = database
        self._desk = desk
        self._monotonic_s = monotonic_s
        self._wall_ns = wall_ns  # what people and tablets are told
        self._session_ns = SteadyTime(wall_ns, elapsed_ns)
        self._brake = Brake()
        self._brake_lock = threading.Lock()

    def now_ns(self) -> int:
        """The server's UTC."""
        return self._wall_ns()

    def sign_in(self, attempt: Attempt, source: str, earlier: str | None) -> str:
        """Begin a session; its id, for the cookie only. `earlier` is the browser's last id.

        Raises SignInRefusedError, TooManyAttemptsError or SignInBusyError.
        """
        row = self._check(attempt, source)
        on_tablet = attempt.device is not None and Role(row.role) in TABLET_ROLES
        new = sessions.NewSession(row.name, attempt.device, on_tablet)
        with self._database.writing() as connection:
            _require_unchanged(connection, row)
            if earlier is not None:
                sessions.end_session(connection, sessions.hash_session_id(earlier))
            append_event(connection, "signed in", row.name, row.name, attempt.device)
            return sessions.begin_session(connection, new, self._session_ns())

    def switch_actor(self, person: CurrentPerson, attempt: Attempt, source: str) -> None:
        """Somebody else gives her PIN on a tablet that a trainer signed in; now she is at work.

        Raises NotPermittedError, SignInRefusedError, TooManyAttemptsError or SignInBusyError.
        """
        if person.device is None:
            raise NotPermittedError("only a tablet changes hands; here, sign out and sign in")
        row = self._check(attempt, source)
        with self._database.writing() as connection:
            _require_unchanged(connection, row)
            if sessions.find_session(connection, person.session, self._session_ns()) is None:
                raise SignedOutError("signed out in the meantime; sign in again")
            sessions.switch_actor(connection, person.session, row.name)
            append_event(connection, "at work", row.name, person.name, person.device)

    def confirm(self, person: CurrentPerson, password: str, source: str) -> None:
        """That it is still she who sits there: her password once more, under the same brake.

        Raises SignInRefusedError, TooManyAttemptsError or SignInBusyError.
        """
        self._check(Attempt(person.name, password, is_pin=False, device=None), source)

    def find(self, session_id: str) -> CurrentPerson | None:
        """Who is behind a cookie; None when nobody is, or not any more."""
        id_sha256, now_ns = sessions.hash_session_id(session_id), self._session_ns()
        with self._database.reading() as connection:
            row = sessions.find_session(connection, id_sha256, now_ns)
            actors = sessions.read_actors(connection, id_sha256)
        if row is None:
            return None
        if is_use_to_be_noted(seen_ns=row.seen_wall_ns, now_ns=now_ns):
            with self._database.writing() as connection:
                sessions.note_use(connection, id_sha256, now_ns)
        return CurrentPerson(
            name=row.person,
            role=Role(row.role),
            device=row.device if row.on_tablet else None,
            actors={name: Role(role) for name, role in actors.items()},
            active=row.active,
            valid_until_wall_ns=self._wall_ns() + valid_until_ns(row.signed_in_wall_ns) - now_ns,
            session=id_sha256,
        )

    def keep_going_on(self, watched: frozenset[bytes]) -> set[bytes]:
        """Those of these sessions that go on; an open stream counts as use of them."""
        now_ns = self._session_ns()
        with self._database.reading() as connection:
            rows = sessions.find_sessions(connection, watched, now_ns)
        unnoted = [r for r in rows if is_use_to_be_noted(seen_ns=r.seen_wall_ns, now_ns=now_ns)]
        if unnoted:
            with self._database.writing() as connection:
                for row in unnoted:
                    sessions.note_use(connection, row.id_sha256, now_ns)
        return {bytes(row.id_sha256) for row in rows}

    def sign_out(self, session_id: str) -> None:
        """End a session at once; one that is over stays over."""
        id_sha256 = sessions.hash_session_id(session_id)
        with self._database.writing() as connection:
            row = sessions.find_session(connection, id_sha256, self._session_ns())
            if row is not None:
                sessions.end_session(connection, id_sha256)
                append_event(connection, "signed out", row.person, row.person, row.device)

    def _check(self, attempt: Attempt, source: str) -> Any:
        """The row of a person whose secret this is; as slow for nobody as for somebody."""
        account = attempt.account
        with self._braked(account, source):
            with self._database.reading() as connection:
                row = connection.execute(select(PEOPLE).where(PEOPLE.c.name == account)).first()
            is_hers = self._desk.matches(_stored_secret(row, attempt), attempt.secret)
        if not is_hers:
            known = None if row is None else row.name
            with self._database.writing() as connection:
                append_event(connection, "sign-in refused", known, None, attempt.device)
            raise SignInRefusedError(_REFUSAL)
        with self._brake_lock:
            self._brake.succeed(account, source)
        return row

    @contextmanager
    def _braked(self, account: str, source: str) -> Iterator[None]:
        """Counts what happens inside as a wrong attempt, unless it couldn't be judged."""
        with self._brake_lock:
            failure = self._brake.take_turn(account, source, self._monotonic_s(), "wrong ones")
        try:
            yield
        except SignInBusyError:
            with self._brake_lock:
                self._brake.withdraw(failure, source)
            raise


def _stored_secret(row: Any, attempt: Attempt) -> str | None:
    if row is None or row.disabled_wall_ns is not None:
        return None
    stored: str | None = row.pin_argon2 if attempt.is_pin else row.password_argon2
    return stored


def _require_unchanged(connection: Connection, row: Any) -> None:
    """She wasn't disabled, and has no new secrets, while hers was being checked."""
    now = connection.execute(select(PEOPLE).where(PEOPLE.c.name == row.name)).first()
    if now != row:
        raise SignInRefusedError(_REFUSAL)
