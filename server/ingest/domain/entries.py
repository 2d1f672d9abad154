"""A batch as numbered entries: records and gaps in one order, each with its hash."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from operator import attrgetter

import msgspec

from protocol.messages.digest import digest_encoded, encode_entry
from protocol.messages.uplink import GapDeclaration, UplinkBatch


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """What is known of an entry that is stored: its numbers and its hash."""

    first_seq: int
    last_seq: int
    digest: bytes


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One record (one number) or gap (one or more) on its way into the archive."""

    first_seq: int
    last_seq: int
    digest: bytes  # BLAKE2b-64 of `encoded`
    strap: str
    is_gap: bool
    encoded: bytes  # MessagePack of the record or gap, as the digest saw it


def number_entries(batch: UplinkBatch) -> list[Entry]:
    """The batch's entries in the order of their numbers."""
    entries = []
    for record in batch.records:
        encoded = encode_entry(record)
        digest = digest_encoded(encoded)
        entries.append(Entry(record.seq, record.seq, digest, record.strap, False, encoded))
    if batch.gaps:
        entries += [_number_gap(gap) for gap in batch.gaps]
        entries.sort(key=attrgetter("first_seq"))
    return entries


def compute_content_hash(gateway: str, epoch: str, entries: Iterable[Entry]) -> bytes:
    """BLAKE2b-256 of a batch's entries and whose they are: the same however it was packed."""
    content = blake2b(f"{gateway}\n{epoch}\n".encode(), digest_size=32)
    for entry in entries:
        content.update(entry.digest)
    return content.digest()


def _number_gap(gap: GapDeclaration) -> Entry:
    encoded = encode_entry(gap)
    return Entry(gap.first_seq, gap.last_seq, digest_encoded(encoded), gap.strap, True, encoded)
