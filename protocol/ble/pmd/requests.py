"""Requests to a PMD control point: the only values that the gateway writes to a Polar strap."""

from collections.abc import Mapping

from protocol.ble.pmd.settings import encode_settings
from protocol.ble.pmd.vocabulary import Measurement, Operation, Setting


def encode_get_settings(measurement: Measurement) -> bytes:
    """Which rates, resolutions and ranges does the strap offer?"""
    return bytes((Operation.GET_SETTINGS, measurement))


def encode_start(measurement: Measurement, chosen: Mapping[Setting, int]) -> bytes:
    """Start a stream. Choose one value for each setting the strap listed, and no other:
    a type that it didn't list is answered with INVALID_PARAMETER.
    """
    return bytes((Operation.START, measurement)) + encode_settings(chosen)


def encode_stop(measurement: int) -> bytes:
    """Stop a stream, of a measurement without a name too (0 to 63); a strap left streaming runs
    its battery down, even off the body.
    """
    return bytes((Operation.STOP, measurement))


def encode_get_measurement_status() -> bytes:
    """What runs at the moment?"""
    return bytes((Operation.MEASUREMENT_STATUS,))


def encode_get_sdk_mode_status() -> bytes:
    """Is SDK mode on?"""
    return bytes((Operation.SDK_MODE_STATUS,))
