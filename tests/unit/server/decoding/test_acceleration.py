"""The batch decoder says what the scalar decoder says, for every frame and any mixture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.ble.pmd import AccelerationFrame, decode_frame
from protocol.errors import MalformedPayloadError
from server.decoding.acceleration import decode_frames, decode_joined_frames
from server.decoding.batch import AccelerationBatch
from tests.unit.server.decoding.frame_bytes import TIMESTAMP_NS, frames, head, raw_frame

# polar-ble-sdk, technical_documentation/online_measurement.pdf: H10 raw type 1 (v063 of the
# vectors) and Verity Sense compressed, figure 3 (v062).
H10_FRAME = bytes.fromhex("02ea54a2428b4552080145ffe4ffb50345ffe4ffb803")
VERITY_FRAME = bytes.fromhex(
    "02646c76c43cc67f0780d0ff6501e40f081dfc07ff0c13f211f11af9eef8ef0c0309f2"
)

Block = tuple[int, ...]


def decode_scalar(payload: bytes) -> AccelerationFrame | str:
    """The frame, or the reason why there is none."""
    if len(payload) >= 10 and payload[0] & 0x3F != 2:
        return f"measurement {payload[0] & 0x3F} is not acceleration"
    try:
        frame = decode_frame(payload)
    except MalformedPayloadError as error:
        return error.reason
    return frame if isinstance(frame, AccelerationFrame) else type(frame).__name__


def assert_equals_scalar(batch: AccelerationBatch, given_frames: list[bytes]) -> None:
    reasons = {frame.index: frame.reason for frame in batch.refused}
    for index, payload in enumerate(given_frames):
        scalar = decode_scalar(payload)
        if not isinstance(scalar, AccelerationFrame):
            assert reasons[index] == scalar
            assert len(batch.samples_of(index)) == 0
            continue
        assert index not in reasons
        assert [tuple(row) for row in batch.samples_of(index).tolist()] == list(scalar.samples)
        assert batch.columns.truncated[index] == scalar.truncated
        assert batch.columns.n_announced[index] == scalar.n_announced
        assert batch.timestamps_ns[index] == scalar.header.timestamp_ns
        assert batch.columns.forms[index] == payload[9]


@given(st.lists(frames, max_size=12))
def test_equals_the_scalar_decoder(given_frames: list[bytes]) -> None:
    assert_equals_scalar(decode_frames(given_frames), given_frames)


@given(st.integers(1, 60), st.data())
def test_joined_frames_equal_the_scalar_decoder(frame_bytes: int, data: st.DataObject) -> None:
    frame = frames.map(lambda payload: payload[:frame_bytes].ljust(frame_bytes, b"\1"))
    same_form = data.draw(st.booleans())
    given_frames = data.draw(st.lists(frame, max_size=8))
    if same_form and frame_bytes >= 10:
        given_frames = [head(1) + payload[10:] for payload in given_frames]
    batch = decode_joined_frames(b"".join(given_frames), frame_bytes)
    assert_equals_scalar(batch, given_frames)


def test_documented_frames() -> None:
    batch = decode_frames([H10_FRAME, VERITY_FRAME])
    assert batch.samples_of(0).tolist() == [[-187, -28, 949], [-187, -28, 952]]
    # The document prints the first three; 29 more are announced but not in the figure.
    assert batch.samples_of(1).tolist()[:3] == [
        [-48, 357, 4068],
        [-52, 364, 4067],
        [-40, 383, 4053],
    ]
    assert batch.columns.truncated.tolist() == [False, True]
    assert batch.columns.n_announced.tolist() == [2, 30]


def test_one_bad_frame_takes_no_other_with_it() -> None:
    good = raw_frame([(1, -2, 3)])
    bad = head(0x81) + bytes(6) + bytes([33, 1])
    batch = decode_frames([good, b"\x02", bad, head(0x05), head(1, measurement=0), good])
    assert [frame.index for frame in batch.refused] == [1, 2, 3, 4]
    assert batch.samples.tolist() == [[1, -2, 3], [1, -2, 3]]
    assert batch.columns.n_samples.tolist() == [1, 0, 0, 0, 0, 1]
    assert batch.columns.n_announced.tolist() == [1, 0, 0, 0, 0, 1]
    assert int(batch.timestamps_ns[5]) == TIMESTAMP_NS


def test_samples_own_their_memory() -> None:
    batch = decode_joined_frames(raw_frame([(1, 2, 3)]) * 2, 16)
    batch.samples[0] = 0
    assert batch.samples.tolist() == [[0, 0, 0], [1, 2, 3]]


def test_nothing_gives_nothing() -> None:
    assert decode_frames([]).samples.shape == (0, 3)
    assert decode_joined_frames(b"", 226).samples.shape == (0, 3)


@pytest.mark.parametrize("frame_bytes", [0, 15, 17])
def test_refuses_a_broken_row_length(frame_bytes: int) -> None:
    with pytest.raises(ValueError, match="no whole number"):
        decode_joined_frames(raw_frame([(1, 2, 3)]), frame_bytes)


@given(st.lists(st.sampled_from([(0, 255), (0, 4), (0, 3), (33, 1), (1, 8, 0, 0, 0)]), max_size=9))
def test_c4_the_same_frames_announce_too_much_for_both_decoders(blocks: list[Block]) -> None:
    frame = head(0x81) + bytes(6) + b"".join(map(bytes, blocks))
    assert_equals_scalar(decode_frames([frame, VERITY_FRAME]), [frame, VERITY_FRAME])
