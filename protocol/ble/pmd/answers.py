"""What a PMD control point says: features when read; answers and events as indications."""

from dataclasses import dataclass

from protocol.ble.pmd.settings import Settings, decode_chosen_settings, decode_settings
from protocol.ble.pmd.vocabulary import (
    MEASUREMENT_MASK,
    Measurement,
    MeasurementState,
    Operation,
    Status,
    status_name,
)
from protocol.errors import MalformedPayloadError

ANSWER = 0xF0
EVENT_STOPPED = 0x01
# 0x0F by the document; polar-ble-tools takes 0x00 too (tests/unit/test_pmd.py).
FEATURE_MARKS = (0x0F, 0x00)

_FEATURE_BITS = {m: (1 + m // 8, 1 << m % 8) for m in Measurement}


@dataclass(frozen=True, slots=True)
class Features:
    """The measurements that a strap has, in the order of their numbers."""

    measurements: tuple[Measurement, ...]


@dataclass(frozen=True, slots=True)
class ControlAnswer:
    """One indication of an answer. `params` may go on in the next one while `more` is set.

    On an error `more` and `params` are meaningless on the wire and therefore empty here.
    """

    operation: int
    measurement: int
    status: int
    more: bool
    params: bytes

    @property
    def status_name(self) -> str:
        """Lower-case name of the status."""
        return status_name(self.status)

    @property
    def succeeded(self) -> bool:
        """Whether the strap did what it was asked."""
        return self.status == Status.SUCCESS


@dataclass(frozen=True, slots=True)
class MeasurementsStopped:
    """The strap itself ended these streams; the list may be empty."""

    measurements: tuple[int, ...]


ControlPointValue = Features | ControlAnswer | MeasurementsStopped


def decode_control_point(payload: bytes) -> ControlPointValue:
    """Decode a value of the control point by its first byte. Raises MalformedPayloadError."""
    if not payload:
        raise MalformedPayloadError("empty control point value", payload)
    if payload[0] == ANSWER:
        return _decode_answer(payload)
    if payload[0] == EVENT_STOPPED:
        return MeasurementsStopped(tuple(byte & MEASUREMENT_MASK for byte in payload[1:]))
    if payload[0] in FEATURE_MARKS:
        return decode_features(payload)
    raise MalformedPayloadError(f"control point value of unknown kind {payload[0]:#04x}", payload)


def decode_features(payload: bytes) -> Features:
    """Decode what reading the control point gives. Raises MalformedPayloadError."""
    if len(payload) < 3 or payload[0] not in FEATURE_MARKS:
        raise MalformedPayloadError("not a feature list of 3 bytes or more", payload)
    return Features(tuple(m for m, (at, bit) in _FEATURE_BITS.items() if payload[at] & bit))


def _decode_answer(payload: bytes) -> ControlAnswer:
    if len(payload) < 4:
        raise MalformedPayloadError("answer shorter than 4 bytes", payload)
    _, operation, measurement, status = payload[:4]
    measurement &= MEASUREMENT_MASK
    if status != Status.SUCCESS:
        return ControlAnswer(operation, measurement, status, more=False, params=b"")
    if len(payload) < 5:
        raise MalformedPayloadError("successful answer without its 'more' byte", payload)
    more, params = bool(payload[4]), bytes(payload[5:])
    return ControlAnswer(operation, measurement, status, more=more, params=params)


def decode_answer_settings(answer: ControlAnswer) -> Settings:
    """Settings in a whole (joined) answer; none for operations that carry none.

    Raises MalformedPayloadError for a settings list that is cut short.
    """
    if answer.operation in (Operation.GET_SETTINGS, Operation.GET_SDK_MODE_SETTINGS):
        return decode_settings(answer.params)
    if answer.operation == Operation.START:
        return decode_chosen_settings(answer.params)
    return Settings()


def decode_measurement_states(params: bytes) -> tuple[tuple[int, MeasurementState], ...]:
    """(measurement, state) for each byte in the answer to MEASUREMENT_STATUS."""
    states = tuple(MeasurementState)
    return tuple((byte & MEASUREMENT_MASK, states[byte >> 6]) for byte in params)


def decode_sdk_mode(params: bytes) -> bool:
    """Whether SDK mode is on, from the answer to SDK_MODE_STATUS. Raises MalformedPayloadError."""
    if not params:
        raise MalformedPayloadError("SDK mode answer without its state", params)
    return params[0] != 0
