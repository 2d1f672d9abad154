"""MessagePack both ways. Decoding is total: a message, or a ProtocolError."""

import msgspec

from protocol.errors import InvalidMessageError, UnsupportedMessageError
from protocol.messages.uplink import UPLINK_VERSION, LinkEvent, UplinkBatch

_batch_decoder = msgspec.msgpack.Decoder(UplinkBatch)
_link_decoder = msgspec.msgpack.Decoder(LinkEvent)
_version_decoder = msgspec.msgpack.Decoder(dict[str, msgspec.Raw])
_encoder = msgspec.msgpack.Encoder()


def encode_batch(batch: UplinkBatch) -> bytes:
    """The body of one upload."""
    return _encoder.encode(batch)


def decode_batch(body: bytes) -> UplinkBatch:
    """The batch in a body. Raises InvalidMessageError or UnsupportedMessageError."""
    try:
        version = msgspec.msgpack.decode(_version_decoder.decode(body)["v"])
    except KeyError:
        raise InvalidMessageError("the batch has no version field 'v'") from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidMessageError(f"not a MessagePack map: {error}") from None
    if version != UPLINK_VERSION:
        raise UnsupportedMessageError(version)
    try:
        return _batch_decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidMessageError(f"not an uplink batch: {error}") from None


def encode_link_event(event: LinkEvent) -> bytes:
    """The payload of a `gateway/link` record."""
    return _encoder.encode(event)


def decode_link_event(payload: bytes) -> LinkEvent:
    """The event in a `gateway/link` record's payload. Raises InvalidMessageError."""
    try:
        return _link_decoder.decode(payload)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InvalidMessageError(f"not a link event: {error}") from None
