"""The words of Polar Measurement Data: measurements, operations, statuses, settings.

Source: polar-ble-sdk, technical_documentation/online_measurement.pdf (v1.0) and BlePmdClient.
"""

from enum import IntEnum, StrEnum

MEASUREMENT_MASK = 0x3F  # bit 7 of a measurement byte asks for offline recording, never used here


class Measurement(IntEnum):
    """What a strap can measure; the lower-case name is the one in decoded values."""

    ECG = 0
    PPG = 1
    ACCELERATION = 2
    PPI = 3
    GYROSCOPE = 5
    MAGNETOMETER = 6
    SKIN_TEMPERATURE = 7
    SDK_MODE = 9
    LOCATION = 10
    PRESSURE = 11
    TEMPERATURE = 12
    OFFLINE_RECORDING = 13
    OFFLINE_HEART_RATE = 14
    DERIVED = 15


class Operation(IntEnum):
    """First byte of a request, repeated in its answer."""

    GET_SETTINGS = 1
    START = 2
    STOP = 3
    GET_SDK_MODE_SETTINGS = 4
    MEASUREMENT_STATUS = 5
    SDK_MODE_STATUS = 6


class Status(IntEnum):
    """How a request ended. Straps may answer with other numbers: see status_name()."""

    SUCCESS = 0
    INVALID_OP = 1
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
    INVALID_STATE = 12  # SDK mode can't change while a stream runs
    IN_CHARGER = 13
    DISK_FULL = 14


class Setting(IntEnum):
    """Type byte of an element in a settings list."""

    SAMPLE_RATE = 0  # Hz
    RESOLUTION = 1  # bit
    RANGE = 2  # g, degrees/s or gauss
    RANGE_MILLI = 3
    CHANNELS = 4
    FACTOR = 5  # bits of a binary32 multiplier; in answers only


class MeasurementState(StrEnum):
    """Whether a measurement runs; wire values 0 to 3 in this order."""

    NONE = "none"
    ONLINE = "online"
    OFFLINE = "offline"
    BOTH = "both"


def status_name(status: int) -> str:
    """Lower-case name of any status byte; `unknown_99` for one that no document names."""
    try:
        return Status(status).name.lower()
    except ValueError:
        return f"unknown_{status}"
