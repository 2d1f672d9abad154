"""Events in one order that doesn't depend on when they arrived, on corrected times (promise B5).

A tablet that has not met the server yet writes times of its own clock. Once it has, the offset it
learnt says where those times belong; a clock set back before that never reorders its entries.
What would leave the years that a text can say stays at their edge: no pair of entries, each
possible by itself, makes a session unreadable.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import clamp_utc_ms, format_utc_ms, parse_utc_ms
from protocol.ledger.kinds import KINDS

OrderKey = tuple[int, str, int, str]


@dataclass(frozen=True, slots=True)
class PlacedEvent:
    """An event, when it happened (ms since 1970), and its value with times corrected likewise."""

    event: LedgerEvent
    time_ms: int
    value: dict[str, Any] | None

    @property
    def key(self) -> OrderKey:
        """Time, and for equal times the tablet's own counting."""
        return (self.time_ms, self.event.device, self.event.device_seq, self.event.id)


def place_events(events: Iterable[LedgerEvent]) -> list[PlacedEvent]:
    """Every event once, in order. Events with one id are the same event."""
    unique = {event.id: event for event in events}
    by_device = sorted(unique.values(), key=lambda one: (one.device, one.device_seq, one.id))
    placed: list[PlacedEvent] = []
    for _, own in groupby(by_device, key=lambda one: one.device):
        placed += _place_device(list(own))
    return sorted(placed, key=lambda one: one.key)


def _place_device(events: Sequence[LedgerEvent]) -> list[PlacedEvent]:
    offsets = _fill_offsets([event.clock_offset_ms for event in events])
    placed: list[PlacedEvent] = []
    next_ms: int | None = None  # of the entry that the tablet made after this one
    for event, offset_ms in zip(reversed(events), reversed(offsets), strict=True):
        occurred_ms = time_ms = parse_utc_ms(event.occurred_at)
        if event.clock_offset_ms is None:
            time_ms += offset_ms
            time_ms = time_ms if next_ms is None else min(time_ms, next_ms)
        next_ms = time_ms = clamp_utc_ms(time_ms)
        placed.append(PlacedEvent(event, time_ms, _move_times(event, time_ms - occurred_ms)))
    return placed


def _fill_offsets(known: Sequence[int | None]) -> list[int]:
    """For every entry the offset that its tablet learnt next, else the one before it, else 0."""
    filled: list[int | None] = list(known)
    for at in range(len(filled) - 2, -1, -1):
        if filled[at] is None:
            filled[at] = filled[at + 1]
    for at in range(1, len(filled)):
        if filled[at] is None:
            filled[at] = filled[at - 1]
    return [offset or 0 for offset in filled]


def _move_times(event: LedgerEvent, by_ms: int) -> dict[str, Any] | None:
    if by_ms == 0 or event.value is None:
        return event.value
    moved = dict(event.value)
    for name in KINDS[event.kind].times:
        if moved[name] is not None:
            moved[name] = format_utc_ms(clamp_utc_ms(parse_utc_ms(moved[name]) + by_ms))
    return moved


def at_place_of(placed: PlacedEvent, root: PlacedEvent) -> PlacedEvent:
    """A corrected act, standing where the act stood that it corrects."""
    return replace(placed, time_ms=root.time_ms)
