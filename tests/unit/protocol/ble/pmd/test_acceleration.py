import pytest

from protocol.ble.pmd.acceleration import AccelerationUnit, decode_acceleration
from protocol.ble.pmd.header import FrameHeader
from protocol.errors import MalformedPayloadError


def head(form: int) -> FrameHeader:
    return FrameHeader(2, 1_000_000_000, bool(form & 0x80), form & 0x7F)


@pytest.mark.parametrize(
    ("form", "content", "samples"),
    [
        (0x00, "80 7f ff  01 02 03", ((-128, 127, -1), (1, 2, 3))),
        (0x01, "0080 ff7f ffff  0100 0200 0300", ((-32768, 32767, -1), (1, 2, 3))),
        (0x02, "000080 ffff7f ffffff  010000 020000 030000", ((-8388608, 8388607, -1), (1, 2, 3))),
    ],
)
def test_raw_axes_are_signed_and_in_order(
    form: int, content: str, samples: tuple[tuple[int, int, int], ...]
) -> None:
    frame = decode_acceleration(head(form), bytes.fromhex(content))
    assert frame.samples == samples
    assert (frame.unit, frame.n_announced, frame.truncated) == (AccelerationUnit.MILLI_G, 2, False)
    assert frame.milli_g() == samples


@pytest.mark.parametrize(("form", "size"), [(0x00, 3), (0x01, 6), (0x02, 9)])
def test_a_cut_raw_sample_is_left_out_and_told(form: int, size: int) -> None:
    for n_bytes in range(3 * size):
        frame = decode_acceleration(head(form), bytes(n_bytes))
        assert len(frame.samples) == n_bytes // size
        assert frame.truncated == (n_bytes % size != 0)
        assert frame.n_announced == -(-n_bytes // size)


def test_compressed_type_0_is_in_g_after_the_factor() -> None:
    """Verity Sense: 4068 counts x 0.000244 = 0.9926 g (online_measurement.pdf, figure 3)."""
    frame = decode_acceleration(head(0x80), bytes.fromhex("d0ff6501e40f"))
    assert (frame.samples, frame.unit) == (((-48, 357, 4068),), AccelerationUnit.G)
    assert frame.milli_g(0.000244)[0] == pytest.approx((-11.712, 87.108, 992.592))
    with pytest.raises(ValueError, match="factor from the strap's start answer"):
        frame.milli_g()


def test_compressed_type_1_is_in_mg_unless_a_factor_was_given() -> None:
    frame = decode_acceleration(head(0x81), bytes.fromhex("0a00ecffe803"))
    assert frame.unit is AccelerationUnit.MILLI_G
    assert frame.milli_g() == ((10, -20, 1000),)
    assert frame.milli_g(0.5) == ((5, -10, 500),)


def test_a_factor_doesnt_touch_raw_samples() -> None:
    assert decode_acceleration(head(0x00), b"\x01\x02\x03").milli_g(0.5) == ((1, 2, 3),)


def test_announced_samples_of_a_cut_frame_are_counted() -> None:
    """1 reference and 29 differences announced, 1 of them there."""
    frame = decode_acceleration(head(0x81), bytes.fromhex("0a00ecffe803081dfc07ff0c"))
    assert (len(frame.samples), frame.n_announced, frame.truncated) == (2, 30, True)


@pytest.mark.parametrize("form", [0x03, 0x7F, 0x82, 0xFF])
def test_other_forms_are_never_guessed(form: int) -> None:
    with pytest.raises(MalformedPayloadError, match=f"unknown type {form:#04x}"):
        decode_acceleration(head(form), bytes(18))
