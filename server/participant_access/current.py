"""Which participant sends this request: what her own routes may know of her session."""

from dataclasses import dataclass, field

from fastapi import Request

from protocol.identifiers import ParticipantCode, UserName, name_author
from server.errors import SignedOutError

SCOPE_KEY = "doseline.participant"


@dataclass(frozen=True, slots=True)
class CurrentParticipant:
    """By her code alone. `is_unlocked`: her PIN was given in this session a short while ago."""

    code: ParticipantCode
    is_handed_over: bool
    is_unlocked: bool
    session: bytes = field(repr=False)  # SHA-256 of the session's id

    @property
    def author(self) -> UserName:
        """What entries of hers are signed with."""
        return name_author(self.code)


def current_participant(request: Request) -> CurrentParticipant:
    """FastAPI dependency; the access control put her there before the route was reached."""
    participant = request.scope.get(SCOPE_KEY)
    if not isinstance(participant, CurrentParticipant):
        raise SignedOutError("this phone isn't signed in; ask your trainer for a code")
    return participant
