"""Movesense's GATT SensorData Protocol as a sensor writes it (movesense-commander)."""

from enum import IntEnum

import numpy as np

from firmware_sim.strap.wearer import IntArray

PROTOCOL_VERSION = 2  # as in the HELLO answer of movesense-commander's framing test
STANDARD_GRAVITY_MS2_PER_MG = 9.80665e-3
PART_BYTES = 150  # a longer payload goes out in two values


class Command(IntEnum):
    """First byte of a write. Others exist; none is simulated."""

    HELLO = 0
    SUBSCRIBE = 1
    UNSUBSCRIBE = 2


class Response(IntEnum):
    """First byte of what comes back."""

    COMMAND = 1
    DATA = 2
    DATA_PART2 = 3


class Status(IntEnum):
    """HTTP statuses, two bytes on the wire."""

    OK = 200
    NOT_FOUND = 404
    CONFLICT = 409
    NOT_IMPLEMENTED = 501
    INSUFFICIENT_STORAGE = 507


def encode_status(reference: int, status: Status) -> bytes:
    """Answer to any command but HELLO."""
    return bytes((Response.COMMAND, reference)) + status.to_bytes(2, "little")


def encode_hello(reference: int, texts: tuple[str, ...]) -> bytes:
    """Answer to HELLO, which has no status: serial, product, DFU address, app and its version."""
    body = b"".join(text.encode() + b"\x00" for text in texts)
    return bytes((Response.COMMAND, reference, PROTOCOL_VERSION)) + body


def encode_acceleration(reference: int, first_ms: int, samples_mg: IntArray) -> list[bytes]:
    """One or two values; `first_ms` is the FIRST sample's time since boot; samples are (n, 3)."""
    in_ms2 = (samples_mg * STANDARD_GRAVITY_MS2_PER_MG).astype(np.dtype("<f4"))
    payload = (first_ms & 0xFFFFFFFF).to_bytes(4, "little") + in_ms2.tobytes()
    parts = [bytes((Response.DATA, reference)) + payload[:PART_BYTES]]
    if len(payload) > PART_BYTES:
        parts.append(bytes((Response.DATA_PART2, reference)) + payload[PART_BYTES:])
    return parts
