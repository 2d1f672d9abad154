"""Electrocardiogram frames; the H10 sends type 0, other Polar devices types 1 to 3.

Layouts: polar-ble-sdk, EcgDataTest.kt.
"""

from dataclasses import dataclass

from protocol.ble.pmd.header import FrameHeader
from protocol.errors import MalformedPayloadError

_SAMPLE_BYTES = {0: 3, 1: 3, 2: 3, 3: 7}


@dataclass(frozen=True, slots=True)
class EcgSample:
    """One sample in microvolts, with what its frame type says besides (None: it doesn't)."""

    microvolts: int
    over_sampling: bool | None = None  # type 1
    skin_contact: int | None = None  # type 1, two bits
    contact_impedance: int | None = None  # type 1, two bits
    ecg_data_tag: int | None = None  # type 2, three bits
    pace_data_tag: int | None = None  # type 2, three bits
    second_channel: int | None = None  # type 3, unit not published
    status: int | None = None  # type 3


@dataclass(frozen=True, slots=True)
class EcgFrame:
    """Samples, oldest first; `truncated`: the last one is cut and left out."""

    header: FrameHeader
    samples: tuple[EcgSample, ...]
    truncated: bool


def decode_ecg(header: FrameHeader, content: bytes) -> EcgFrame:
    """Decode what follows the header. Raises MalformedPayloadError."""
    if header.compressed or header.frame_type not in _SAMPLE_BYTES:
        raise MalformedPayloadError(f"ECG frame of unknown type {header.form}", content)
    size = _SAMPLE_BYTES[header.frame_type]
    whole = len(content) // size * size
    decode_sample = (_sample_0, _sample_1, _sample_2, _sample_3)[header.frame_type]
    samples = tuple(decode_sample(content[i : i + size]) for i in range(0, whole, size))
    return EcgFrame(header, samples, truncated=whole < len(content))


def _sample_0(octets: bytes) -> EcgSample:
    return EcgSample(int.from_bytes(octets, "little", signed=True))


def _sample_1(octets: bytes) -> EcgSample:
    return EcgSample(
        int.from_bytes(octets[:2], "little") & 0x3FFF,
        over_sampling=bool(octets[2] & 0x01),
        skin_contact=octets[2] >> 1 & 0x03,
        contact_impedance=octets[2] >> 3 & 0x03,
    )


def _sample_2(octets: bytes) -> EcgSample:
    return EcgSample(
        int.from_bytes(octets, "little") & 0x3FFFF,
        ecg_data_tag=octets[2] >> 2 & 0x07,
        pace_data_tag=octets[2] >> 5 & 0x07,
    )


def _sample_3(octets: bytes) -> EcgSample:
    return EcgSample(
        int.from_bytes(octets[:3], "little", signed=True),
        second_channel=int.from_bytes(octets[3:6], "little", signed=True),
        status=octets[6],
    )
