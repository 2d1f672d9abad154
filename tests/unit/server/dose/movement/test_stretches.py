import numpy as np

from server.dose.movement.stretches import split_stretches


def test_gaps_dropouts_and_cells_without_a_number_cut_a_recording() -> None:
    """By hand, at 10 Hz: 0-2 heard, 3 has no number, 4-5 heard, then 0.5 s of gap, 6-8 heard,
    9-11 zero, 12 heard."""
    samples = np.ones((13, 3))
    samples[3, 1] = np.nan
    samples[9:12] = 0
    times_s = np.arange(13) / 10
    times_s[6:] += 0.5
    found = list(split_stretches(samples, times_s, 10))
    assert [round(each.start_s, 3) for each in found] == [0, 0.4, 1.1, 1.7]
    assert [len(each.samples) for each in found] == [3, 2, 3, 1]
    assert all((each.samples == 1).all() for each in found)


def test_nothing_heard_is_no_stretch() -> None:
    assert list(split_stretches(np.full((4, 3), np.nan), np.arange(4.0), 1)) == []
