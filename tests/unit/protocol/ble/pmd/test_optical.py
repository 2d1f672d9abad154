import pytest

from protocol.ble.pmd.header import FrameHeader
from protocol.ble.pmd.optical import (
    PulseInterval,
    RecordedHeartRate,
    decode_ppg,
    decode_ppi,
    decode_recorded_heart_rate,
)
from protocol.errors import MalformedPayloadError


def head(frame_type: int = 0, *, compressed: bool = False) -> FrameHeader:
    return FrameHeader(0, 0, compressed, frame_type)


@pytest.mark.parametrize(
    ("flags", "blocked", "contact"),
    [
        (0, False, None),
        (1, True, None),
        (2, False, None),
        (4, False, False),
        (5, True, False),
        (6, False, True),
        (0xF8, False, None),
    ],
)
def test_pulse_flags(flags: int, blocked: bool, contact: bool | None) -> None:
    """Contact is told only where the sensor supports it."""
    wire = bytes((60, 0x27, 0x03, 0x1E, 0x01, flags))
    assert decode_ppi(head(), wire).samples == (PulseInterval(60, 807, 286, blocked, contact),)


def test_ppg_channels_are_signed_24_bit() -> None:
    wire = bytes.fromhex("010000 ffffff 000080 ffff7f020000 030000 040000 050000")
    assert decode_ppg(head(), wire).samples == ((1, -1, -8388608, 8388607), (2, 3, 4, 5))


def test_recorded_heart_rates_have_one_or_three_bytes() -> None:
    plain = decode_recorded_heart_rate(head(0), bytes((72, 73)))
    assert plain.samples == (RecordedHeartRate(72), RecordedHeartRate(73))
    judged = decode_recorded_heart_rate(head(1), bytes((72, 86, 71)))
    assert judged.samples == (RecordedHeartRate(72, 86, 71),)


def test_cut_samples_are_left_out_and_told() -> None:
    for decode, size, frame_type in (
        (decode_ppg, 12, 0),
        (decode_ppi, 6, 0),
        (decode_recorded_heart_rate, 3, 1),
    ):
        for n_bytes in range(2 * size + 1):
            frame = decode(head(frame_type), bytes(n_bytes))
            assert (len(frame.samples), frame.truncated) == (n_bytes // size, n_bytes % size != 0)


def test_other_types_are_never_guessed() -> None:
    for decode, beyond in ((decode_ppg, 1), (decode_ppi, 1), (decode_recorded_heart_rate, 2)):
        for header in (head(beyond), head(0, compressed=True)):
            with pytest.raises(MalformedPayloadError, match="unknown type"):
                decode(header, bytes(24))
