"""Characteristic -> decoder and its version: the only dispatch table.

Raise a version when the same bytes decode to something else: projections stamped with an older
one are rebuilt from the archived bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass

from protocol.ble import uuids
from protocol.ble.battery import decode_battery_level, decode_battery_level_status
from protocol.ble.device_information import decode_system_id, decode_text
from protocol.ble.heart_rate import decode_body_sensor_location, decode_heart_rate_measurement
from protocol.ble.movesense.responses import decode_response
from protocol.ble.pfc import decode_pfc_answer, decode_pfc_features
from protocol.ble.pmd.answers import decode_control_point
from protocol.ble.pmd.frames import decode_frame
from protocol.errors import UnknownCharacteristicError


@dataclass(frozen=True, slots=True)
class Codec:
    """`decode` gives a value or raises MalformedPayloadError, whatever the bytes."""

    decode: Callable[[bytes], object]
    version: int


CODECS = {
    uuids.HEART_RATE_MEASUREMENT: Codec(decode_heart_rate_measurement, 1),
    uuids.BODY_SENSOR_LOCATION: Codec(decode_body_sensor_location, 1),
    uuids.BATTERY_LEVEL: Codec(decode_battery_level, 1),
    uuids.BATTERY_LEVEL_STATUS: Codec(decode_battery_level_status, 1),
    uuids.SYSTEM_ID: Codec(decode_system_id, 1),
    uuids.MODEL_NUMBER: Codec(decode_text, 1),
    uuids.SERIAL_NUMBER: Codec(decode_text, 1),
    uuids.FIRMWARE_REVISION: Codec(decode_text, 1),
    uuids.HARDWARE_REVISION: Codec(decode_text, 1),
    uuids.SOFTWARE_REVISION: Codec(decode_text, 1),
    uuids.MANUFACTURER_NAME: Codec(decode_text, 1),
    uuids.PMD_CONTROL_POINT: Codec(decode_control_point, 1),
    uuids.PMD_DATA: Codec(decode_frame, 1),
    uuids.PFC_FEATURE: Codec(decode_pfc_features, 1),
    uuids.PFC_CONTROL_POINT: Codec(decode_pfc_answer, 1),
    uuids.MOVESENSE_RESPONSE: Codec(decode_response, 1),
}


def codec_for(characteristic: str) -> Codec:
    """The codec of a characteristic's name. Raises UnknownCharacteristicError."""
    try:
        return CODECS[characteristic]
    except KeyError:
        raise UnknownCharacteristicError(characteristic) from None
