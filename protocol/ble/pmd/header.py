"""The ten bytes before the samples of every PMD data notification."""

from dataclasses import dataclass

from protocol.ble.pmd.vocabulary import MEASUREMENT_MASK
from protocol.errors import MalformedPayloadError

HEADER_BYTES = 10
COMPRESSED = 0x80


@dataclass(frozen=True, slots=True)
class FrameHeader:
    """`timestamp_ns` is the strap's own clock at the LAST sample, since 2000-01-01 as it believes.

    There is no sequence number: a lost frame shows only in the timestamps.
    """

    measurement: int
    timestamp_ns: int
    compressed: bool
    frame_type: int  # 0 to 127, without the compressed bit

    @property
    def form(self) -> str:
        """The type as the documents write it: `0x81` for compressed type 1."""
        return f"{self.frame_type | (COMPRESSED if self.compressed else 0):#04x}"


def decode_header(payload: bytes) -> FrameHeader:
    """Decode the head of a data notification. Raises MalformedPayloadError."""
    if len(payload) < HEADER_BYTES:
        raise MalformedPayloadError(f"frame shorter than its {HEADER_BYTES}-byte header", payload)
    return FrameHeader(
        measurement=payload[0] & MEASUREMENT_MASK,
        timestamp_ns=int.from_bytes(payload[1:9], "little"),
        compressed=bool(payload[9] & COMPRESSED),
        frame_type=payload[9] & ~COMPRESSED,
    )
