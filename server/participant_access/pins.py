"""Her own PIN: set by herself, made to wait by five wrong ones, taken back by staff."""

import threading
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from protocol.identifiers import ParticipantCode
from server.db.database import Database
from server.errors import (
    PinExistsError,
    PinMissingError,
    PinUnfitError,
    SignInBusyError,
    SignInRefusedError,
)
from server.participant_access.tables import PARTICIPANT_PINS
from server.participant_access.trail import append_event
from server.people.brake import Brake, Failure
from server.people.credentials import PIN_DIGITS, is_obvious_pin, is_pin
from server.people.hashing import HashingDesk


class ParticipantPins:
    """Of one study. Every method may be called from any thread."""

    def __init__(
        self,
        database: Database,
        desk: HashingDesk,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._desk = desk
        self._monotonic_s = monotonic_s
        self._brake = Brake()
        self._brake_lock = threading.Lock()

    def has_pin(self, code: ParticipantCode) -> bool:
        """Whether she has set one."""
        with self._database.reading() as connection:
            return _find(connection, code) is not None

    def set(self, code: ParticipantCode, pin: str) -> None:
        """Her first one. Raises PinExistsError, PinUnfitError or SignInBusyError."""
        if not is_pin(pin) or is_obvious_pin(pin):
            raise PinUnfitError(
                f"a PIN has {PIN_DIGITS} digits, and isn't one that everybody tries first"
            )
        hashed = self._desk.hash(pin)
        with self._database.writing() as connection:
            if _find(connection, code) is not None:
                raise PinExistsError("there is a PIN already; a trainer can let you set a new one")
            row = {"participant": code, "pin_argon2": hashed, "set_wall_ns": time.time_ns()}
            connection.execute(insert(PARTICIPANT_PINS), [row])
            append_event(connection, "PIN set", code, None)

    def check(self, code: ParticipantCode, pin: str) -> None:
        """Return when it is hers.

        Raises PinMissingError, SignInRefusedError, TooManyAttemptsError or SignInBusyError.
        """
        with self._database.reading() as connection:
            row = _find(connection, code)
        if row is None:
            raise PinMissingError("there is no PIN yet; set one")
        failure = self._begin(code)
        try:
            is_hers = self._desk.matches(row.pin_argon2, pin)
        except SignInBusyError:
            with self._brake_lock:
                self._brake.withdraw(failure, code)
            raise
        if not is_hers:
            with self._database.writing() as connection:
                append_event(connection, "PIN refused", code, None)
            raise SignInRefusedError("this isn't the PIN")
        with self._brake_lock:
            self._brake.succeed(code, code)

    def reset(self, code: ParticipantCode, done_by: str) -> None:
        """She may set a new one, and the wait after wrong ones is over."""
        with self._database.writing() as connection:
            hers = PARTICIPANT_PINS.c.participant == code
            if connection.execute(delete(PARTICIPANT_PINS).where(hers)).rowcount:
                append_event(connection, "PIN taken back", code, done_by)
        with self._brake_lock:
            self._brake.succeed(code, code)

    def _begin(self, code: str) -> Failure:
        """Counts a try as wrong until it is shown right: many at once gain nothing."""
        with self._brake_lock:
            return self._brake.take_turn(code, code, self._monotonic_s(), "wrong PINs")


def _find(connection: Connection, code: str) -> Any:
    hers = PARTICIPANT_PINS.c.participant == code
    return connection.execute(select(PARTICIPANT_PINS).where(hers)).first()
