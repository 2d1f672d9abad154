"""A short hash of a journal entry: shows a flipped bit and tells a fork of the numbering."""

from hashlib import blake2b

import msgspec

from protocol.messages.uplink import GapDeclaration, NotificationRecord

DIGEST_BYTES = 8  # BLAKE2b-64: detects damage and forks; it is no signature

_encoder = msgspec.msgpack.Encoder()


def encode_entry(entry: NotificationRecord | GapDeclaration) -> bytes:
    """The entry's MessagePack form, as its digest sees it."""
    return _encoder.encode(entry)


def digest_encoded(encoded: bytes) -> bytes:
    """BLAKE2b-64 over an entry in its MessagePack form; 8 bytes."""
    return blake2b(encoded, digest_size=DIGEST_BYTES).digest()


def compute_digest(entry: NotificationRecord | GapDeclaration) -> bytes:
    """BLAKE2b-64 over the entry's MessagePack form; 8 bytes."""
    return digest_encoded(encode_entry(entry))
