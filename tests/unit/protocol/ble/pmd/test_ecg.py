import pytest

from protocol.ble.pmd.ecg import EcgSample, decode_ecg
from protocol.ble.pmd.header import FrameHeader
from protocol.errors import MalformedPayloadError


def head(frame_type: int, *, compressed: bool = False) -> FrameHeader:
    return FrameHeader(0, 0, compressed, frame_type)


def test_type_0_is_signed_24_bit_microvolts() -> None:
    frame = decode_ecg(head(0), bytes.fromhex("ffff7f 000080 680000"))
    assert [s.microvolts for s in frame.samples] == [8388607, -8388608, 104]
    assert frame.samples[2] == EcgSample(104)


@pytest.mark.parametrize(
    ("octets", "sample"),
    [
        ("ffff00", EcgSample(0x3FFF, False, 0, 0)),
        ("000001", EcgSample(0, True, 0, 0)),
        ("000006", EcgSample(0, False, 3, 0)),
        ("000018", EcgSample(0, False, 0, 3)),
        ("0000e0", EcgSample(0, False, 0, 0)),
    ],
)
def test_type_1_has_14_bits_and_contact(octets: str, sample: EcgSample) -> None:
    """polar-ble-sdk, EcgDataTest.kt; one field at a time."""
    assert decode_ecg(head(1), bytes.fromhex(octets)).samples == (sample,)


@pytest.mark.parametrize(
    ("octets", "microvolts", "ecg_data_tag", "pace_data_tag"),
    [("ffff03", 262143, 0, 0), ("00001c", 0, 7, 0), ("0000e0", 0, 0, 7)],
)
def test_type_2_has_18_bits_and_two_tags(
    octets: str, microvolts: int, ecg_data_tag: int, pace_data_tag: int
) -> None:
    (sample,) = decode_ecg(head(2), bytes.fromhex(octets)).samples
    assert sample == EcgSample(microvolts, ecg_data_tag=ecg_data_tag, pace_data_tag=pace_data_tag)


def test_type_3_has_two_channels_and_a_status() -> None:
    frame = decode_ecg(head(3), bytes.fromhex("ffffff 000080 a5"))
    assert frame.samples == (EcgSample(-1, second_channel=-8388608, status=0xA5),)


@pytest.mark.parametrize(("frame_type", "size"), [(0, 3), (1, 3), (2, 3), (3, 7)])
def test_a_cut_sample_is_left_out_and_told(frame_type: int, size: int) -> None:
    for n_bytes in range(2 * size + 1):
        frame = decode_ecg(head(frame_type), bytes(n_bytes))
        assert (len(frame.samples), frame.truncated) == (n_bytes // size, n_bytes % size != 0)


def test_other_types_are_never_guessed() -> None:
    for header in (head(4), head(0, compressed=True)):
        with pytest.raises(MalformedPayloadError, match="unknown type"):
            decode_ecg(header, bytes(21))
