"""Commands to a Movesense sensor: `[code][reference, not 0][payload]`.

Source: movesense-device-lib, samples/gatt_sensordata_app;
movesense-commander, docs/gsp-protocol.md.
"""

from enum import IntEnum

SYSTEM_MODE_RESTART = 5  # answered with 202; the one cure for an exhausted request pool (429)


class Command(IntEnum):
    """First byte of a command. The sample application's firmware knows 0 to 3 only."""

    HELLO = 0
    SUBSCRIBE = 1
    UNSUBSCRIBE = 2
    FETCH_LOG = 3
    GET = 4
    CLEAR_LOGBOOK = 5
    PUT_DATALOGGER_CONFIG = 6
    PUT_SYSTEM_MODE = 7
    PUT_UTC_TIME = 8
    PUT_DATALOGGER_STATE = 9


class LoggingState(IntEnum):
    """Payload of PUT_DATALOGGER_STATE."""

    STOPPED = 2
    LOGGING = 3


def encode_command(command: Command, reference: int, payload: bytes = b"") -> bytes:
    """One command; its responses carry `reference` (1 to 255). Raises ValueError for others."""
    if not 1 <= reference <= 0xFF:
        raise ValueError(f"reference {reference} is not 1 to 255")
    return bytes((command, reference)) + payload


def encode_hello(reference: int) -> bytes:
    """Who are you?"""
    return encode_command(Command.HELLO, reference)


def encode_subscribe(reference: int, path: str) -> bytes:
    """Send what this path measures, as DATA with this reference, until unsubscribed."""
    return encode_command(Command.SUBSCRIBE, reference, _path(path))


def encode_unsubscribe(reference: int) -> bytes:
    """End the subscription that has this reference."""
    return encode_command(Command.UNSUBSCRIBE, reference)


def encode_get(reference: int, path: str) -> bytes:
    """Read a path once."""
    return encode_command(Command.GET, reference, _path(path))


def encode_set_utc_time(reference: int, utc_us: int) -> bytes:
    """Set the clock: microseconds since 1970-01-01T00:00:00Z."""
    return encode_command(Command.PUT_UTC_TIME, reference, utc_us.to_bytes(8, "little"))


def encode_set_logging(reference: int, state: LoggingState) -> bytes:
    """Start or stop the sensor's own log."""
    return encode_command(Command.PUT_DATALOGGER_STATE, reference, bytes((state,)))


def encode_restart(reference: int) -> bytes:
    """Restart the sensor."""
    return encode_command(Command.PUT_SYSTEM_MODE, reference, bytes((SYSTEM_MODE_RESTART,)))


def _path(path: str) -> bytes:
    return path.encode("ascii") + b"\x00"  # some firmware takes it without the NUL, none refuses it
