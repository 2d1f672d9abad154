import numpy as np

from server.projection.person_streams import MovementPiece, follow_on


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
