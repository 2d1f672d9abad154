import pytest

from protocol.ble.pmd import (
    AccelerationFrame,
    EcgFrame,
    Frame,
    PpgFrame,
    PpiFrame,
    RecordedHeartRateFrame,
)
from protocol.ble.pmd.frames import decode_frame
from protocol.errors import MalformedPayloadError

REST = bytes(8) + b"\x00"


@pytest.mark.parametrize(
    ("measurement", "kind"),
    [
        (0, EcgFrame),
        (1, PpgFrame),
        (2, AccelerationFrame),
        (3, PpiFrame),
        (14, RecordedHeartRateFrame),
    ],
)
def test_the_first_byte_says_which_stream(measurement: int, kind: type[Frame]) -> None:
    """The upper two bits are no part of it."""
    for byte in (measurement, measurement | 0x80):
        frame = decode_frame(bytes((byte,)) + REST)
        assert isinstance(frame, kind)
        assert (frame.header.measurement, frame.samples) == (measurement, ())


@pytest.mark.parametrize("measurement", [4, 5, 6, 7, 9, 15, 20, 0x3F])
def test_a_stream_without_a_published_layout_is_malformed(measurement: int) -> None:
    with pytest.raises(
        MalformedPayloadError, match=f"measurement {measurement} has no known frame"
    ):
        decode_frame(bytes((measurement,)) + REST)


def test_the_error_carries_the_whole_payload() -> None:
    """Not only what follows the header: it is what somebody looks up in the archive."""
    payload = b"\x02" + bytes(8) + b"\x55" + b"content"
    with pytest.raises(MalformedPayloadError, match="unknown type 0x55") as refused:
        decode_frame(payload)
    assert refused.value.payload == payload
