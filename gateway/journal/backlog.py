"""What waits to be written, in order and within a bound, and what had to be lost. Pure."""

from dataclasses import dataclass

from gateway.journal.entries import Observation, Unnumbered
from protocol.identifiers import StrapId


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries of one write, and values newer than all of them that were lost."""

    entries: tuple[Unnumbered, ...] = ()
    lost: tuple[Observation, ...] = ()  # at most two a stream: its first and its last

    def __bool__(self) -> bool:
        return bool(self.entries or self.lost)


class Backlog:
    """Batches follow one another whole, so that a loss is declared before what came after it."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._waiting: list[Unnumbered] = []
        self._lost: list[Observation] = []
        self._in_flight = Batch()
        self.n_offered = self.n_written = self._n_taken = 0  # in all; lost ones included

    @property
    def n_entries(self) -> int:
        """Waiting or being written."""
        return len(self._waiting) + len(self._in_flight.entries)

    @property
    def is_in_flight(self) -> bool:
        """Whether a batch was taken and not yet written."""
        return bool(self._in_flight)

    def __bool__(self) -> bool:
        return bool(self._waiting or self._lost or self._in_flight)

    def offer(self, entry: Unnumbered) -> None:
        """Take an entry in; a value beyond the bound, or after a loss, is lost. Gaps always fit."""
        self.n_offered += 1
        is_full = bool(self._lost) or self.n_entries >= self._limit
        if is_full and isinstance(entry, Observation):
            self._lose(entry)
        else:
            self._waiting.append(entry)

    def take(self) -> Batch:
        """The batch to write now: the same one until it is `written`."""
        if not self._in_flight:
            self._in_flight = Batch(tuple(self._waiting), tuple(self._lost))
            self._waiting, self._lost = [], []
            self._n_taken = self.n_offered
        return self._in_flight

    def written(self) -> None:
        """The batch taken last is safe, and its loss declared."""
        self._in_flight = Batch()
        self.n_written = self._n_taken

    def _lose(self, value: Observation) -> None:
        """Remember only the ends of what each stream loses."""
        same = [n for n, v in enumerate(self._lost) if _stream(v) == _stream(value)]
        if len(same) > 1:
            del self._lost[same[-1]]
        self._lost.append(value)


def _stream(value: Observation) -> tuple[StrapId, str]:
    return value.strap, value.characteristic
