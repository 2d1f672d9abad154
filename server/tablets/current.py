"""Which tablet sends this request: what routes and the access control may know of it."""

from dataclasses import dataclass
from typing import Final, Protocol

from fastapi import Request

from server.errors import TabletUnknownError

SCOPE_KEY: Final = "doseline.tablet"


@dataclass(frozen=True, slots=True)
class CurrentTablet:
    """One that was enrolled, by its cookie; also one that was revoked since."""

    number: int
    name: str
    is_revoked: bool


class KnowsTablets(Protocol):
    """What the access control asks before each request."""

    def find(self, credential: str) -> CurrentTablet | None: ...

    def is_required(self) -> bool: ...


class NoTablets:
    """Of a site without any."""

    def find(self, credential: str) -> CurrentTablet | None:
        return None

    def is_required(self) -> bool:
        return False


def find_current_tablet(request: Request) -> CurrentTablet | None:
    """The one that the access control found, if any."""
    tablet = request.scope.get(SCOPE_KEY)
    return tablet if isinstance(tablet, CurrentTablet) else None


def current_tablet(request: Request) -> CurrentTablet:
    """FastAPI dependency of what is for tablets alone."""
    tablet = find_current_tablet(request)
    if tablet is None:
        raise TabletUnknownError("this tablet isn't enrolled here")
    return tablet
