"""A short hash of a journal entry: shows a flipped bit and tells a fork of the numbering."""

from hashlib import blake2b

import msgspec

from protocol.messages.uplink import GapDeclaration, NotificationRecord

DIGEST_BYTES = 8  # BLAKE2b-64: detects damage and forks; it is no signature

_encoder = msgspec.msgpack.Encoder()


def compute_digest(entry: NotificationRecord | GapDeclaration) -> bytes:
    """BLAKE2b-64 over the entry's MessagePack form; 8 bytes."""
    return blake2b(_encoder.encode(entry), digest_size=DIGEST_BYTES).digest()
