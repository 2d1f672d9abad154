"""Who posts to the ledger, and how much at once."""

from collections.abc import Mapping
from typing import Final, Protocol

MAX_EVENTS: Final = 200  # of one post; a tablet that was offline for an hour sends three


class Signer(Protocol):
    """Who is signed in: her name, and the roles of all who gave a PIN in this sign-in session."""

    @property
    def name(self) -> str: ...

    @property
    def actors(self) -> Mapping[str, object]: ...
