"""Enrolling, finding and revoking tablets: rules here, rows in rows.py."""

import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from fastapi import Request
from sqlalchemy import insert

from server.db.database import Database
from server.errors import (
    CodeRefusedError,
    ConflictError,
    NotFoundError,
    TabletNotEnrolledError,
    TooManyAttemptsError,
)
from server.people.attempt import Attempt
from server.people.sign_in_sessions import end_sessions_on
from server.tablets import rows
from server.tablets.credentials import hash_credential, mint_credential
from server.tablets.current import CurrentTablet, find_current_tablet
from server.tablets.invitations import Invitation, Invitations
from server.tablets.tables import TABLET_REVOCATIONS

NOTE_SEEN_EVERY_NS: Final = 60 * 1_000_000_000


@dataclass(frozen=True, slots=True)
class Tablet:
    """One of the list; instants are ns since 1970, None where it hasn't happened."""

    number: int
    name: str
    device: str
    enrolled_by: str
    enrolled_ns: int
    seen_ns: int
    left_ns: int | None
    revoked_by: str | None
    revoked_ns: int | None
    reason: str | None


class TabletRegistry:
    """Of one study. Every method may be called from any thread."""

    def __init__(
        self,
        database: Database,
        invitations: Invitations | None = None,
        wall_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._database = database
        self._invitations = invitations or Invitations()
        self._wall_ns = wall_ns

    def invite(self, name: str, made_by: str) -> Invitation:
        """A code for a new tablet of this name. Raises ConflictError when one has the name."""
        with self._database.writing() as connection:
            _require_free(connection, name)
            rows.append_event(connection, "code made", name, made_by, self._wall_ns())
        return self._invitations.make(name, made_by)

    def withdraw(self, name: str, done_by: str) -> None:
        """A code that nobody used opens nothing any more."""
        self._invitations.withdraw(name)
        with self._database.writing() as connection:
            rows.append_event(connection, "code withdrawn", name, done_by, self._wall_ns())

    def enrol(self, typed: object, device: str, source: str) -> tuple[CurrentTablet, str]:
        """Make the one who has a code a tablet; the second is for its cookie only.

        Raises CodeRefusedError, TooManyAttemptsError or ConflictError.
        """
        invitation = self._redeem(typed, source)
        credential, now_ns = mint_credential(), self._wall_ns()
        with self._database.writing() as connection:
            _require_free(connection, invitation.name)
            row = {
                "name": invitation.name,
                "device": device,
                "credential_sha256": hash_credential(credential),
                "enrolled_by": invitation.made_by,
                "enrolled_wall_ns": now_ns,
            }
            number = rows.add_tablet(connection, row)
        return CurrentTablet(number, invitation.name, is_revoked=False), credential

    def find(self, credential: str) -> CurrentTablet | None:
        """Whose cookie this is, also of one that is revoked; notes that it was heard."""
        digest, now_ns = hash_credential(credential), self._wall_ns()
        with self._database.reading() as connection:
            row = rows.find_by_credential(connection, digest)
        if row is None or not hmac.compare_digest(bytes(row.credential_sha256), digest):
            return None
        if abs(now_ns - row.seen_wall_ns) >= NOTE_SEEN_EVERY_NS:
            with self._database.writing() as connection:
                rows.note_contact(connection, row.number, seen_wall_ns=now_ns)
        return CurrentTablet(row.number, row.name, is_revoked=row.revoked_wall_ns is not None)

    def revoke(self, number: int, done_by: str, reason: str) -> None:
        """Let it see nothing any more, and end every sign-in on it. Raises NotFoundError.

        One that is revoked stays as it was: who did so first, and why, can't be changed.
        """
        with self._database.writing() as connection:
            row = rows.find_tablet(connection, number)
            if row is None:
                raise NotFoundError(f"no tablet has the number {number}")
            if row.revoked_wall_ns is not None:
                return
            revoked = {
                "tablet": number,
                "revoked_by": done_by,
                "revoked_wall_ns": self._wall_ns(),
                "reason": reason,
            }
            connection.execute(insert(TABLET_REVOCATIONS), [revoked])
            end_sessions_on(connection, row.device)

    def note_left(self, number: int) -> None:
        """It has handed in what it had and erases itself."""
        with self._database.writing() as connection:
            rows.note_contact(connection, number, left_wall_ns=self._wall_ns())

    def list_all(self) -> list[Tablet]:
        """Every tablet there ever was, the newest first."""
        with self._database.reading() as connection:
            return [_tell(row) for row in rows.list_tablets(connection)]

    def is_required(self) -> bool:
        """Whether a tablet must be enrolled to sign anybody in."""
        with self._database.reading() as connection:
            return rows.read_is_required(connection)

    def require(self, decided_by: str, *, is_required: bool) -> None:
        """Decide that, from now on. What stands already isn't said again."""
        with self._database.writing() as connection:
            if rows.read_is_required(connection) is not is_required:
                row = {"is_required": is_required, "decided_by": decided_by}
                rows.add_rule(connection, {**row, "decided_wall_ns": self._wall_ns()})

    def admit(self, request: Request, attempt: Attempt) -> None:
        """Refuse a PIN, or a tablet, that isn't an enrolled one's where that is needed.

        A password at a console is no tablet's. Raises TabletNotEnrolledError.
        """
        is_of_tablet = attempt.is_pin or attempt.device is not None
        if is_of_tablet and find_current_tablet(request) is None and self.is_required():
            raise TabletNotEnrolledError("this study takes PINs on enrolled tablets only")

    def _redeem(self, typed: object, source: str) -> Invitation:
        try:
            return self._invitations.redeem(typed, source)
        except (CodeRefusedError, TooManyAttemptsError):
            with self._database.writing() as connection:
                rows.append_event(connection, "code refused", None, None, self._wall_ns())
            raise


def _require_free(connection: Any, name: str) -> None:
    if rows.find_in_use(connection, name) is not None:
        raise ConflictError(f"there is a tablet called {name!r}; revoke it, or use another name")


def _tell(row: Any) -> Tablet:
    return Tablet(
        row.number, row.name, row.device, row.enrolled_by, row.enrolled_wall_ns,
        row.seen_wall_ns, row.left_wall_ns, row.revoked_by, row.revoked_wall_ns, row.reason,
    )  # fmt: skip
