"""An archive in memory at the real seam: what live view and projections read in tests."""

import threading
from dataclasses import dataclass, field

from protocol.ble import uuids
from protocol.messages.codec import encode_link_event
from protocol.messages.uplink import (
    LINK_CHARACTERISTIC,
    GapDeclaration,
    LinkEvent,
    NotificationRecord,
)
from server.ingest.feed import ArchivedGap, ArchivedRecord, FeedPage, GatewayContact

S = 1_000_000_000
BOOT = "6f9d0d4c-0000-4000-8000-000000000001"


@dataclass
class MemoryFeed:
    """ArchiveFeed whose cursor counts uploads; one upload is one list of records."""

    gateway: str = "gym"
    uploads: list[list[ArchivedRecord]] = field(default_factory=list)
    gaps: dict[int, GapDeclaration] = field(default_factory=dict)  # by their upload's place
    contact_list: list[GatewayContact] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    n_records: int = 0

    def upload(self, *records: NotificationRecord) -> None:
        with self.lock:
            self.uploads.append([ArchivedRecord(self.gateway, "epoch", r) for r in records])

    def declare(self, gap: GapDeclaration) -> None:
        """One upload that holds a gap and nothing else."""
        with self.lock:
            self.gaps[len(self.uploads)] = gap
            self.uploads.append([])

    def hear(self, heard_monotonic_ns: int, offset_ns: int = 0, boot_id: str | None = BOOT) -> None:
        contact = GatewayContact(self.gateway, boot_id, offset_ns, 0, heard_monotonic_ns)
        with self.lock:
            self.contact_list[:] = [contact]

    def record(
        self, strap: str, characteristic: str, payload: bytes, monotonic_ns: int, wall_ns: int = 0
    ) -> NotificationRecord:
        self.n_records += 1
        return NotificationRecord(
            self.n_records, strap, characteristic, BOOT, monotonic_ns, wall_ns, payload
        )

    def heart_rate(
        self, strap: str, bpm: int, monotonic_ns: int, rr: int = 0
    ) -> NotificationRecord:
        """`16 hh rr rr` with an interval, else `06 hh`: contact told and held."""
        payload = bytes([0x16, bpm]) + rr.to_bytes(2, "little") if rr else bytes([0x06, bpm])
        return self.record(strap, uuids.HEART_RATE_MEASUREMENT, payload, monotonic_ns)

    def battery(self, strap: str, percent: int, monotonic_ns: int) -> NotificationRecord:
        return self.record(strap, "read/2a19", bytes([percent]), monotonic_ns)

    def link(self, strap: str, phase: str, monotonic_ns: int) -> NotificationRecord:
        payload = encode_link_event(LinkEvent(phase=phase))
        return self.record(strap, LINK_CHARACTERISTIC, payload, monotonic_ns)

    def newest_cursor(self) -> int:
        with self.lock:
            return len(self.uploads)

    def read_after(self, cursor: int, limit_chunks: int = 500) -> FeedPage:
        with self.lock:
            chosen = self.uploads[cursor : cursor + limit_chunks]
            records = tuple(record for upload in chosen for record in upload)
            found = [self.gaps[at] for at in range(cursor, cursor + len(chosen)) if at in self.gaps]
        gaps = tuple(ArchivedGap(self.gateway, "epoch", gap) for gap in found)
        return FeedPage(records, gaps, cursor + len(chosen))

    def contacts(self) -> tuple[GatewayContact, ...]:
        with self.lock:
            return tuple(self.contact_list)
