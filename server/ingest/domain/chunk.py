"""How a strap's records lie in a chunk: bytes behind an index, so that damage stays where it is.

Each record has an index row of its own (number, place, length, hash) and none depends on a
neighbour: a flipped bit, in the row or in the bytes, costs that record and is seen (promise A9).
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from protocol.messages.digest import DIGEST_BYTES, digest_encoded
from protocol.messages.uplink import GapDeclaration, NotificationRecord
from server.ingest.domain.entries import Entry, StoredEntry

_INDEX_ROW: Final = struct.Struct(f"<QII{DIGEST_BYTES}s")  # number, place, length, BLAKE2b-64

_record_decoder = msgspec.msgpack.Decoder(NotificationRecord)
_gap_decoder = msgspec.msgpack.Decoder(GapDeclaration)


@dataclass(frozen=True, slots=True)
class Damage:
    """An entry whose stored bytes no longer match their hash. `seq` is what its index says."""

    seq: int
    strap: str
    reason: str


def pack_chunk(entries: Sequence[Entry]) -> tuple[bytes, bytes]:
    """(record_index, body) of one strap's records."""
    place = 0
    rows = []
    for entry in entries:
        length = len(entry.encoded)
        rows.append(_INDEX_ROW.pack(entry.first_seq, place, length, entry.digest))
        place += length
    return b"".join(rows), b"".join([entry.encoded for entry in entries])


def compute_provenance(gateway: str, epoch: str, run_id: int, strap: str) -> bytes:
    """Ties a chunk to its place: 8 bytes. A changed column of the row no longer matches."""
    return digest_encoded(msgspec.msgpack.encode((gateway, epoch, run_id, strap)))


def read_index(record_index: bytes) -> Iterator[StoredEntry]:
    """Numbers and hashes of a chunk's records, without its body."""
    for seq, _, _, digest in _INDEX_ROW.iter_unpack(_whole_rows(record_index)):
        yield StoredEntry(seq, seq, digest)


def unpack_chunk(
    record_index: bytes, body: bytes, strap: str
) -> tuple[list[NotificationRecord], list[Damage]]:
    """Every record whose bytes match their hash, and every one whose don't."""
    records: list[NotificationRecord] = []
    damages: list[Damage] = []
    for seq, place, length, digest in _INDEX_ROW.iter_unpack(_whole_rows(record_index)):
        encoded = body[place : place + length]
        record = _read_record(encoded, digest)
        if record is None or len(encoded) != length or (record.seq, record.strap) != (seq, strap):
            damages.append(Damage(seq, strap, "bytes don't match their hash"))
        else:
            records.append(record)
    return records, damages


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


def _whole_rows(record_index: bytes) -> bytes:
    return record_index[: len(record_index) // _INDEX_ROW.size * _INDEX_ROW.size]
