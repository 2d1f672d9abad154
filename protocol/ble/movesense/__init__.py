"""Movesense GATT SensorData Protocol: commands, responses, parts, measurements."""

from protocol.ble.movesense.commands import (
    Command,
    encode_command,
    encode_get,
    encode_hello,
    encode_restart,
    encode_set_logging,
    encode_set_utc_time,
    encode_subscribe,
    encode_unsubscribe,
)
from protocol.ble.movesense.joining import PartJoiner
from protocol.ble.movesense.measurements import (
    Measured,
    Series,
    decode_measurement,
    is_known_path,
)
from protocol.ble.movesense.responses import Hello, Response, ResponseKind, decode_response

__all__ = [
    "Command",
    "Hello",
    "Measured",
    "PartJoiner",
    "Response",
    "ResponseKind",
    "Series",
    "decode_measurement",
    "decode_response",
    "encode_command",
    "encode_get",
    "encode_hello",
    "encode_restart",
    "encode_set_logging",
    "encode_set_utc_time",
    "encode_subscribe",
    "encode_unsubscribe",
    "is_known_path",
]
