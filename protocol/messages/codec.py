"""MessagePack both ways. Decoding is total: a message, or a ProtocolError.

A body is a stranger's until it is understood, so a batch is decoded twice: first its outline,
which builds nothing of what it lists, then, if that says it is ours and not too long, the whole.
"""

from typing import TypeVar

import msgspec

from protocol.errors import InvalidMessageError, OversizedMessageError, UnsupportedMessageError
from protocol.messages.uplink import MAX_BATCH_ENTRIES, UPLINK_VERSION, LinkEvent, UplinkBatch


class _Outline(msgspec.Struct):
    """What a body says of itself; fields that aren't named here are skipped unbuilt."""

    v: int | msgspec.UnsetType = msgspec.UNSET
    records: msgspec.Raw = msgspec.Raw()
    gaps: msgspec.Raw = msgspec.Raw()


_outline_decoder = msgspec.msgpack.Decoder(_Outline)
_batch_decoder = msgspec.msgpack.Decoder(UplinkBatch)
_link_decoder = msgspec.msgpack.Decoder(LinkEvent)
_encoder = msgspec.msgpack.Encoder()

T = TypeVar("T")


def encode_batch(batch: UplinkBatch) -> bytes:
    """The body of one upload."""
    return _encoder.encode(batch)


def decode_batch(body: bytes) -> UplinkBatch:
    """The batch in a body.

    Raises InvalidMessageError, UnsupportedMessageError or OversizedMessageError. None of them
    has a context: the error below would keep the body in memory for as long as it lives.
    """
    _check_outline(_decode(_outline_decoder, body, "an uplink batch"))
    return _decode(_batch_decoder, body, "an uplink batch")


def _check_outline(outline: _Outline) -> None:
    if outline.v is msgspec.UNSET:
        raise InvalidMessageError("the batch has no version field 'v'")
    if outline.v != UPLINK_VERSION:
        raise UnsupportedMessageError(outline.v)
    n_entries = read_array_length(outline.records) + read_array_length(outline.gaps)
    if n_entries > MAX_BATCH_ENTRIES:
        sentence = f"{n_entries} entries in a batch; send at most {MAX_BATCH_ENTRIES}"
        raise OversizedMessageError(sentence)


def read_array_length(encoded: msgspec.Raw | bytes) -> int:
    """How many elements an encoded array announces; 0 for what is no array.

    MessagePack specification, "array format family": 0x90–0x9f, dc + 16 bit, dd + 32 bit.
    """
    head = bytes(memoryview(encoded)[:5])
    match head[:1]:
        case b"\xdc":
            return int.from_bytes(head[1:3])
        case b"\xdd":
            return int.from_bytes(head[1:5])
        case marker if b"\x90" <= marker <= b"\x9f":
            return marker[0] - 0x90
    return 0


def encode_link_event(event: LinkEvent) -> bytes:
    """The payload of a `gateway/link` record."""
    return _encoder.encode(event)


def decode_link_event(payload: bytes) -> LinkEvent:
    """The event in a `gateway/link` record's payload. Raises InvalidMessageError."""
    return _decode(_link_decoder, payload, "a link event")


def _decode(decoder: msgspec.msgpack.Decoder[T], encoded: bytes, what: str) -> T:
    try:
        return decoder.decode(encoded)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        reason = str(error)
    raise InvalidMessageError(f"not {what}: {reason}")
