"""What the server promises, as a model, and a way to it that does what a test says."""

from collections.abc import Callable
from typing import TypeVar

from gateway.errors import (
    ArchiveForkError,
    BatchRefusedError,
    BatchTooLargeError,
    CredentialRefusedError,
    ServerUnreachableError,
    UplinkError,
)
from gateway.journal.memory_journal import MemoryJournal
from gateway.journal.store import Journal
from protocol.messages.codec import decode_batch
from protocol.messages.digest import compute_digest
from protocol.messages.uplink import BatchReceipt, GapDeclaration, NotificationRecord

T = TypeVar("T")


class DirectCalls:
    """The journal without a thread in between."""

    def __init__(self, journal: MemoryJournal) -> None:
        self.journal = journal

    async def call(self, work: Callable[[Journal], T]) -> T:
        return work(self.journal)


class ServerModel:
    """What `POST /api/v1/ingest` promises: idempotent for ever, forks refused, one watermark."""

    def __init__(self) -> None:
        self.stored: dict[tuple[str, int], NotificationRecord | GapDeclaration] = {}
        self.poison: set[bytes] = set()  # payloads that no server of this version takes
        self.takes_radio = True  # one of another version may refuse a batch for its radio report
        self.bodies: list[bytes] = []

    def take(self, body: bytes) -> BatchReceipt:
        batch = decode_batch(body)
        if batch.radio is not None and not self.takes_radio:
            raise BatchRefusedError("400")
        if any(record.payload in self.poison for record in batch.records):
            raise BatchRefusedError("422")
        entries = {r.seq: r for r in batch.records} | {g.first_seq: g for g in batch.gaps}
        known = {n for n in entries if (batch.epoch, n) in self.stored}
        same = {
            n
            for n in known
            if compute_digest(self.stored[batch.epoch, n]) == compute_digest(entries[n])
        }
        if known - same:
            raise ArchiveForkError("409", tuple((n, n) for n in sorted(same)))
        self.stored.update({(batch.epoch, n): entry for n, entry in entries.items()})
        self.bodies.append(body)
        return BatchReceipt(self.watermark(batch.epoch), "2026-11-22T12:00:00Z")

    def watermark(self, epoch: str) -> int:
        watermark = 0
        while (epoch, watermark + 1) in self.stored:
            watermark += 1
        return watermark

    def payloads(self) -> list[bytes]:
        return sorted(e.payload for e in self.stored.values() if isinstance(e, NotificationRecord))


class Wire:
    """The way to the server: does what the test says to the next posts, in order."""

    def __init__(self, server: ServerModel) -> None:
        self.server = server
        self.plan: list[str] = []
        self.offered: list[int] = []  # the first number of each batch, whatever became of it

    async def post_batch(self, body: bytes) -> BatchReceipt:
        self.offered.append(decode_batch(body).first_seq)
        fate = self.plan.pop(0) if self.plan else "through"
        errors: dict[str, UplinkError] = {
            "request lost": ServerUnreachableError("cut"),
            "busy": ServerUnreachableError("503", retry_after_s=1.0),
            "no token": CredentialRefusedError("401"),
            "too large": BatchTooLargeError("413"),
            "refused": BatchRefusedError("422"),
        }
        if fate in errors:
            raise errors[fate]
        receipt = self.server.take(body)
        if fate == "again":
            receipt = self.server.take(body)
        if fate == "old body again" and len(self.server.bodies) > 1:
            self.server.take(self.server.bodies[0])
        if fate == "answer lost":
            raise ServerUnreachableError("cut after the commit")
        return receipt
