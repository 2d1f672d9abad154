"""Polar Measurement Data as an H10 writes it (polar-ble-sdk, online_measurement.pdf)."""

from collections.abc import Mapping, Sequence
from enum import IntEnum

import numpy as np

from firmware_sim.strap.wearer import IntArray

ANSWER = 0xF0
MORE_NO = 0x00
# Seen from an H10 on ATT_MTU 23: operation and type are not echoed (h10_ecg, gatttool.md).
INVALID_MTU_ANSWER = bytes.fromhex("f000010a")
H10_FEATURES = bytes.fromhex("0f05") + bytes(15)  # ECG and ACC
VERITY_FEATURES = bytes.fromhex("0f04") + bytes(15)  # ACC: what is simulated of it
FRAME_HEADER_BYTES = 10  # type 1, stamp 8, frame type 1
ACC_SAMPLE_BYTES = 6
ECG_SAMPLE_BYTES = 3
_ACC_FRAME_TYPE = 0x01  # 16 bit, mg
_ECG_FRAME_TYPE = 0x00  # 24 bit, µV


class Operation(IntEnum):
    """First byte of a request to the control point."""

    GET_SETTINGS = 1
    START = 2
    STOP = 3
    STATUS = 5


class Measurement(IntEnum):
    """Measurement types of which an H10 knows the name; it offers ECG and ACC."""

    ECG = 0
    PPG = 1
    ACC = 2
    PPI = 3
    GYRO = 5
    MAGNETOMETER = 6
    SKIN_TEMPERATURE = 7
    SDK_MODE = 9
    LOCATION = 10
    PRESSURE = 11
    TEMPERATURE = 12
    OFFLINE_RECORDING = 13
    OFFLINE_HR = 14


class Setting(IntEnum):
    """Types in settings lists."""

    SAMPLE_RATE = 0
    RESOLUTION = 1
    RANGE = 2
    CHANNELS = 4


class Status(IntEnum):
    """Fourth byte of an answer."""

    SUCCESS = 0
    INVALID_OPERATION = 1
    INVALID_TYPE = 2
    NOT_SUPPORTED = 3
    INVALID_LENGTH = 4
    INVALID_PARAMETER = 5
    ALREADY_IN_STATE = 6
    INVALID_RESOLUTION = 7
    INVALID_SAMPLE_RATE = 8
    INVALID_RANGE = 9
    INVALID_MTU = 10
    INVALID_CHANNELS = 11


VALUE_BYTES = {
    Setting.SAMPLE_RATE: 2,
    Setting.RESOLUTION: 2,
    Setting.RANGE: 2,
    Setting.CHANNELS: 1,
}


def encode_answer(operation: int, measurement: int, status: Status, extra: bytes = b"") -> bytes:
    """Answer to one request; `extra` follows a success only."""
    return bytes((ANSWER, operation, measurement, status, MORE_NO)) + extra


def encode_settings(settings: Mapping[Setting, Sequence[int]]) -> bytes:
    """`[type][count][values]` for each setting, in the order given."""
    return b"".join(
        bytes((setting, len(values)))
        + b"".join(each.to_bytes(VALUE_BYTES[setting], "little") for each in values)
        for setting, values in settings.items()
    )


def encode_frame_header(measurement: Measurement, stamp_ns: int, frame_type: int) -> bytes:
    """The ten bytes before the samples; `stamp_ns` is the device time of the last sample."""
    return bytes((measurement,)) + stamp_ns.to_bytes(8, "little") + bytes((frame_type,))


def encode_acc_frame(stamp_ns: int, samples_mg: IntArray) -> bytes:
    """`samples_mg` is (n, 3) whole mg; `stamp_ns` is the device time of the last sample."""
    header = encode_frame_header(Measurement.ACC, stamp_ns, _ACC_FRAME_TYPE)
    return header + samples_mg.astype("<i2").tobytes()


def encode_ecg_frame(stamp_ns: int, samples_uv: IntArray) -> bytes:
    """`samples_uv` is (n,) or (n, 1) whole µV; `stamp_ns` is the device time of the last sample."""
    header = encode_frame_header(Measurement.ECG, stamp_ns, _ECG_FRAME_TYPE)
    four_bytes_each = samples_uv.astype("<i4").reshape(-1, 1).view(np.uint8)
    return header + four_bytes_each[:, :ECG_SAMPLE_BYTES].tobytes()
