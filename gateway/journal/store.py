"""The journal: what was received, numbered, synced before it counts, kept until it is safe."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from gateway.journal.entries import Entry, Runs, Silence, Unnumbered
from gateway.journal.heard import Streams
from gateway.journal.late_ends import FirstRoster
from protocol.identifiers import Epoch


@dataclass(frozen=True, slots=True)
class JournalState:
    """Where a journal stands. Entries `acknowledged` + 1 to `next_seq` - 1 wait to be sent."""

    epoch: Epoch
    next_seq: int
    acknowledged: int
    n_entries: int  # still stored, acknowledged ones included
    n_quarantined: int
    n_damaged: int  # found since the start, each with a gap in its place
    settings: dict[str, str]  # of the store, as read back from it
    oldest_wall_ns: int | None = None  # when the oldest entry still stored came; None: none can say


class Journal(Protocol):
    """One writer's journal. Every method returns after its change is committed and synced.

    Raises JournalFullError if there is no room (and nothing was changed), JournalBusyError if
    another program holds the store (try again), JournalCorruptError if the store is damaged, and
    JournalError if it can't be trusted any more: stop.
    """

    @property
    def epoch(self) -> Epoch:
        """The life of the numbering in force."""

    @property
    def next_seq(self) -> int:
        """The number that the next entry gets; numbers start at 1 and are never used twice."""

    @property
    def acknowledged(self) -> int:
        """The server keeps every number up to and including this one."""

    @property
    def owes_inheritance(self) -> bool:
        """Whether a damaged journal before this one is still to be asked; see `inherit`."""

    def append(self, entries: Sequence[Unnumbered]) -> int:
        """Keep entries under the next numbers, all or none; returns the last number given."""

    def read_after(self, seq: int, max_entries: int, max_bytes: int) -> list[Entry]:
        """Entries after a number, in order: at least one if there is one, then within the limits.

        An entry that no longer matches its digest comes as a JOURNAL_DAMAGED gap with its number.
        """

    def acknowledge(self, watermark: int, wall_ns: int) -> None:
        """The server keeps everything up to `watermark`; a lower one than before is ignored."""

    def prune(self, acknowledged_before_ns: int | None, limit: int) -> int:
        """Drop up to `limit` entries acknowledged before that wall time (None: at any time).

        Returns how many went. What isn't acknowledged never goes.
        """

    def pruned_after(self, seq: int) -> list[Silence]:
        """A SERVER_LOST gap for every stretch of which an entry above a number was pruned.

        To the minute: entries up to `seq` of the first minute lie in it as well.
        """

    def quarantine(self, seq: int) -> None:
        """Put a QUARANTINED gap in the place of a record and keep its bytes aside; gaps stay."""

    def put_back(self, seq: int) -> bool:
        """Undo `quarantine`; False if nothing was in quarantine for that number."""

    def open_epoch(self, after: int, known: Runs, epoch: Epoch, wall_ns: int) -> None:
        """Begin a new numbering: entries above `after` and not in `known` move there, from 1 on."""

    def unclosed(self) -> Streams:
        """Up to when each stream was accounted for as the last run ended without a clean stop.

        Empty after a clean one: nothing was on its way then.
        """

    def note_roster(self, roster: FirstRoster) -> None:
        """Whose values this run expects from its first roster on; kept only while it is owed.

        Where the disk takes nothing now it is kept with the next entries, or with a clean stop.
        """

    def late_ends(self) -> Streams:
        """When each stream was first accounted for while that is owed; see late_ends.py."""

    def inherit(self, left: Streams) -> None:
        """Take over what a damaged journal before this one says of that: later runs ask here.

        With it nothing is owed any more.
        """

    def mark_clean_stop(self) -> None:
        """Nothing is on its way any more: what comes after is no gap of the gateway's."""

    def state(self) -> JournalState:
        """Where the journal stands now."""

    def reusable_bytes(self) -> int:
        """Room inside the store that pruned entries left, to be used again."""

    def close(self) -> None:
        """Let go of the store."""
