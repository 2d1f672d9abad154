"""Where the gaps of a run that died begin, known only after later runs have written already.

When each of them is over, the journal has noted since, in whichever run that was; of those that
aren't, the straps are told (record 0027).
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Protocol, TypeVar

from gateway.journal.heard import MEASURED, Streams
from gateway.journal.inheritance import keep_inherited, keep_roster
from gateway.journal.late_ends import FirstRoster, find_end
from gateway.journal.store import Journal
from gateway.straps.accounts import Gap
from gateway.straps.boots import is_later
from gateway.straps.recorder import Recorder
from protocol.identifiers import StrapId
from protocol.messages.uplink import LINK_CHARACTERISTIC, GapReason
from protocol.moments import ReceivedAt

T = TypeVar("T")


class JournalRecorder(Recorder, Protocol):
    """A recorder whose journal can be asked."""

    async def call(self, work: Callable[[Journal], T]) -> T:
        """Do something with the journal, in turn with the commits; raises what it raises."""


class Straps(Protocol):
    """Who goes on with gaps that are open."""

    @property
    def first_roster(self) -> FirstRoster | None:
        """This run's, once it has come."""

    async def wait_for_roster(self) -> FirstRoster:
        """The same."""

    def resume(self, unclosed: Streams) -> Streams | None:
        """Returns those that are open still; None if they go on with nothing any more."""


async def note_first_roster(commits: JournalRecorder, straps: Straps) -> None:
    """Whoever isn't on it is expected no more: a search that ends in a later run must know."""
    roster = await straps.wait_for_roster()
    await commits.call(partial(keep_roster, roster=roster))


async def note_clean_stop(commits: JournalRecorder, at: ReceivedAt) -> None:
    """From then on nobody is expected, as by a roster with nobody on it: the gateway is off."""
    await commits.call(partial(keep_roster, roster=FirstRoster(at, frozenset())))


async def resume_late(left: Streams, commits: JournalRecorder, straps: Straps) -> None:
    """Declare what is over, have the straps go on with the rest, and the journal know of it.

    In this order: a gateway that is killed in between does it again at its next start.
    """
    await commits.sync()  # what ends a gap is noted with the row that says so
    ends = await commits.call(partial(_read_ends, roster=straps.first_roster))
    still_open = straps.resume(find_open(left, ends))
    if still_open is not None:  # no stop in between ends it: all would be told twice
        await asyncio.shield(_take_over(find_over(left, ends), still_open, commits))


async def _take_over(
    over: Iterable[tuple[StrapId, Gap]], still_open: Streams, commits: JournalRecorder
) -> None:
    for strap, gap in over:
        commits.declare_gap(strap, gap.reason, gap.since, gap.until, gap.characteristic)
    await commits.sync()
    await commits.call(lambda journal: keep_inherited(journal, still_open))


def _read_ends(journal: Journal, roster: FirstRoster | None) -> Streams:
    if roster is not None:
        keep_roster(journal, roster)
    return journal.late_ends()


def find_over(left: Streams, ends: Streams) -> list[tuple[StrapId, Gap]]:
    """The gaps that are over: each whole strap's, then what is left of its streams' own."""
    whole = _find_whole(left, ends)
    gaps = [*whole.items()]
    for (strap, name), goes_on in _go_on(left, ends, whole).items():
        since, until = left[strap, name], find_end(ends, (strap, name)) or goes_on
        if strap in whole:  # which may be over later: a stream can be withdrawn before
            since, until = goes_on, until if is_later(until, goes_on) else goes_on
        if name in MEASURED and until != since:
            gaps.append((strap, Gap(GapReason.GATEWAY_DOWN, since, until, name)))
    return gaps


def find_open(left: Streams, ends: Streams) -> Streams:
    """The others; with an open link whatever came over it, for its gap begins there."""
    waiting = {stream for stream in _find_telling(left) if find_end(ends, stream) is None}
    linked = {strap for strap, name in waiting if name == LINK_CHARACTERISTIC}
    going_on = _go_on(left, ends, _find_whole(left, ends))
    return {s: at for s, at in going_on.items() if s in waiting or s[0] in linked}


def _find_whole(left: Streams, ends: Streams) -> dict[StrapId, Gap]:
    """Where a link was up and a stream had no value yet: its first ones may have died as well.

    Up to the first value of any stream: none that is kept lies before it.
    """
    whole: dict[StrapId, Gap] = {}
    for strap in sorted({owner for owner, name in left if name == LINK_CHARACTERISTIC}):
        heard = [name for name in MEASURED if (strap, name) in left]
        told = heard[0] if heard else LINK_CHARACTERISTIC
        until = find_end(ends, (strap, LINK_CHARACTERISTIC)) or find_end(ends, (strap, told))
        if len(heard) < len(MEASURED) and until is not None:
            whole[strap] = Gap(GapReason.GATEWAY_DOWN, left[strap, told], until)
    return whole


def _go_on(left: Streams, ends: Streams, whole: Mapping[StrapId, Gap]) -> Streams:
    """Where each one's own gap goes on: as its strap's is over; if it is open, with the last value
    of one that isn't, for its strap's next gap begins there.
    """
    later = {s: whole[s[0]].until if s[0] in whole else at for s, at in left.items()}
    over = {s for s in left if s[1] in MEASURED and find_end(ends, s) is not None}
    for stream in later.keys() - over:
        for other in over:
            if other[0] == stream[0] and is_later(left[other], later[stream]):
                later[stream] = left[other]
    return later


def _find_telling(left: Streams) -> Streams:
    """Streams; a link is open only of a strap that had sent of none of them."""
    heard = {strap for strap, name in left if name in MEASURED}
    return {
        (strap, name): at
        for (strap, name), at in left.items()
        if name in MEASURED or (name == LINK_CHARACTERISTIC and strap not in heard)
    }
