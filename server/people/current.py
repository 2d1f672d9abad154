"""Who sends this request: what every route may know of the person behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import Request

from server.errors import SignedOutError
from server.people.roles import Role


@dataclass(frozen=True, slots=True)
class CurrentPerson:
    """Who signed in, on which device, and who else is at work there.

    `actors` are those who gave password or PIN to the server in this session, with their roles;
    `active` is the one who did so last.
    """

    name: str
    role: Role
    device: str | None  # a tablet's own id, 16 hex digits; None at a console
    actors: Mapping[str, Role]
    active: str
    valid_until_wall_ns: int
    session: bytes = field(repr=False)  # SHA-256 of the session's id


def current_person(request: Request) -> CurrentPerson:
    """FastAPI dependency; the access control put her there before the route was reached."""
    person = request.scope.get("doseline.person")
    if not isinstance(person, CurrentPerson):
        raise SignedOutError("sign in first")
    return person
