"""A stored segment, checked and unpacked; the last ones are kept, for readers go on in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from protocol.messages.uplink import NotificationRecord
from server.ingest.domain.chunk import Damage, compute_provenance
from server.ingest.domain.entries import StoredEntry
from server.ingest.segments.codec import SegmentError
from server.ingest.segments.envelope import UnpackedSegment, make_entry, unpack_chunks
from server.ingest.segments.integrity import read_checked

# Of thirty straps and their neighbours: about 300 kB each, unpacked.
_KEPT_SEGMENTS: Final = 64


@dataclass(frozen=True, slots=True)
class SegmentChunk:
    """A chunk out of a segment whose bytes match their hash: server.ingest.stored_chunks says."""

    gateway: str
    epoch: str
    strap: str
    id: int
    run_id: int
    records: Sequence[NotificationRecord]

    @property
    def n_records(self) -> int:
        return len(self.records)

    def read_records(self, provenance: bytes) -> tuple[list[NotificationRecord], list[Damage]]:
        if self._is_from(provenance):
            return [*self.records], []
        reason = "its chunk's origin was changed"
        return [], [Damage(record.seq, self.strap, reason) for record in self.records]

    def read_characteristic(
        self, provenance: bytes, characteristic: str
    ) -> list[NotificationRecord]:
        if not self._is_from(provenance):
            return []
        return [record for record in self.records if record.characteristic == characteristic]

    def read_entries(self) -> list[StoredEntry]:
        return [StoredEntry(one.seq, one.seq, make_entry(one).digest) for one in self.records]

    def _is_from(self, provenance: bytes) -> bool:
        return compute_provenance(self.gateway, self.epoch, self.run_id) == provenance


@lru_cache(maxsize=_KEPT_SEGMENTS)
def open_segment(body: bytes, sha256: bytes, crc32: int) -> UnpackedSegment:
    """Raises SegmentError for one that is damaged beyond a single bit."""
    checked = read_checked(body, sha256, crc32)
    if checked is None:
        raise SegmentError("its bytes don't match their hash")
    return unpack_chunks(checked)
