"""Where each strap was first met: what an address is compared with, in this run and the next."""

import asyncio
from collections.abc import Mapping

from gateway.straps.whereabouts import FirstUse
from protocol.identifiers import StrapId


class FirstUses:
    """One entry a strap that was ever identified; `changed` is set with each new one."""

    def __init__(self, known: Mapping[StrapId, FirstUse] | None = None) -> None:
        self._known = dict(known or {})
        self.changed = asyncio.Event()

    def find(self, strap: StrapId) -> FirstUse | None:
        """None for a strap that was never identified."""
        return self._known.get(strap)

    def note(self, strap: StrapId, first_use: FirstUse) -> None:
        """A strap was identified for the first time."""
        self._known[strap] = first_use
        self.changed.set()

    def all(self) -> dict[StrapId, FirstUse]:
        """Every entry at this moment."""
        return dict(self._known)
