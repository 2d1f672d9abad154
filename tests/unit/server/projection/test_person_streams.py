import numpy as np
import pytest

from protocol.identifiers import BootId
from server.decoding.clocks.fit import ClockFit
from server.decoding.clocks.slope import SlopeSource
from server.decoding.clocks.timed import FrameTally, TimedAcceleration, TimedSegment
from server.projection.person_streams import MovementPiece, follow_on, join_streams, split_mask
from server.projection.strap_clocks import StrapClocks
from server.projection.strap_stream import StrapStream
from server.sessions.domain.coverage import Worn


def piece(first_ns: int, n: int, strap: str = "51ADA001") -> MovementPiece:
    times = first_ns + np.arange(n, dtype=np.int64) * 10
    samples = np.full((n, 3), first_ns, dtype=np.float32)
    return MovementPiece(strap, 100, 100.0, times, samples)


def list_times(pieces: list[MovementPiece]) -> list[list[int]]:
    return [one.utc_ns.tolist() for one in pieces]


def test_pieces_that_follow_each_other_stay_whole() -> None:
    assert list_times(follow_on([piece(100, 3), piece(0, 3)])) == [[0, 10, 20], [100, 110, 120]]


def test_what_overlaps_the_piece_before_is_left_out() -> None:
    kept = follow_on([piece(0, 3), piece(15, 3)])
    assert list_times(kept) == [[0, 10, 20], [25, 35]]
    assert kept[1].samples_mg[0, 0] == 15  # its own samples, from the second on


def test_a_piece_that_lies_within_another_is_left_out() -> None:
    assert list_times(follow_on([piece(0, 9), piece(20, 3)])) == [[*range(0, 90, 10)]]


def test_nothing() -> None:
    assert follow_on([]) == []


@pytest.mark.parametrize(
    ("mask", "parts"),
    [
        ("", []),
        ("000", []),
        ("111", [(0, 3)]),
        ("0110", [(1, 3)]),
        ("101", [(0, 1), (2, 3)]),
        ("1100111", [(0, 2), (4, 7)]),
    ],
)
def test_a_mask_is_split_where_it_breaks(mask: str, parts: list[tuple[int, int]]) -> None:
    found = split_mask(np.array([one == "1" for one in mask], dtype=np.bool_))
    assert [(one.start, one.stop) for one in found] == parts


def stream(strap: str) -> StrapStream:
    """A still chest for 30 s at 100 Hz; its samples say which strap it was."""
    utc_ns = np.arange(3000, dtype=np.int64) * 10_000_000
    samples = np.full((3000, 3), int(strap[-1]), dtype=np.float32)
    clock = ClockFit(300, 30_000.0, 0, 0.0, SlopeSource.HELD, 0.0, 0.0, 0.0, ())
    segment = TimedSegment(BootId("boot-1"), 0, 3000, 100.0, 100, clock)
    timed = TimedAcceleration(
        utc_ns, samples, np.zeros(3000, dtype=np.int32), (segment,), (), (), FrameTally(3000), None
    )
    clocks = StrapClocks("hall", strap, (), 0, 0, 0, 0, 0)
    return StrapStream("hall", strap, (), timed, (), clocks, 0)


def test_straps_swapped_and_swapped_back_are_hers_while_she_wore_each() -> None:
    """P01 wears A, from 10 s to 20 s B, then A again; P02 the other one."""
    straps = {"A": "51ADA001", "B": "51ADA002"}
    worn = [
        Worn(code, straps[name], 1000 * first, 1000 * end)
        for first, end, names in ((0, 10, "AB"), (10, 20, "BA"), (20, 30, "AB"))
        for code, name in zip(("P01", "P02"), names, strict=True)
    ]
    joined = join_streams([stream(one) for one in straps.values()], worn, {})
    for code, order in (("P01", [1, 2, 1]), ("P02", [2, 1, 2])):
        pieces = joined.of[code].movement
        assert [int(one.samples_mg[0, 0]) for one in pieces] == order
        assert [len(one.utc_ns) for one in pieces] == [1000] * 3
        assert np.concatenate([one.utc_ns for one in pieces]).tolist() == [
            n * 10_000_000 for n in range(3000)
        ]
