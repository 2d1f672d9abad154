"""Polar Measurement Data: control point (features, settings, start, stop) and data frames."""

from protocol.ble.pmd.acceleration import AccelerationFrame, AccelerationUnit
from protocol.ble.pmd.answers import (
    ControlAnswer,
    ControlPointValue,
    Features,
    MeasurementsStopped,
    decode_answer_settings,
    decode_control_point,
    decode_features,
    decode_measurement_states,
    decode_sdk_mode,
)
from protocol.ble.pmd.delta import DeltaBlock, DeltaContent, decode_delta
from protocol.ble.pmd.ecg import EcgFrame, EcgSample
from protocol.ble.pmd.frames import Frame, decode_frame
from protocol.ble.pmd.header import FrameHeader, decode_header
from protocol.ble.pmd.joining import AnswerJoiner
from protocol.ble.pmd.optical import (
    PpgFrame,
    PpiFrame,
    PulseInterval,
    RecordedHeartRate,
    RecordedHeartRateFrame,
    decode_recorded_heart_rate,
)
from protocol.ble.pmd.requests import (
    encode_get_measurement_status,
    encode_get_sdk_mode_status,
    encode_get_settings,
    encode_start,
    encode_stop,
)
from protocol.ble.pmd.settings import Settings, decode_settings, encode_settings
from protocol.ble.pmd.vocabulary import (
    Measurement,
    MeasurementState,
    Operation,
    Setting,
    Status,
    status_name,
)

__all__ = [
    "AccelerationFrame",
    "AccelerationUnit",
    "AnswerJoiner",
    "ControlAnswer",
    "ControlPointValue",
    "DeltaBlock",
    "DeltaContent",
    "EcgFrame",
    "EcgSample",
    "Features",
    "Frame",
    "FrameHeader",
    "Measurement",
    "MeasurementState",
    "MeasurementsStopped",
    "Operation",
    "PpgFrame",
    "PpiFrame",
    "PulseInterval",
    "RecordedHeartRate",
    "RecordedHeartRateFrame",
    "Setting",
    "Settings",
    "Status",
    "decode_answer_settings",
    "decode_control_point",
    "decode_delta",
    "decode_features",
    "decode_frame",
    "decode_header",
    "decode_measurement_states",
    "decode_recorded_heart_rate",
    "decode_sdk_mode",
    "decode_settings",
    "encode_get_measurement_status",
    "encode_get_sdk_mode_status",
    "encode_get_settings",
    "encode_settings",
    "encode_start",
    "encode_stop",
    "status_name",
]
