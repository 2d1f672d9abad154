"""Delta frames: every width, cut blocks, sums beyond 32 bits."""

import pytest

from server.decoding.delta import decode_delta_frames
from tests.unit.server.decoding.frame_bytes import delta_block, head

REFERENCE = bytes.fromhex("d0ff6501e40f")  # (-48, 357, 4068): online_measurement.pdf, figure 3
ONWARDS = (-48, 357, 4068)


def decode_one(content: bytes) -> tuple[list[list[int]], bool]:
    found = decode_delta_frames([head(0x81) + content])
    assert found.reasons == {}
    return found.samples.tolist(), bool(found.truncated[0])


@pytest.mark.parametrize("bits", range(2, 33))
def test_every_width_at_its_extremes(bits: int) -> None:
    top = (1 << (bits - 1)) - 1
    steps = [(top, -top - 1, 0), (-1, 1, top), (0, 0, -1)]
    samples, truncated = decode_one(REFERENCE + delta_block(bits, steps))
    expected = [list(ONWARDS)]
    for step in steps:
        expected.append([a + b for a, b in zip(expected[-1], step, strict=True)])
    assert samples == expected
    assert not truncated


def test_width_one_is_nought_or_minus_one() -> None:
    """True sign extension; polar-python and the vendor's mask give +1."""
    samples, _ = decode_one(REFERENCE + delta_block(1, [(0, -1, 0), (-1, -1, 0)]))
    assert samples[1:] == [[-48, 356, 4068], [-49, 355, 4068]]


def test_width_nought_repeats_the_last_sample() -> None:
    samples, truncated = decode_one(REFERENCE + bytes([0, 3]))
    assert samples == [list(ONWARDS)] * 4
    assert not truncated


def test_of_a_cut_block_the_whole_samples_stay() -> None:
    block = delta_block(8, [(1, 1, 1), (2, 2, 2)])
    samples, truncated = decode_one(REFERENCE + block[:-1])
    assert samples == [list(ONWARDS), [-47, 358, 4069]]
    assert truncated


def test_too_wide_refuses_the_whole_frame_and_no_other() -> None:
    good = head(0x80) + REFERENCE
    bad = good + delta_block(4, [(1, 1, 1)]) + bytes([33, 0])
    found = decode_delta_frames([good, bad, good, good[:15]])
    assert found.reasons == {
        1: "differences of 33 bits; at most 32 can be",
        3: "reference sample is 6 bytes",
    }
    assert found.n_samples.tolist() == [1, 0, 1, 0]
    assert found.samples.tolist() == [list(ONWARDS)] * 2


def test_sums_leave_32_bits_unharmed() -> None:
    top = (1 << 31) - 1
    samples, _ = decode_one(REFERENCE + delta_block(32, [(top, -top - 1, 0)] * 3))
    assert samples[-1] == [-48 + 3 * top, 357 - 3 * (top + 1), 4068]


def test_c4_two_bytes_that_announce_many_samples_are_refused() -> None:
    most = head(0x81) + REFERENCE + bytes([0, 255]) * 4 + bytes([0, 3])
    too_many = head(0x81) + REFERENCE + bytes([0, 255]) * 248
    found = decode_delta_frames([too_many, most, too_many])
    assert found.reasons == dict.fromkeys((0, 2), "more than 1024 samples announced")
    assert found.n_samples.tolist() == [0, 1024, 0]
    assert found.n_announced.tolist() == [0, 1024, 0]
