"""What a life-line still holds when its other end is gone."""

from firmware_sim.rehearsal.lifeline_watcher import read_held


def test_what_was_released_is_held_no_more_and_the_last_goes_first() -> None:
    assert read_held(["+10\n", "+20\n", "-10\n", "+30\n", "-99\n"]) == [30, 20]
    assert read_held([]) == []
