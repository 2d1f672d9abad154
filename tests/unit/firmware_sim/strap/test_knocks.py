import numpy as np
import pytest

from firmware_sim.strap.knocks import KNOCK_MG, add_knocks

STILL = np.tile(np.array([[-1000, 0, 0]]), (200, 1))
SECOND_NS = 1_000_000_000


def test_a_knock_is_a_short_push_where_it_falls() -> None:
    knocked = add_knocks(STILL, [500_000_000], 5_000_000, SECOND_NS)
    changed = np.flatnonzero((knocked != STILL).any(axis=1))
    assert changed.tolist() == [100, 101, 102]  # 15 ms are three samples of 5 ms at 200 Hz
    assert knocked[101, 2] == pytest.approx(KNOCK_MG * 3 / np.pi, abs=1)  # its middle, by hand
    assert (knocked[:, :2] == STILL[:, :2]).all()


def test_a_knock_that_begins_before_a_frame_ends_in_it() -> None:
    knocked = add_knocks(STILL, [0], 5_000_000, SECOND_NS)
    assert np.flatnonzero(knocked[:, 2]).tolist() == [0, 1, 2]


def test_nothing_is_changed_where_nobody_knocks() -> None:
    assert add_knocks(STILL, [], 5_000_000, SECOND_NS) is STILL
    assert add_knocks(STILL, [2 * SECOND_NS], 5_000_000, SECOND_NS) is STILL
