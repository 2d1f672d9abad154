"""What holds of all that was written down: facts and acts with a value, found by kind."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from protocol.ledger.event import LedgerEvent
from server.sessions.domain.chains import Thing, find_things
from server.sessions.domain.placing import OrderKey, PlacedEvent, place_events


@dataclass(frozen=True, slots=True)
class Holding:
    """A fact or an act in its version that holds, standing in the place of its original."""

    kind: str
    about: str
    event: LedgerEvent
    value: dict[str, Any]
    root: PlacedEvent
    is_disputed: bool

    @property
    def place(self) -> OrderKey:
        return self.root.key


class Holdings:
    """Everything that holds in a session, in order."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self._by_kind: dict[str, list[Holding]] = {}
        self._by_about: dict[tuple[str, str], list[Holding]] = {}
        for thing in things:
            shown = thing.shown
            if shown is not None and shown.value is not None:
                held = Holding(
                    thing.kind,
                    thing.about,
                    shown.event,
                    shown.value,
                    thing.root,
                    bool(thing.disputed),
                )
                self._by_kind.setdefault(thing.kind, []).append(held)
                self._by_about.setdefault((thing.kind, thing.about), []).append(held)

    def __iter__(self) -> Iterator[Holding]:
        for holdings in self._by_kind.values():
            yield from holdings

    def of_kind(self, kind: str) -> Sequence[Holding]:
        """All of one kind, in order."""
        return self._by_kind.get(kind, [])

    def of(self, kind: str, about: str) -> Sequence[Holding]:
        """All of one kind about one thing, in order."""
        return self._by_about.get((kind, about), [])

    def fact(self, kind: str, about: str) -> Holding | None:
        """The fact of a kind about one thing."""
        found = self.of(kind, about)
        return found[0] if found else None


def hold_events(events: Iterable[LedgerEvent]) -> Holdings:
    """What holds of some events of one session."""
    return Holdings(find_things(place_events(events)))
