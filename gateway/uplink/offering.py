"""Entries of a journal no longer in force, offered to the server under their old numbers."""

import random
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from gateway.clock import AlarmClock
from gateway.journal.entries import Entry
from gateway.journal.memory_journal import MemoryJournal
from gateway.journal.store import Journal
from gateway.uplink.batching import SEND_EVERY_NS
from gateway.uplink.delivery_state import Delivery, Survey
from gateway.uplink.reports import UplinkReports
from gateway.uplink.uploader import BatchPost, Uploader
from gateway.waiting import wait_for
from protocol.identifiers import Epoch, GatewayId

T = TypeVar("T")

_REASON = "the server holds others under a damaged journal's numbers"


class _OwedCalls:
    """The owed entries are in memory: no thread is needed."""

    def __init__(self, journal: MemoryJournal) -> None:
        self._journal = journal

    async def call(self, work: Callable[[Journal], T]) -> T:
        return work(self._journal)


class _OfferReports(UplinkReports):
    """A new numbering is worth a sentence only if anything moved there."""

    def moved(self, n_entries: int, reason: str) -> None:
        if n_entries > 0:
            super().moved(n_entries, reason)


@dataclass(frozen=True, slots=True)
class Offering:
    """The way to the server for them, at a pace that leaves it to what is received now."""

    server: BatchPost
    clock: AlarmClock
    rng: random.Random
    gateway: Callable[[], GatewayId | None]
    reports: UplinkReports = field(default_factory=lambda: _OfferReports("handover"))

    async def offer(self, entries: Sequence[Entry], epoch: Epoch, first: int) -> None:
        """Returns once the server has all of them. `first`: where the numbers of these begin.

        What it holds under their numbers already stays there; what it holds otherwise goes up
        under a second numbering, the same one at every try, so that it moves once and not again.
        """
        second = Epoch(str(uuid.uuid5(uuid.NAMESPACE_OID, f"{epoch}/{first}")))
        owed = MemoryJournal.of_entries(epoch, entries, acknowledged=first - 1)
        begin = Delivery(first - 1, survey=Survey(first - 1, (), _REASON))
        uploader = Uploader(
            _OwedCalls(owed), self.server, self.clock, self.rng, lambda: second, self.reports, begin
        )
        while owed.acknowledged < owed.next_seq - 1:
            name = self.gateway()
            if name is not None:
                await uploader.send_once(name)
            await wait_for(self.clock, SEND_EVERY_NS)
