"""Movesense measurement payloads by path, joined and without the two header bytes.

Source: movesense-device-lib, MovesenseCoreLib/resources/movesense-api/meas; the order of arrays in
IMU payloads: movesense-commander, layouts.hardware.test.ts.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from struct import iter_unpack, unpack_from

from protocol.errors import MalformedPayloadError

ECG_UV_PER_COUNT = 0.381469726563  # /Meas/ECG/{rate}; the /mV form sends microvolts as they are
AXES = 3
_STAMP_BYTES = 4

_ACCELERATION = ("acceleration", "m/s2")
_ANGULAR_RATE = ("angular_rate", "deg/s")
_MAGNETIC_FIELD = ("magnetic_field", "uT")


@dataclass(frozen=True, slots=True)
class Series:
    """One quantity: samples in wire order, oldest first, and the unit of sample x scale."""

    name: str
    unit: str
    samples: tuple[tuple[float, ...], ...]
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement. `first_sample_ms` since the sensor started, at its FIRST sample."""

    path: str
    first_sample_ms: int | None
    series: tuple[Series, ...]


def decode_measurement(path: str, payload: bytes) -> Measured:
    """Decode a whole payload of `path`. Raises MalformedPayloadError, for unknown paths too."""
    for pattern, decode in _LAYOUTS:
        if pattern.fullmatch(path):
            return decode(path, payload)
    raise MalformedPayloadError(f"path {path} has no known layout", payload)


def is_known_path(path: str) -> bool:
    """Whether `decode_measurement` knows the layout of what is subscribed at `path`."""
    return any(pattern.fullmatch(path) for pattern, _ in _LAYOUTS)


def _vectors(*quantities: tuple[str, str]) -> Callable[[str, bytes], Measured]:
    """Layout of one array of binary32 (x, y, z) a quantity, one array after the other."""

    def decode(path: str, payload: bytes) -> Measured:
        stamp_ms, content = _split_stamp(payload)
        _require_multiple(content, 4 * AXES * len(quantities), payload)
        n_bytes = len(content) // len(quantities)
        arrays = [content[i * n_bytes : (i + 1) * n_bytes] for i in range(len(quantities))]
        series = (
            Series(name, unit, _finite(tuple(iter_unpack("<3f", array)), payload))
            for (name, unit), array in zip(quantities, arrays, strict=True)
        )
        return Measured(path, stamp_ms, tuple(series))

    return decode


def _ecg(path: str, payload: bytes) -> Measured:
    stamp_ms, content = _split_stamp(payload)
    in_microvolts = path.endswith("/mV")
    form, size = ("<h", 2) if in_microvolts else ("<i", 4)
    _require_multiple(content, size, payload)
    scale = 1.0 if in_microvolts else ECG_UV_PER_COUNT
    return Measured(
        path, stamp_ms, (Series("ecg", "uV", tuple(iter_unpack(form, content)), scale),)
    )


def _heart_rate(path: str, payload: bytes) -> Measured:
    _require_multiple(payload[4:], 2, payload)
    if len(payload) < 4:
        raise MalformedPayloadError("heart rate without its average", payload)
    average = _finite((unpack_from("<f", payload),), payload)
    rr_ms = tuple(iter_unpack("<H", payload[4:]))
    return Measured(path, None, (Series("heart_rate", "bpm", average), Series("rr", "ms", rr_ms)))


def _temperature(path: str, payload: bytes) -> Measured:
    stamp_ms, content = _split_stamp(payload)
    if len(content) != 4:
        raise MalformedPayloadError("temperature is a stamp and one binary32", payload)
    kelvin = _finite((unpack_from("<f", content),), payload)
    return Measured(path, stamp_ms, (Series("temperature", "K", kelvin),))


_LAYOUTS: tuple[tuple[re.Pattern[str], Callable[[str, bytes], Measured]], ...] = (
    (re.compile(r"/Meas/Acc/\d+"), _vectors(_ACCELERATION)),
    (re.compile(r"/Meas/Gyro/\d+"), _vectors(_ANGULAR_RATE)),
    (re.compile(r"/Meas/Magn/\d+"), _vectors(_MAGNETIC_FIELD)),
    (re.compile(r"/Meas/IMU6/\d+"), _vectors(_ACCELERATION, _ANGULAR_RATE)),
    (re.compile(r"/Meas/IMU6m/\d+"), _vectors(_ACCELERATION, _MAGNETIC_FIELD)),
    (re.compile(r"/Meas/IMU9/\d+"), _vectors(_ACCELERATION, _ANGULAR_RATE, _MAGNETIC_FIELD)),
    (re.compile(r"/Meas/ECG/\d+(/mV)?"), _ecg),
    (re.compile(r"/Meas/HR"), _heart_rate),
    (re.compile(r"/Meas/Temp"), _temperature),
)


def _split_stamp(payload: bytes) -> tuple[int, bytes]:
    if len(payload) < _STAMP_BYTES:
        raise MalformedPayloadError("measurement without its timestamp", payload)
    return int.from_bytes(payload[:_STAMP_BYTES], "little"), payload[_STAMP_BYTES:]


def _require_multiple(content: bytes, size: int, payload: bytes) -> None:
    if len(content) % size:
        raise MalformedPayloadError(f"{len(content)} bytes are no whole samples of {size}", payload)


def _finite(
    samples: tuple[tuple[float, ...], ...], payload: bytes
) -> tuple[tuple[float, ...], ...]:
    if not all(isfinite(value) for sample in samples for value in sample):
        raise MalformedPayloadError("a value is not a finite number", payload)
    return samples
