"""Frames in mg with their clocks; what can't be read or scaled is set aside."""

import numpy as np
import pytest

from protocol.identifiers import BootId
from server.decoding.clocks.connections import Connection
from server.decoding.clocks.decoded import DecodedConnection, decode_connection, join_connections
from tests.unit.server.decoding.frame_bytes import delta_block, head, raw_frame

BOOT = BootId("boot-1")


def decode(*payloads: bytes, factor: float | None = None) -> DecodedConnection:
    arrivals_ns = [10 * (at + 1) for at in range(len(payloads))]
    return decode_connection(Connection(BOOT, factor, arrivals_ns, list(payloads)))


def stamped(frame: bytes, stamp_ns: int) -> bytes:
    return frame[:1] + stamp_ns.to_bytes(8, "little") + frame[9:]


def test_raw_frames_are_in_mg_already() -> None:
    frames = [
        stamped(raw_frame([(1, -2, 1000)]), 5),
        stamped(raw_frame([(3, 4, 5), (6, 7, 8)]), 9),
    ]
    found = decode(*frames, factor=0.5)
    assert found.samples_mg.tolist() == [[1, -2, 1000], [3, 4, 5], [6, 7, 8]]
    assert found.samples_mg.dtype == np.float32
    assert found.frames.stamps_ns.tolist() == [5, 9]
    assert found.frames.arrivals_ns.tolist() == [10, 20]
    assert found.frames.n_samples.tolist() == found.n_kept.tolist() == [1, 2]


def test_compressed_counts_need_their_factor() -> None:
    reference = b"".join(value.to_bytes(2, "little", signed=True) for value in (100, -200, 4096))
    in_g, in_mg = head(0x80) + reference, head(0x81) + reference
    found = decode(in_g, in_mg, factor=0.000244)
    expected = [[24.4, -48.8, 999.424], [0.0244, -0.0488, 0.999424]]
    assert found.samples_mg == pytest.approx(np.array(expected), rel=1e-6)
    found = decode(in_g, in_mg)
    assert found.samples_mg.tolist() == [[100, -200, 4096]]  # 0x81 is in mg where nobody says more
    assert found.refused_arrivals_ns.tolist() == [10]


def test_what_is_no_frame_is_set_aside() -> None:
    good = stamped(raw_frame([(1, 2, 3)]), 7)
    far_future = stamped(raw_frame([(9, 9, 9)]), 2**61)
    empty = stamped(raw_frame([]), 8)
    too_long = good + bytes(600)
    found = decode(b"\x02", good, far_future, empty, too_long)
    assert found.refused_arrivals_ns.tolist() == [10, 30, 40, 50]
    assert found.samples_mg.tolist() == [[1, 2, 3]]
    assert found.frames.stamps_ns.tolist() == [7]


def test_the_same_bytes_again_are_a_repeat() -> None:
    one, other = (stamped(raw_frame([(at, 2, 3)]), at) for at in (1, 2))
    found = decode(one, other, one)
    assert (found.n_repeated, found.frames.arrivals_ns.tolist()) == (1, [10, 20])


def test_a_truncated_frame_announces_more_than_it_holds() -> None:
    """Its stamp is of the last sample announced."""
    reference = bytes(6)
    frame = head(0x81) + reference + delta_block(8, [(1, 1, 1)] * 4)[:-6]
    found = decode(frame)
    assert (found.n_kept.tolist(), found.frames.n_samples.tolist()) == ([3], [5])


def test_joined_one_after_the_other() -> None:
    one, other = decode(raw_frame([(1, 2, 3)])), decode(raw_frame([(4, 5, 6)] * 2), b"\x02")
    joined, numbers = join_connections([one, other])
    assert numbers.tolist() == [0, 1]
    assert joined.samples_mg.tolist() == [[1, 2, 3], [4, 5, 6], [4, 5, 6]]
    assert joined.n_kept.tolist() == [1, 2]
    assert joined.refused_arrivals_ns.tolist() == [20]
