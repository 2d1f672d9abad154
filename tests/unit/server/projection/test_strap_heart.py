import numpy as np

from server.projection.strap_heart import StrapHeart, join_hearts


def heart(first_ns: int, n: int, strap: str = "51ADA001") -> StrapHeart:
    """A value and a beat every ten ns; the first beat begins a run."""
    times = first_ns + np.arange(n, dtype=np.int64) * 10
    begins = np.arange(n) == 0
    return StrapHeart(
        strap, times, times % 200, np.ones(n, dtype=np.bool_), times, times + 1, begins
    )


def test_a_beat_whose_neighbour_is_left_out_begins_a_run() -> None:
    kept = heart(0, 5).keep(np.ones(5, dtype=np.bool_), np.array([True, True, False, True, True]))
    assert kept.beats_utc_ns.tolist() == [0, 10, 30, 40]
    assert kept.begins_run.tolist() == [True, False, True, False]


def test_some_values_and_no_beats() -> None:
    kept = heart(0, 3).keep(np.array([False, True, True]), np.zeros(3, dtype=np.bool_))
    assert kept.utc_ns.tolist() == [10, 20]
    assert len(kept.rr_ticks) == 0


def test_pieces_are_joined_by_time_and_a_new_piece_begins_a_run() -> None:
    second = heart(100, 2).keep(np.ones(2, dtype=np.bool_), np.ones(2, dtype=np.bool_))
    joined = join_hearts([second, heart(0, 2)])
    assert joined.utc_ns.tolist() == [0, 10, 100, 110]
    assert joined.begins_run.tolist() == [True, False, True, False]
