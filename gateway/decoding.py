"""One service's values, one after the other: bytes in, JSON object out, never an exception."""

from collections.abc import Callable

from gateway.decoding_json import (
    JsonObject,
    advertisement_json,
    battery_json,
    control_point_json,
    frame_json,
    heart_rate_json,
    malformed_json,
    measured_json,
    movesense_json,
)
from protocol.ble.advertising import decode_name
from protocol.ble.battery import decode_battery_level
from protocol.ble.heart_rate import decode_heart_rate_measurement
from protocol.ble.movesense import PartJoiner, ResponseKind, decode_measurement, decode_response
from protocol.ble.pmd import AnswerJoiner, ControlAnswer, decode_control_point, decode_frame
from protocol.errors import MalformedPayloadError

SERVICES = ("hrs", "pmd", "pmd-control", "battery", "advertisement", "movesense")


class ValueDecoder:
    """Decodes values in the order they came: answers in several parts are joined on the way."""

    def __init__(
        self,
        service: str,
        factor: float | None = None,
        path: str | None = None,
        name: str | None = None,
    ) -> None:
        self._answers = AnswerJoiner()
        self._parts = PartJoiner()
        self._factor, self._path, self._name = factor, path, name
        self._decode = self._decoders()[service]

    def _decoders(self) -> dict[str, Callable[[bytes], JsonObject]]:
        return {
            "hrs": lambda payload: heart_rate_json(decode_heart_rate_measurement(payload)),
            "pmd": lambda payload: frame_json(decode_frame(payload), self._factor),
            "pmd-control": self._control_point,
            "battery": lambda payload: battery_json(decode_battery_level(payload)),
            "advertisement": self._advertisement,
            "movesense": self._movesense,
        }

    def decode(self, payload: bytes) -> JsonObject:
        """The value, or an object of kind `malformed` with the reason."""
        try:
            return self._decode(payload)
        except MalformedPayloadError as error:
            return malformed_json(error, payload)

    def _control_point(self, payload: bytes) -> JsonObject:
        value = decode_control_point(payload)
        whole = self._answers.add(value) if isinstance(value, ControlAnswer) else None
        return control_point_json(value, whole)

    def _advertisement(self, payload: bytes) -> JsonObject:
        return advertisement_json(payload, self._name, decode_name(self._name))

    def _movesense(self, payload: bytes) -> JsonObject:
        response = decode_response(payload)
        told = movesense_json(response)
        if self._path is None or response.kind is ResponseKind.COMMAND_RESPONSE:
            return told
        whole = self._parts.add(response).whole
        if whole is None:  # goes on in the next notification
            return told | {"path": self._path, "values": None}
        return told | measured_json(decode_measurement(self._path, whole))
