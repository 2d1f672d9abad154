"""Indications of a PMD control point -> events of the link machine. Pure."""

from gateway.straps.signals import Answered, Event, StoppedByStrap
from protocol.ble.pmd import (
    AnswerJoiner,
    ControlAnswer,
    MeasurementsStopped,
    decode_answer_settings,
    decode_control_point,
)

FEATURES_MARK = 0x0F


def is_echo_of_read(payload: bytes) -> bool:
    """BlueZ shows a read of a subscribed control point as a notification too; it isn't one."""
    return payload[:1] == bytes((FEATURES_MARK,))


class ControlPoint:
    """Joins the parts of answers; one a link."""

    def __init__(self) -> None:
        self._joiner = AnswerJoiner()

    def understand(self, payload: bytes) -> Event | None:
        """The event in an indication; None while parts are missing.

        Raises MalformedPayloadError.
        """
        value = decode_control_point(payload)
        if isinstance(value, MeasurementsStopped):
            return StoppedByStrap(frozenset(value.measurements))
        if not isinstance(value, ControlAnswer):
            return None
        answer = self._joiner.add(value)
        if answer is None:
            return None
        offered = decode_answer_settings(answer).values if answer.succeeded else {}
        return Answered(answer, offered)
