"""Frames of optical sensors: PPG, pulse-to-pulse intervals, heart rate from a recording."""

from dataclasses import dataclass

from protocol.ble.pmd.header import FrameHeader
from protocol.errors import MalformedPayloadError

_PPG_CHANNELS, _PPG_BYTES = 4, 3
_PPI_BYTES = 6
_PPI_BLOCKED, _PPI_CONTACT, _PPI_CONTACT_SUPPORTED = 0x01, 0x02, 0x04


@dataclass(frozen=True, slots=True)
class PpgFrame:
    """Counts (ppg0, ppg1, ppg2, ambient), oldest first; their unit isn't published."""

    header: FrameHeader
    samples: tuple[tuple[int, int, int, int], ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class PulseInterval:
    """One pulse-to-pulse interval. `blocked`: the strap says not to use it."""

    bpm: int
    interval_ms: int
    error_ms: int
    blocked: bool
    contact: bool | None  # None: the sensor can't tell


@dataclass(frozen=True, slots=True)
class PpiFrame:
    """Intervals, oldest first. The timestamp is 0 or the last one's: walk back for the others."""

    header: FrameHeader
    samples: tuple[PulseInterval, ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class RecordedHeartRate:
    """One second of a recording; `quality` and `corrected_bpm` in frame type 1 only."""

    bpm: int
    quality: int | None = None
    corrected_bpm: int | None = None


@dataclass(frozen=True, slots=True)
class RecordedHeartRateFrame:
    """Heart rates of an offline recording, oldest first."""

    header: FrameHeader
    samples: tuple[RecordedHeartRate, ...]
    truncated: bool


def decode_ppg(header: FrameHeader, content: bytes) -> PpgFrame:
    """Decode raw type 0 (OH1). Raises MalformedPayloadError for every other."""
    _require_types(header, content, "PPG", (0,))
    octets, truncated = _whole(content, _PPG_CHANNELS * _PPG_BYTES)
    counts = [
        int.from_bytes(octets[i : i + _PPG_BYTES], "little", signed=True)
        for i in range(0, len(octets), _PPG_BYTES)
    ]
    samples = tuple(zip(counts[0::4], counts[1::4], counts[2::4], counts[3::4], strict=True))
    return PpgFrame(header, samples, truncated)


def decode_ppi(header: FrameHeader, content: bytes) -> PpiFrame:
    """Decode raw type 0. Raises MalformedPayloadError for every other."""
    _require_types(header, content, "PPI", (0,))
    octets, truncated = _whole(content, _PPI_BYTES)
    samples = (_pulse(octets[i : i + _PPI_BYTES]) for i in range(0, len(octets), _PPI_BYTES))
    return PpiFrame(header, tuple(samples), truncated)


def _pulse(octets: bytes) -> PulseInterval:
    flags = octets[5]
    return PulseInterval(
        bpm=octets[0],
        interval_ms=int.from_bytes(octets[1:3], "little"),
        error_ms=int.from_bytes(octets[3:5], "little"),
        blocked=bool(flags & _PPI_BLOCKED),
        contact=bool(flags & _PPI_CONTACT) if flags & _PPI_CONTACT_SUPPORTED else None,
    )


def decode_recorded_heart_rate(header: FrameHeader, content: bytes) -> RecordedHeartRateFrame:
    """Decode raw types 0 and 1. Raises MalformedPayloadError for every other."""
    _require_types(header, content, "recorded heart rate", (0, 1))
    size = 3 if header.frame_type == 1 else 1
    octets, truncated = _whole(content, size)
    samples = (RecordedHeartRate(*octets[i : i + size]) for i in range(0, len(octets), size))
    return RecordedHeartRateFrame(header, tuple(samples), truncated)


def _require_types(header: FrameHeader, content: bytes, what: str, known: tuple[int, ...]) -> None:
    if header.compressed or header.frame_type not in known:
        raise MalformedPayloadError(f"{what} frame of unknown type {header.form}", content)


def _whole(content: bytes, size: int) -> tuple[bytes, bool]:
    """The complete samples, and whether a part of one follows them."""
    whole = len(content) // size * size
    return content[:whole], whole < len(content)
