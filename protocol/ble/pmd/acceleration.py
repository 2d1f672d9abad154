"""Acceleration frames: raw of 8, 16 and 24 bit (0x00 to 0x02) and compressed (0x80, 0x81)."""

from dataclasses import dataclass
from enum import StrEnum
from struct import iter_unpack
from typing import cast

from protocol.ble.pmd.delta import decode_delta
from protocol.ble.pmd.header import FrameHeader
from protocol.errors import MalformedPayloadError

AXES = 3
DELTA_RESOLUTION_BITS = 16  # of the reference sample, whatever the strap's resolution is
MG_PER_G = 1000

_RAW_BYTES = {0: 1, 1: 2, 2: 3}  # frame type -> bytes of one axis; 0x01 is the H10's
_STRUCT_AXES = {1: "<3b", 2: "<3h"}
_DELTA_TYPES = (0, 1)

CountSample = tuple[int, int, int]


class AccelerationUnit(StrEnum):
    """What a count, times the strap's factor, is measured in."""

    MILLI_G = "mg"
    G = "g"  # compressed type 0 only, and only after the factor from the start answer


@dataclass(frozen=True, slots=True)
class AccelerationFrame:
    """Counts (x, y, z), oldest first, exactly as sent; factor and unit are not applied.

    `n_announced` is how many samples the strap said there are, `truncated` that some (or a part
    of one) are missing: the timestamp belongs to the last announced sample.
    """

    header: FrameHeader
    unit: AccelerationUnit
    samples: tuple[CountSample, ...]
    n_announced: int
    truncated: bool

    def milli_g(self, factor: float | None = None) -> tuple[tuple[float, float, float], ...]:
        """Samples in mg. Raises ValueError for compressed type 0 without the strap's factor."""
        if factor is None and self.unit is AccelerationUnit.G:
            raise ValueError("compressed type 0 needs the factor from the strap's start answer")
        if factor is None or not self.header.compressed:
            scale = 1.0
        else:
            scale = factor * MG_PER_G if self.unit is AccelerationUnit.G else factor
        return tuple((x * scale, y * scale, z * scale) for x, y, z in self.samples)


def decode_acceleration(header: FrameHeader, content: bytes) -> AccelerationFrame:
    """Decode what follows the header. Raises MalformedPayloadError."""
    if header.compressed and header.frame_type in _DELTA_TYPES:
        return _decode_compressed(header, content)
    if not header.compressed and header.frame_type in _RAW_BYTES:
        return _decode_raw(header, content, _RAW_BYTES[header.frame_type])
    raise MalformedPayloadError(f"acceleration frame of unknown type {header.form}", content)


def _decode_raw(header: FrameHeader, content: bytes, size: int) -> AccelerationFrame:
    whole = len(content) // (AXES * size) * (AXES * size)
    samples = _unpack_raw(content[:whole], size)
    truncated = whole < len(content)
    n_announced = len(samples) + truncated
    return AccelerationFrame(
        header, AccelerationUnit.MILLI_G, samples, n_announced, truncated=truncated
    )


def _unpack_raw(content: bytes, size: int) -> tuple[CountSample, ...]:
    if size in _STRUCT_AXES:
        return tuple(iter_unpack(_STRUCT_AXES[size], content))
    steps = range(0, len(content), size)  # 24 bit: the struct module has no such integer
    axes = [int.from_bytes(content[i : i + size], "little", signed=True) for i in steps]
    return tuple(zip(axes[0::3], axes[1::3], axes[2::3], strict=True))


def _decode_compressed(header: FrameHeader, content: bytes) -> AccelerationFrame:
    delta = decode_delta(content, AXES, DELTA_RESOLUTION_BITS)
    unit = AccelerationUnit.G if header.frame_type == 0 else AccelerationUnit.MILLI_G
    samples = cast(tuple[CountSample, ...], delta.samples)  # of AXES channels
    n_announced = 1 + sum(block.count for block in delta.blocks)
    return AccelerationFrame(header, unit, samples, n_announced, truncated=delta.truncated)
