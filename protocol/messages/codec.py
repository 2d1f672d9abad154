"""MessagePack both ways. Decoding is total: a message, or a ProtocolError.

A body is a stranger's until it is understood, so a batch is decoded twice: first its outline,
which builds nothing of what it lists, then, if that says it is ours and not too long, the whole.
What it says of its radio beside its entries is read by itself: it may hold up none of them.
"""

from typing import TypeVar

import msgspec

from protocol.errors import InvalidMessageError, OversizedMessageError, UnsupportedMessageError
from protocol.messages.uplink import (
    MAX_BATCH_ENTRIES,
    UPLINK_VERSION,
    EntryBatch,
    LinkEvent,
    RadioReport,
    UplinkBatch,
)


class _Outline(msgspec.Struct):
    """What a body says of itself; fields that aren't named here are skipped unbuilt."""

    v: int | msgspec.UnsetType = msgspec.UNSET
    records: msgspec.Raw = msgspec.Raw()
    gaps: msgspec.Raw = msgspec.Raw()
    radio: msgspec.Raw = msgspec.Raw()


_outline_decoder = msgspec.msgpack.Decoder(_Outline)
_entries_decoder = msgspec.msgpack.Decoder(EntryBatch)
_radio_decoder = msgspec.msgpack.Decoder(RadioReport | None)
_link_decoder = msgspec.msgpack.Decoder(LinkEvent)
_encoder = msgspec.msgpack.Encoder()
_BATCH = "an uplink batch"

T = TypeVar("T")


def encode_batch(batch: UplinkBatch) -> bytes:
    """The body of one upload."""
    return _encoder.encode(batch)


def decode_batch(body: bytes) -> UplinkBatch:
    """The batch in a body; its radio report is None where it isn't one, see `read_batch`.

    Raises InvalidMessageError, UnsupportedMessageError or OversizedMessageError. None of them
    has a context: the error below would keep the body in memory for as long as it lives.
    """
    batch, _ = read_batch(body)
    return batch


def read_batch(body: bytes) -> tuple[UplinkBatch, str | None]:
    """The same, and why its radio report is taken as none; None where it is one or there is none.

    Raises what `decode_batch` raises.
    """
    outline = _decode(_outline_decoder, body, _BATCH)
    _check_outline(outline)
    entries = _decode(_entries_decoder, body, _BATCH)
    radio, fault = _read_radio(outline)
    return UplinkBatch(**msgspec.structs.asdict(entries), radio=radio), fault


def _read_radio(outline: _Outline) -> tuple[RadioReport | None, str | None]:
    encoded = memoryview(outline.radio)
    if not encoded:
        return None, None
    try:
        return _decode(_radio_decoder, encoded, "a radio report"), None
    except InvalidMessageError as error:
        return None, str(error)


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


def _decode(decoder: msgspec.msgpack.Decoder[T], encoded: bytes | memoryview, what: str) -> T:
    try:
        return decoder.decode(encoded)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        reason = str(error)
    raise InvalidMessageError(f"not {what}: {reason}")
