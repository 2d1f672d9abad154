"""Polar device settings ("PFC"): what a strap can be set to, and answers to settings.

Source: polar-ble-sdk, BlePfcClient and BlePfcClientTest. The gateway reads these, never writes.
"""

from dataclasses import dataclass
from enum import IntEnum

from protocol.errors import MalformedPayloadError

ANSWER = 0xF0
FEATURE_BYTES = 2


class PfcStatus(IntEnum):
    """How a setting ended."""

    SUCCESS = 1
    NOT_SUPPORTED = 2
    INVALID_PARAMETER = 3
    FAILED = 4
    NOT_ALLOWED = 5


@dataclass(frozen=True, slots=True)
class PfcFeatures:
    """Which settings the strap knows."""

    broadcast: bool
    khz_5: bool
    ota: bool
    whisper: bool
    ble_mode: bool
    multi_connection: bool  # two receivers at once
    ant_plus: bool
    security: bool
    sensor_initiated_security: bool


@dataclass(frozen=True, slots=True)
class PfcAnswer:
    """Answer to one setting; `status` may be a number that no document names."""

    operation: int
    status: int
    payload: bytes

    @property
    def status_name(self) -> str:
        """Lower-case name of the status; `unknown_9` for one that no document names."""
        try:
            return PfcStatus(self.status).name.lower()
        except ValueError:
            return f"unknown_{self.status}"


def decode_pfc_features(payload: bytes) -> PfcFeatures:
    """Decode the feature characteristic. Raises MalformedPayloadError."""
    if len(payload) < FEATURE_BYTES:
        raise MalformedPayloadError("PFC features shorter than 2 bytes", payload)
    low, high = payload[:FEATURE_BYTES]
    return PfcFeatures(
        broadcast=bool(low & 0x01),
        khz_5=bool(low & 0x02),
        ota=bool(low & 0x04),
        whisper=bool(low & 0x10),
        ble_mode=bool(low & 0x40),
        multi_connection=bool(low & 0x80),
        ant_plus=bool(high & 0x01),
        security=bool(high & 0x02),
        sensor_initiated_security=bool(high & 0x08),
    )


def decode_pfc_answer(payload: bytes) -> PfcAnswer:
    """Decode an indication of the control point. Raises MalformedPayloadError."""
    if len(payload) < 3 or payload[0] != ANSWER:
        raise MalformedPayloadError("not a PFC answer of 3 bytes or more", payload)
    return PfcAnswer(payload[1], payload[2], bytes(payload[3:]))
