"""When each stream was first accounted for again, noted while it isn't known since when it wasn't.

A journal that owes what a damaged one before it says (record 0027) keeps this beside its stamps,
under names that are no stream's, in the transaction of the entry that says so: nothing is read
back, so it is no matter what is pruned, damaged or numbered anew by the time of the answer. Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from gateway.journal.entries import Observation, Unnumbered
from gateway.journal.heard import MEASURED, Stream, Streams
from gateway.journal.link_rows import ends_account, find_withdrawn
from gateway.journal.rows import UNKNOWN_STRAP
from gateway.journal.stamp_table import OWED
from protocol.messages.uplink import LINK_CHARACTERISTIC
from protocol.moments import ReceivedAt

_OVER, _AWAITED = OWED + "over/", OWED + "awaited/"
_ROSTER = (UNKNOWN_STRAP, OWED + "roster")


@dataclass(frozen=True, slots=True)
class FirstRoster:
    """When a run's first roster came, and the streams and links that it lets expect."""

    came: ReceivedAt
    expected: frozenset[Stream]


def follow_ends(ends: Streams, entries: Iterable[Unnumbered]) -> Streams:
    """What is noted with these entries: each stream is over once, however often it comes back."""
    after = dict(ends)
    for entry in entries:
        if isinstance(entry, Observation):
            for name in _over_with(entry):
                after.setdefault((entry.strap, _OVER + name), entry.received)
    return after


def follow_roster(ends: Streams, roster: FirstRoster) -> Streams:
    """The same with a run's first roster: what it doesn't expect is over.

    Of all that the very first one doesn't, nobody knows the names yet: what it does is noted.
    """
    if _ROSTER not in ends:
        awaited = {(strap, _AWAITED + name): roster.came for strap, name in roster.expected}
        return awaited | ends | {_ROSTER: roster.came}
    awaited_before = {
        (strap, name.removeprefix(_AWAITED)) for strap, name in ends if name.startswith(_AWAITED)
    }
    missing = awaited_before - roster.expected
    return {(strap, _OVER + name): roster.came for strap, name in missing} | ends


def find_end(ends: Streams, stream: Stream) -> ReceivedAt | None:
    """When a stream, or a strap's link, was over; None if it is still to come back."""
    strap, name = stream
    if _ROSTER in ends and (strap, _AWAITED + name) not in ends:
        return ends[_ROSTER]
    return ends.get((strap, _OVER + name))


def _over_with(entry: Observation) -> tuple[str, ...]:
    """A link that was open is over with the first value of any stream."""
    if entry.characteristic in MEASURED:
        return entry.characteristic, LINK_CHARACTERISTIC
    if entry.characteristic != LINK_CHARACTERISTIC:
        return ()
    if ends_account(entry.payload):
        return *MEASURED, LINK_CHARACTERISTIC
    withdrawn = find_withdrawn(entry.payload)
    return () if withdrawn is None else (withdrawn,)
