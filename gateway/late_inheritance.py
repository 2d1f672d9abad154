"""Where the gaps of a run that died begin, known only after later runs have written already.

Of each stream it is over with the first value in the journal since, or with the row that took its
strap off the roster, in whichever run that was; of the others the straps are told (record 0027).
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol, TypeVar

from gateway.journal.entries import Entry, first_number
from gateway.journal.heard import MEASURED, Streams, ends_account
from gateway.journal.inheritance import keep_inherited
from gateway.journal.rows import moment_of
from gateway.journal.store import Journal
from gateway.straps.gaps import Gap
from gateway.straps.recorder import Recorder
from protocol.identifiers import StrapId
from protocol.messages.uplink import LINK_CHARACTERISTIC, GapReason, NotificationRecord

T = TypeVar("T")

_AT_ONCE = 1000  # entries: the commits beside it wait for some tens of milliseconds
_BYTES_AT_ONCE = 1 << 20


class JournalRecorder(Recorder, Protocol):
    """A recorder whose journal can be asked."""

    async def call(self, work: Callable[[Journal], T]) -> T:
        """Do something with the journal, in turn with the commits; raises what it raises."""


class Straps(Protocol):
    """Who goes on with gaps that are open."""

    def resume(self, unclosed: Streams) -> Streams:
        """Returns those that are open still."""


async def resume_late(left: Streams, commits: JournalRecorder, straps: Straps) -> None:
    """Declare what is over, have the straps go on with the rest, and the journal know of it.

    In this order: a gateway that is killed in between does it again at its next start.
    """
    ends = await _read_ends(left, commits)
    for strap, gap in find_over(left, ends):
        commits.declare_gap(strap, gap.reason, gap.since, gap.until, gap.characteristic)
    still_open = straps.resume({stream: at for stream, at in left.items() if stream not in ends})
    await commits.sync()
    await commits.call(lambda journal: keep_inherited(journal, still_open))


async def _read_ends(left: Streams, commits: JournalRecorder) -> Streams:
    ends: Streams = {}
    last = 0
    while left.keys() - ends.keys():
        entries = await commits.call(partial(_read_some, last))
        if not entries:
            break
        note_ends(ends, left, entries)
        last = first_number(entries[-1])
    return ends


def _read_some(after: int, journal: Journal) -> list[Entry]:
    return journal.read_after(after, _AT_ONCE, _BYTES_AT_ONCE)


def note_ends(ends: Streams, left: Streams, entries: Iterable[Entry]) -> None:
    """Add when each stream of `left` was first accounted for again."""
    for entry in entries:
        if not isinstance(entry, NotificationRecord):
            continue
        strap = StrapId(entry.strap)
        over = {entry.characteristic}
        if entry.characteristic in MEASURED:
            over.add(LINK_CHARACTERISTIC)
        elif entry.characteristic == LINK_CHARACTERISTIC:
            is_last = ends_account(entry.payload)
            over = {name for owner, name in left if owner == strap} if is_last else set()
        for stream in {(strap, name) for name in over} & left.keys():
            ends.setdefault(stream, moment_of(entry))


def find_over(left: Streams, ends: Streams) -> list[tuple[StrapId, Gap]]:
    """The gaps that are over: a stream's own; the whole strap's where only its link was up."""
    gaps = []
    for (strap, name), until in ends.items():
        since = left[strap, name]
        if name in MEASURED:
            gaps.append((strap, Gap(GapReason.GATEWAY_DOWN, since, until, name)))
        elif name == LINK_CHARACTERISTIC and not any((strap, one) in left for one in MEASURED):
            gaps.append((strap, Gap(GapReason.GATEWAY_DOWN, since, until)))
    return gaps
