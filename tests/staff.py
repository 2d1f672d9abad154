"""People for tests: signed in without a form, or with secrets that are checked in no time."""

import time
from typing import Final

from argon2 import PasswordHasher
from sqlalchemy import insert

from server.db.database import Database
from server.people import sign_in_sessions as sessions
from server.people.cookie import COOKIE_NAME
from server.people.roles import TABLET_ROLES, Role
from server.people.tables import PEOPLE
from server.people.verifiers import make_verifier

PASSWORD: Final = "canary-parrot-of-the-server"
PIN: Final = "271828"
DEVICE: Final = "00000000000000a1"
SAME_SITE: Final = {"Sec-Fetch-Site": "same-origin"}
# Argon2 reads its costs from the stored hash: these are checked in a millisecond.
_CHEAP: Final = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def add_person(database: Database, name: str, role: Role = Role.TRAINER, pin: str = PIN) -> str:
    """Somebody with PASSWORD, and with this PIN if she works on a tablet; returns the name."""
    row: dict[str, object] = {
        "name": name,
        "role": role.value,
        "password_argon2": _CHEAP.hash(PASSWORD),
        "added_wall_ns": time.time_ns(),
    }
    if role in TABLET_ROLES:
        verifier = make_verifier(pin, iterations=1)
        row |= {
            "pin_argon2": _CHEAP.hash(pin),
            "verifier_salt": verifier.salt,
            "verifier_iterations": verifier.iterations,
            "verifier_sha256": verifier.sha256,
        }
    with database.writing() as connection:
        connection.execute(insert(PEOPLE), [row])
    return name


def begin_session(database: Database, name: str, device: str | None = None) -> str:
    """A session of somebody; its id."""
    new = sessions.NewSession(name, device, on_tablet=device is not None)
    with database.writing() as connection:
        return sessions.begin_session(connection, new, time.time_ns())


def cookie(session_id: str) -> dict[str, str]:
    """The header that a browser would send."""
    return {"Cookie": f"{COOKIE_NAME}={session_id}"}
