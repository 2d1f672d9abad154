"""Notifications of a Movesense sensor: `[code][reference]…`.

Source: movesense-commander, docs/gsp-protocol.md and framing.test.ts.
"""

from dataclasses import dataclass
from enum import IntEnum

from protocol.errors import MalformedPayloadError

HEADER_BYTES = 2
STATUS_BYTES = 2
HTTP_STATUSES = range(100, 600)
SAMPLE_APP_GREETING = b"Hello"  # the sample application's whole answer to HELLO
SAMPLE_APP_POOL_FULL = b"\x01\xfb"  # its 507, sent big-endian


class ResponseKind(IntEnum):
    """First byte of a notification."""

    COMMAND_RESPONSE = 1
    DATA = 2
    DATA_PART2 = 3
    DATA_PART3 = 4


@dataclass(frozen=True, slots=True)
class Hello:
    """Who a sensor is; strings: serial, product, MAC of its updater, application, version."""

    version: int | None
    strings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """One notification. `payload` is what follows the header and, where there is one, the status.

    `status` is an HTTP status; None for data and for the answer to HELLO, which has none.
    """

    kind: ResponseKind
    reference: int
    status: int | None
    payload: bytes
    hello: Hello | None = None


def decode_response(notification: bytes) -> Response:
    """Decode one notification. Raises MalformedPayloadError."""
    if len(notification) < HEADER_BYTES:
        raise MalformedPayloadError("response shorter than its 2-byte header", notification)
    code, reference = notification[:HEADER_BYTES]
    if code not in tuple(ResponseKind):
        raise MalformedPayloadError(f"response of unknown kind {code}", notification)
    kind, payload = ResponseKind(code), bytes(notification[HEADER_BYTES:])
    if kind is not ResponseKind.COMMAND_RESPONSE:
        return Response(kind, reference, None, payload)
    status = _status(payload)
    if status is not None:
        return Response(kind, reference, status, payload[STATUS_BYTES:])
    hello = _hello(payload)
    if hello is None:
        raise MalformedPayloadError("answer with neither an HTTP status nor a name", notification)
    return Response(kind, reference, None, payload, hello)


def _status(payload: bytes) -> int | None:
    """The HTTP status, if there is one; nothing that answers HELLO can be mistaken for it.

    There the second byte is a letter of the serial: 0x20 or more, where a status has 0 to 2.
    """
    if payload == SAMPLE_APP_POOL_FULL:
        return int.from_bytes(payload, "big")
    if len(payload) < STATUS_BYTES:
        return None
    status = int.from_bytes(payload[:STATUS_BYTES], "little")
    return status if status in HTTP_STATUSES else None


def _hello(payload: bytes) -> Hello | None:
    if payload == SAMPLE_APP_GREETING:
        return Hello(None, (SAMPLE_APP_GREETING.decode("ascii"),))
    if len(payload) < 3 or payload[1] == 0 or payload[-1] != 0:
        return None  # no serial, or a string without its NUL
    try:
        texts = payload[1:-1].decode("utf-8").split("\x00")
    except UnicodeDecodeError:
        return None
    return Hello(payload[0], tuple(texts))
