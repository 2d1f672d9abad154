import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.ble.pmd.delta import DeltaBlock, decode_delta
from protocol.errors import MalformedPayloadError

REFERENCE = bytes.fromhex("0a00 ecff e803")  # 10, -20, 1000

Row = tuple[int, ...]


def pack(rows: list[Row], bits: int) -> bytes:
    """One block, written from the document and digit by digit: no arithmetic shared with ours."""
    digits = [format(value & (1 << bits) - 1, f"0{bits}b")[::-1] for row in rows for value in row]
    text = "".join(digits)
    text += "0" * (-len(text) % 8)
    packed = bytes(int(text[i : i + 8][::-1], 2) for i in range(0, len(text), 8))
    return bytes((bits, len(rows))) + packed


def add_up(reference: Row, rows: list[Row]) -> list[Row]:
    samples = [reference]
    for row in rows:
        samples.append(tuple(a + b for a, b in zip(samples[-1], row, strict=True)))
    return samples


@st.composite
def blocks_of(draw: st.DrawFn, channels: int) -> list[tuple[int, list[Row]]]:
    blocks = []
    for bits in draw(st.lists(st.integers(1, 32), max_size=4)):
        value = st.integers(-(1 << bits - 1), (1 << bits - 1) - 1)
        blocks.append((bits, draw(st.lists(st.tuples(*[value] * channels), max_size=9))))
    return blocks


@given(st.integers(1, 4).flatmap(lambda n: st.tuples(st.just(n), blocks_of(n))))
def test_what_was_packed_comes_out(case: tuple[int, list[tuple[int, list[Row]]]]) -> None:
    """Any width from 1 to 32, any channels, several blocks: sums go on across their borders."""
    channels, blocks = case
    content = bytes(2 * channels) + b"".join(pack(rows, bits) for bits, rows in blocks)
    decoded = decode_delta(content, channels, 16)
    rows = [row for _, block_rows in blocks for row in block_rows]
    assert list(decoded.samples) == add_up((0,) * channels, rows)
    assert [(b.bits, b.count) for b in decoded.blocks] == [(b, len(r)) for b, r in blocks]
    assert not decoded.truncated


@given(
    rows=st.lists(st.tuples(*[st.integers(-16, 15)] * 3), min_size=1, max_size=9),
    cut=st.integers(1, 16),
)
def test_a_cut_block_keeps_its_complete_samples(rows: list[Row], cut: int) -> None:
    """Five bits: samples of 15 bits, so most cuts leave a part of one, which is dropped."""
    block = pack(rows, 5)
    held = max(len(block) - 2 - cut, 0)
    decoded = decode_delta(REFERENCE + block[: 2 + held], 3, 16)
    n_whole = held * 8 // 15
    assert list(decoded.samples) == add_up((10, -20, 1000), rows[:n_whole])
    assert decoded.truncated
    assert decoded.blocks == (DeltaBlock(5, len(rows), len(block) - 2, held),)
    assert not decoded.blocks[0].whole


def test_the_reference_alone_is_one_whole_sample() -> None:
    decoded = decode_delta(REFERENCE, 3, 16)
    assert (decoded.samples, decoded.blocks, decoded.truncated) == (((10, -20, 1000),), (), False)


def test_a_lone_byte_after_a_block_is_a_cut() -> None:
    decoded = decode_delta(REFERENCE + b"\x08", 3, 16)
    assert (len(decoded.samples), decoded.truncated) == (1, True)


def test_no_bits_repeat_the_sample_before() -> None:
    content = REFERENCE + bytes((8, 1, 1, 1, 1)) + bytes((0, 2)) + bytes((8, 1, 1, 1, 1))
    assert [x for x, _, _ in decode_delta(content, 3, 16).samples] == [10, 11, 11, 11, 12]


def test_d1_a_block_of_no_bits_costs_no_work_a_sample() -> None:
    """Goes red if two bytes make the gateway build 255 samples of their own."""
    samples = decode_delta(REFERENCE + bytes((0, 255)) * 4, 3, 16).samples
    assert len(samples) == 1021
    assert len(set(map(id, samples))) == 1


def test_thirty_two_bits_are_the_widest() -> None:
    assert len(decode_delta(REFERENCE + bytes((32, 1)) + bytes(12), 3, 16).samples) == 2
    with pytest.raises(MalformedPayloadError, match="33 bits"):
        decode_delta(REFERENCE + bytes((33, 0)), 3, 16)


@pytest.mark.parametrize(
    ("resolution_bits", "size"), [(8, 1), (9, 2), (14, 2), (16, 2), (22, 3), (32, 4)]
)
def test_reference_fills_whole_bytes(resolution_bits: int, size: int) -> None:
    content = b"\xff" * size + bytes(size)
    assert decode_delta(content, 2, resolution_bits).samples == ((-1, 0),)
    with pytest.raises(MalformedPayloadError, match=f"reference sample is {2 * size} bytes"):
        decode_delta(content[:-1], 2, resolution_bits)


def test_c4_two_bytes_that_announce_many_samples_are_refused() -> None:
    """Figure 3 bounds no block; a value of 512 bytes could announce 63,000 samples."""
    whole = REFERENCE + bytes((0, 255)) * 4
    assert len(decode_delta(whole + bytes((0, 3)), 3, 16).samples) == 1024
    with pytest.raises(MalformedPayloadError, match="more than 1024 samples announced"):
        decode_delta(whole + bytes((0, 4)), 3, 16)
