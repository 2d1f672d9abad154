"""What is given up when the disk is full, in a fixed order, and the gaps that say so. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Self

from gateway.journal.entries import Observation, Silence, Unnumbered
from gateway.journal.heard import Stream, Streams
from protocol.ble import uuids
from protocol.identifiers import StrapId
from protocol.messages.uplink import LINK_CHARACTERISTIC, GapReason
from protocol.moments import ReceivedAt

SLICE_NS = 60_000_000_000  # an open gap is declared in slices, so that exports know of it early


class Keep(IntEnum):
    """How much is kept, from least to most. Movement goes first, heart rate last."""

    NOTHING = 0
    HEART_RATE = 1
    WITHOUT_MOVEMENT = 2
    EVERYTHING = 3


def least_level(characteristic: str) -> Keep:
    """The lowest level at which this characteristic is still kept."""
    if characteristic == uuids.PMD_DATA:
        return Keep.EVERYTHING
    if characteristic in {uuids.HEART_RATE_MEASUREMENT, LINK_CHARACTERISTIC}:
        return Keep.HEART_RATE
    return Keep.WITHOUT_MOVEMENT


@dataclass(slots=True)
class DropLedger:
    """Every stream that is being dropped, since when and until when."""

    kept: Streams = field(default_factory=dict)  # newest value kept of each stream
    dropped: dict[Stream, tuple[ReceivedAt, ReceivedAt]] = field(default_factory=dict)
    held: list[Unnumbered] = field(default_factory=list)  # came while nothing could be written
    n_dropped: int = 0

    def copy(self) -> Self:
        """So that a write that fails leaves the ledger as it was."""
        return replace(self, kept=dict(self.kept), dropped=dict(self.dropped), held=list(self.held))

    def is_dropping(self) -> bool:
        """Whether any gap or row about a link waits to be written."""
        return bool(self.dropped or self.held)

    def sift(self, entries: Iterable[Unnumbered], level: Keep) -> list[Unnumbered]:
        """What is kept of these at a level, in order, with the gaps that end here.

        Gaps and the few rows about links are never given up: on them rests what a dead gateway is
        said to have lost. What was dropped of a strap is declared before a row about its link.
        """
        sifted: list[Unnumbered] = []
        if level > Keep.NOTHING:
            sifted += self.held
            self.held = []
        for entry in entries:
            if isinstance(entry, Silence) or entry.characteristic == LINK_CHARACTERISTIC:
                told = [] if isinstance(entry, Silence) else self._declare(entry.strap)
                (sifted if level > Keep.NOTHING else self.held).extend([*told, entry])
            elif level >= least_level(entry.characteristic):
                sifted += self._close(entry)
                sifted.append(entry)
            else:
                self.drop(entry)
        return sifted

    def drop(self, value: Observation) -> None:
        """Note a value that isn't kept."""
        key = (value.strap, value.characteristic)
        since = self.dropped[key][0] if key in self.dropped else self.kept.get(key)
        self.dropped[key] = (since or value.received, value.received)
        self.n_dropped += 1

    def due(self, now_ns: int | None) -> list[Silence]:
        """Gaps open for a slice or longer; None: all that are open."""
        return [
            self._slice(key)
            for key, (since, _) in list(self.dropped.items())
            if now_ns is None or now_ns - since.monotonic_ns >= SLICE_NS
        ]

    def _declare(self, strap: StrapId) -> list[Silence]:
        return [self._slice(key) for key in list(self.dropped) if key[0] == strap]

    def _slice(self, key: Stream) -> Silence:
        """What was dropped up to now; what is dropped next goes on from there."""
        since, until = self.dropped.pop(key)
        self.kept[key] = until
        return Silence(key[0], GapReason.JOURNAL_FULL, since, until, key[1])

    def _close(self, entry: Observation) -> list[Silence]:
        key = (entry.strap, entry.characteristic)
        self.kept[key] = entry.received
        if key not in self.dropped:
            return []
        since, _ = self.dropped.pop(key)
        return [Silence(key[0], GapReason.JOURNAL_FULL, since, entry.received, key[1])]
