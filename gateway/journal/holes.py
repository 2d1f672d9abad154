"""Stretches of numbers that nobody can read any more, between records that can be read. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from gateway.journal.entries import Entry
from gateway.journal.rows import moment_of, plain_moment, plain_strap
from protocol.identifiers import StrapId
from protocol.messages.uplink import NotificationRecord
from protocol.moments import ReceivedAt


@dataclass(frozen=True, slots=True)
class Hole:
    """Something was lost between two moments; nobody knows of which strap."""

    since: ReceivedAt
    until: ReceivedAt


class HoleFinder:
    """Fed with entries in the order of their numbers, above a number up to which all is known."""

    def __init__(self, known: int | None, neighbours: Iterable[Entry]) -> None:
        """`neighbours`: the entries just below and at `known`; they tell when a hole begins.

        `known` None: nobody knows; the first record is taken for the beginning.
        """
        self._after = known  # all numbers up to here are accounted for
        self._n_gaps = 0  # read since then
        self._before: NotificationRecord | None = None
        self.straps = set[StrapId]()  # of the records so far
        for entry in neighbours:
            if isinstance(entry, NotificationRecord):
                self._take(entry)
        self._after = known

    def follow(self, entries: Iterable[Entry]) -> list[Hole]:
        """The holes that these entries end."""
        holes = []
        for entry in entries:
            if not isinstance(entry, NotificationRecord):
                self._n_gaps += 1  # its moments are those of what it tells of
                continue
            if not self.is_whole(entry.seq - 1):
                holes.append(Hole(_moment(self._before or entry), _moment(entry)))
            self._take(entry)
        return holes

    def is_whole(self, last: int) -> bool:
        """Whether every number up to this one was read or lies in a hole that ended."""
        return self._after is None or last - self._after <= self._n_gaps

    @property
    def newest(self) -> ReceivedAt | None:
        """The moment of the newest record so far."""
        return None if self._before is None else _moment(self._before)

    def _take(self, record: NotificationRecord) -> None:
        self._before, self._after, self._n_gaps = record, record.seq, 0
        self.straps.add(plain_strap(record.strap))


def _moment(entry: Entry) -> ReceivedAt:
    return plain_moment(moment_of(entry))
