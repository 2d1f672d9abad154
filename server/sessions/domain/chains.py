"""Corrections that point at what they correct: which version holds, and where people disagree."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from protocol.ledger.canonical import encode_canonical
from protocol.ledger.kinds import KINDS, Sort
from server.sessions.domain.placing import OrderKey, PlacedEvent


@dataclass(frozen=True, slots=True)
class Thing:
    """A fact, or one act, with the version that holds.

    `shown` is None when it was voided. `root` is the original in whose place an act stands.
    `disputed` are the versions that a person must choose from; empty when all agree.
    """

    kind: str
    about: str
    root: PlacedEvent
    shown: PlacedEvent | None
    disputed: tuple[PlacedEvent, ...]

    @property
    def place(self) -> OrderKey:
        return self.root.key

    @property
    def versions(self) -> tuple[str, ...]:
        """Ids of what is disputed."""
        return tuple(one.event.id for one in self.disputed)


class _Chains:
    """Who corrects whom, among placed events of one session."""

    def __init__(self, placed: Sequence[PlacedEvent]) -> None:
        self._by_id = {one.event.id: one for one in placed}
        self._circling: set[str] = set()
        self._circling = {one.event.id for one in placed if self._leads_to_itself(one)}
        targets = [self.target(one) for one in placed]
        self._replaced = {target.event.id for target in targets if target is not None}

    def is_head(self, one: PlacedEvent) -> bool:
        return one.event.id not in self._replaced

    def target(self, one: PlacedEvent) -> PlacedEvent | None:
        """What an event corrects: it must be here, of the same kind, about the same.

        Corrections that go round in a circle correct nothing: all of them stay visible.
        """
        target = self._by_id.get(one.event.supersedes or "")
        if target is None or one.event.id in self._circling:
            return None
        same = (target.event.kind, target.event.about) == (one.event.kind, one.event.about)
        return target if same else None

    def ancestors(self, one: PlacedEvent) -> Iterator[PlacedEvent]:
        """The event and everything it goes back to, the original last."""
        current: PlacedEvent | None = one
        while current is not None:
            yield current
            current = self.target(current)

    def root(self, one: PlacedEvent) -> PlacedEvent:
        return list(self.ancestors(one))[-1]

    def _leads_to_itself(self, one: PlacedEvent) -> bool:
        seen: set[str] = set()
        current = self.target(one)
        while current is not None and current.event.id not in seen:
            seen.add(current.event.id)
            current = self.target(current)
        return one.event.id in seen


def find_things(placed: Sequence[PlacedEvent]) -> list[Thing]:
    """Every thing that the events speak of. `placed` is in order; so are the things' roots."""
    chains = _Chains(placed)
    heads: dict[tuple[str, ...], list[PlacedEvent]] = {}
    for one in placed:
        if chains.is_head(one):
            heads.setdefault(_thing_key(one, chains), []).append(one)
    things = [_make_thing(own, chains) for own in heads.values()]
    return sorted(things, key=lambda thing: thing.place)


def _thing_key(one: PlacedEvent, chains: _Chains) -> tuple[str, ...]:
    key = (one.event.kind, one.event.about)
    if KINDS[one.event.kind].sort is Sort.ACT:
        return (*key, chains.root(one).event.id)
    return key


def _make_thing(heads: Sequence[PlacedEvent], chains: _Chains) -> Thing:
    living = [head for head in heads if head.value is not None]
    shown = _keep_no(living) if living else None
    root = chains.root(shown or heads[0])
    disputed = tuple(_find_disputed(heads, living, chains))
    return Thing(heads[0].event.kind, heads[0].event.about, root, shown, disputed)


def _keep_no(living: Sequence[PlacedEvent]) -> PlacedEvent:
    """Of several the first, and the earliest no to her jumps: a yes of who hadn't heard of it
    hides none (decision 0024)."""
    said = [at for head in living if (at := (head.value or {}).get("locked_from"))]
    if not said:
        return living[0]
    return replace(living[0], value={**(living[0].value or {}), "locked_from": min(said)})


def _find_disputed(
    heads: Sequence[PlacedEvent], living: Sequence[PlacedEvent], chains: _Chains
) -> Iterable[PlacedEvent]:
    """Living versions that differ, and not only by since when a no counts; and a void, where
    somebody else corrected what it voids."""
    disputed: dict[str, PlacedEvent] = {}
    if len(living) > 1 and len({_tell_apart(head) for head in living}) > 1:
        disputed = {head.event.id: head for head in living}
    for void in heads:
        rivals = [] if void.value is not None else _find_rivals(void, living, chains)
        if rivals:
            disputed |= {one.event.id: one for one in (void, *rivals)}
    return [head for head in heads if head.event.id in disputed]


def _tell_apart(head: PlacedEvent) -> bytes:
    """What two versions agree on when it is the same: all but since when a no counts."""
    return encode_canonical({**(head.value or {}), "locked_from": None})


def _find_rivals(
    void: PlacedEvent, living: Sequence[PlacedEvent], chains: _Chains
) -> list[PlacedEvent]:
    voided = chains.target(void)
    if voided is None:
        return []
    return [
        head
        for head in living
        if any(one.event.id == voided.event.id for one in chains.ancestors(head))
    ]
