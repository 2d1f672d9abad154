"""Adding, disabling and listing staff. Whatever ends a person's rights ends her sessions too."""

import time
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from protocol.identifiers import PARTICIPANT_AUTHOR, SYSTEM_USER
from server.db.database import Database
from server.errors import ConflictError, NotFoundError, RuleError
from server.people.hashing import HashingDesk
from server.people.qualifications import append_qualification, read_qualifications
from server.people.roles import TABLET_ROLES, Role
from server.people.sign_in_sessions import end_sessions_of
from server.people.tables import PEOPLE
from server.people.trail import append_event
from server.people.verifiers import make_verifier

NO_PIN: Final = {
    "pin_argon2": None,
    "verifier_salt": None,
    "verifier_iterations": None,
    "verifier_sha256": None,
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the staff, without her secrets."""

    name: str
    role: Role
    has_pin: bool
    is_disabled: bool
    qualification: str | None  # None: the study hasn't said it


class Registry:
    """Staff of one study. `done_by` is whoever runs the command."""

    def __init__(self, database: Database, done_by: str) -> None:
        self._database = database
        self._done_by = done_by
        self._desk = HashingDesk()

    def add(
        self,
        name: str,
        role: Role,
        password: str,
        pin: str | None,
        qualification: str | None = None,
    ) -> None:
        """Somebody new; `pin` for those who work on a tablet, None for all others.

        Raises ConflictError when there is somebody of that name, RuleError for the system's own.
        """
        if name.startswith(PARTICIPANT_AUTHOR):
            raise RuleError(f"{name!r} would be taken for a participant; choose another name")
        if name == SYSTEM_USER:
            raise RuleError(f"{name!r} writes what no person did; choose another name")
        secrets = self._hash_password(password) | (NO_PIN if pin is None else self._hash_pin(pin))
        with self._database.writing() as connection:
            if _find(connection, name) is not None:
                raise ConflictError(
                    f"{name!r} is somebody already; to give her new secrets, run"
                    f" 'doseline-server users password {name}' or 'users pin {name}'"
                )
            row = {"name": name, "role": role.value, "added_wall_ns": time.time_ns(), **secrets}
            connection.execute(insert(PEOPLE), [row])
            append_event(connection, f"added as {role.value}", name, self._done_by)
            if qualification is not None:
                append_qualification(connection, name, qualification, self._done_by)

    def set_password(self, name: str, password: str) -> None:
        """A new password; ends her sessions. Raises NotFoundError."""
        self._change(name, "password set", self._hash_password(password))

    def set_pin(self, name: str, pin: str) -> None:
        """A new PIN; ends her sessions. Raises NotFoundError or RuleError."""
        hashed = self._hash_pin(pin)
        with self._database.reading() as connection:
            person = _require(connection, name)
        if Role(person.role) not in TABLET_ROLES:
            raise RuleError(f"{name} is {person.role}: only trainers and assistants have a PIN")
        self._change(name, "PIN set", hashed)

    def set_qualification(self, name: str, qualification: str) -> None:
        """What she is trained as, from now on; she stays signed in. Raises NotFoundError."""
        with self._database.writing() as connection:
            _require(connection, name)
            append_qualification(connection, name, qualification, self._done_by)

    def disable(self, name: str) -> None:
        """Nothing of hers opens anything any more, from this moment. Raises NotFoundError."""
        self._change(name, "disabled", {"disabled_wall_ns": time.time_ns()})

    def enable(self, name: str) -> None:
        """Her old secrets are valid again. Raises NotFoundError."""
        self._change(name, "enabled", {"disabled_wall_ns": None})

    def _change(self, name: str, what: str, values: dict[str, Any]) -> None:
        with self._database.writing() as connection:
            _require(connection, name)
            connection.execute(update(PEOPLE).where(PEOPLE.c.name == name).values(values))
            end_sessions_of(connection, name)
            append_event(connection, what, name, self._done_by)

    def _hash_password(self, password: str) -> dict[str, Any]:
        return {"password_argon2": self._desk.hash(password)}

    def _hash_pin(self, pin: str) -> dict[str, Any]:
        verifier = make_verifier(pin)
        return {
            "pin_argon2": self._desk.hash(pin),
            "verifier_salt": verifier.salt,
            "verifier_iterations": verifier.iterations,
            "verifier_sha256": verifier.sha256,
        }


def read_people(connection: Connection) -> list[Person]:
    """Everybody, by name."""
    rows = connection.execute(select(PEOPLE).order_by(PEOPLE.c.name)).all()
    qualifications = read_qualifications(connection)
    return [
        Person(
            name=row.name,
            role=Role(row.role),
            has_pin=row.pin_argon2 is not None,
            is_disabled=row.disabled_wall_ns is not None,
            qualification=qualifications.get(row.name),
        )
        for row in rows
    ]


def _find(connection: Connection, name: str) -> Any:
    return connection.execute(select(PEOPLE).where(PEOPLE.c.name == name)).first()


def _require(connection: Connection, name: str) -> Any:
    row = _find(connection, name)
    if row is None:
        raise NotFoundError(f"nobody is called {name!r}; 'doseline-server users list' has them all")
    return row
