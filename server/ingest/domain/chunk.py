"""How a strap's records lie in a chunk: one blob, so built that damage stays where it is.

The blob is provenance (8 bytes), an index of `n_records` rows, then each record's bytes. An index
row (number, place, length, hash) depends on no neighbour: a flipped bit, in the row or in the
bytes, costs that record and is seen (promise A9). One blob a chunk, because each further column
costs as much to insert as all the hashing.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from protocol.messages.digest import DIGEST_BYTES, digest_encoded
from protocol.messages.uplink import GapDeclaration, NotificationRecord
from server.ingest.domain.entries import Entry, StoredEntry

CHUNKS_PER_RUN: Final = 512  # ids of a run's chunks; an upload has at most 500 entries

_PROVENANCE_BYTES: Final = DIGEST_BYTES
_ROW: Final = struct.Struct(f"<QII{DIGEST_BYTES}s")  # number, place in blob, length, BLAKE2b-64

_record_decoder = msgspec.msgpack.Decoder(NotificationRecord)
_gap_decoder = msgspec.msgpack.Decoder(GapDeclaration)


@dataclass(frozen=True, slots=True)
class Damage:
    """An entry whose stored bytes no longer match their hash. `seq` is what its index says."""

    seq: int
    strap: str
    reason: str


def compute_provenance(gateway: str, epoch: str, run_id: int) -> bytes:
    """Ties chunks to their run: 8 bytes. A changed name or number no longer matches."""
    return digest_encoded(f"{gateway}\n{epoch}\n{run_id}".encode())


def pack_chunk(entries: Sequence[Entry], provenance: bytes) -> bytes:
    """The blob of one strap's records."""
    place = _PROVENANCE_BYTES + _ROW.size * len(entries)
    index = [provenance]
    for entry in entries:
        length = len(entry.encoded)
        index.append(_ROW.pack(entry.first_seq, place, length, entry.digest))
        place += length
    return b"".join([*index, *[entry.encoded for entry in entries]])


def read_index(blob: bytes, n_records: int) -> Iterator[StoredEntry]:
    """Numbers and hashes of a chunk's records, whatever became of their bytes."""
    for seq, _, _, digest in _iterate_rows(blob, n_records):
        yield StoredEntry(seq, seq, digest)


def unpack_chunk(
    blob: bytes, n_records: int, strap: str, provenance: bytes
) -> tuple[list[NotificationRecord], list[Damage]]:
    """Every record whose bytes match their hash, and every one whose don't.

    `strap` only names the damaged ones: whose a record is stands in its own bytes.
    """
    records: list[NotificationRecord] = []
    damages: list[Damage] = []
    # A bit that flipped in the provenance itself must not cost what every hash still vouches for.
    is_displaced = _count_differing_bits(blob[:_PROVENANCE_BYTES], provenance) > 1
    for seq, place, length, digest in _iterate_rows(blob, n_records):
        encoded = blob[place : place + length]
        record = _read_record(encoded, digest)
        if record is None or len(encoded) != length or record.seq != seq:
            damages.append(Damage(seq, strap, "bytes don't match their hash"))
        elif is_displaced:
            damages.append(Damage(seq, strap, "its chunk's origin was changed"))
        else:
            records.append(record)
    return records, damages


def unpack_characteristic(
    blob: bytes, n_records: int, provenance: bytes, characteristic: str
) -> list[NotificationRecord]:
    """Records of one characteristic whose bytes match their hash; others are hardly looked at."""
    if _count_differing_bits(blob[:_PROVENANCE_BYTES], provenance) > 1:
        return []
    name = characteristic.encode()
    found = []
    for seq, place, length, digest in _iterate_rows(blob, n_records):
        encoded = blob[place : place + length]
        if name in encoded:
            record = _read_record(encoded, digest)
            if record and (record.seq, record.characteristic) == (seq, characteristic):
                found.append(record)
    return found


def unpack_gap(body: bytes, digest: bytes) -> GapDeclaration | None:
    """The gap, or None when its bytes don't match their hash."""
    if digest_encoded(body) != digest:
        return None
    try:
        return _gap_decoder.decode(body)
    except msgspec.MsgspecError:
        return None


def _read_record(encoded: bytes, digest: bytes) -> NotificationRecord | None:
    if digest_encoded(encoded) != digest:
        return None
    try:
        return _record_decoder.decode(encoded)
    except msgspec.MsgspecError:
        return None


def _count_differing_bits(stored: bytes, expected: bytes) -> int:
    return (int.from_bytes(stored) ^ int.from_bytes(expected)).bit_count()


def _iterate_rows(blob: bytes, n_records: int) -> Iterator[tuple[int, int, int, bytes]]:
    end = _PROVENANCE_BYTES + _ROW.size * _count_rows(blob, n_records)
    yield from _ROW.iter_unpack(blob[_PROVENANCE_BYTES:end])


def _count_rows(blob: bytes, n_records: int) -> int:
    """How many rows the index has. Two places say so; the one that fits the blob's end is right."""
    told_by_first = 0
    if len(blob) >= _PROVENANCE_BYTES + _ROW.size:
        first_place = _ROW.unpack_from(blob, _PROVENANCE_BYTES)[1]
        told_by_first = (first_place - _PROVENANCE_BYTES) // _ROW.size
    for n_rows in (n_records, told_by_first):
        last = _PROVENANCE_BYTES + _ROW.size * (n_rows - 1)
        if n_rows > 0 and last + _ROW.size <= len(blob):
            _, place, length, _ = _ROW.unpack_from(blob, last)
            if place + length == len(blob):
                return n_rows
    n_fitting = max(0, (len(blob) - _PROVENANCE_BYTES) // _ROW.size)
    return max(0, min(n_records, n_fitting))
