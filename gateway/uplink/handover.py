"""A damaged journal's unacknowledged entries on their way up, beside the journal in force."""

import logging
import random
import uuid
from collections.abc import Callable
from typing import Protocol, TypeVar

from gateway.clock import AlarmClock
from gateway.journal.inheritance import Inheritance, mark_handed_over, owed_journal
from gateway.journal.memory_journal import MemoryJournal
from gateway.journal.store import Journal
from gateway.straps.recorder import Recorder
from gateway.uplink.batching import SEND_EVERY_NS
from gateway.uplink.uploader import BatchPost, Uploader
from gateway.waiting import wait_for
from protocol.identifiers import Epoch, GatewayId

logger = logging.getLogger(__name__)

T = TypeVar("T")


class CommittingRecorder(Recorder, Protocol):
    """A recorder that can be told to write now."""

    async def commit(self) -> None:
        """Write all that waits."""


class _OwedCalls:
    """The owed entries are in memory: no thread is needed."""

    def __init__(self, journal: MemoryJournal) -> None:
        self._journal = journal

    async def call(self, work: Callable[[Journal], T]) -> T:
        return work(self._journal)


async def hand_over(
    inheritance: Inheritance,
    server: BatchPost,
    recorder: CommittingRecorder,
    clock: AlarmClock,
    rng: random.Random,
    gateway: Callable[[], GatewayId | None],
) -> None:
    """Send everything owed, declare what could not be read, then remember that it is done.

    May be cut off anywhere: the numbers are the old ones, so sending again changes nothing.
    """
    if inheritance.epoch is None:
        logger.error("%s: not even its epoch is readable; see 'journal salvage'", inheritance.path)
        return
    owed = owed_journal(inheritance, inheritance.epoch)
    # The same at every try: what the server refuses under its old number moves once, not again.
    second = Epoch(str(uuid.uuid5(uuid.NAMESPACE_OID, inheritance.epoch)))
    uploader = Uploader(_OwedCalls(owed), server, clock, rng, lambda: second)
    while owed.acknowledged < owed.next_seq - 1:
        name = gateway()
        if name is not None:
            await uploader.send_once(name)
        await wait_for(clock, SEND_EVERY_NS)  # what is received now comes first
    for hole in inheritance.holes:
        recorder.declare_gap(hole.strap, hole.reason, hole.since, hole.until)
    await recorder.commit()
    mark_handed_over(inheritance.path)
    n_owed, n_holes = len(inheritance.owed), len(inheritance.holes)
    file_name = inheritance.path.name
    logger.info("%s: %d entries handed over, %d gaps declared", file_name, n_owed, n_holes)
