import numpy as np
import pytest

from server.dose.heart.zones import ZoneMinutes, count_zone_minutes

MINUTE_S = 60.0


def _of_max(maximum: float, *rates: float) -> ZoneMinutes:
    """A minute at each rate."""
    return count_zone_minutes(np.array(rates), np.full(len(rates), MINUTE_S), 0.0, maximum)


@pytest.mark.parametrize("maximum", [170.0, 180.0, 190.0, 200.0])
def test_a_zone_has_its_lower_end_and_not_its_upper_one(maximum: float) -> None:
    ends = [maximum * tenth / 10 for tenth in (5, 6, 7, 8, 9)]
    assert _of_max(maximum, *ends) == ZoneMinutes((1, 1, 1, 1, 1), 0.0, 0.0)
    below = [end - 0.01 for end in ends]
    assert _of_max(maximum, *below) == ZoneMinutes((1, 1, 1, 1, 0), 1.0, 0.0)


def test_133_of_190_is_seventy_percent() -> None:
    """0.7 * 190 is 133 or a little less or more, depending on how it is computed."""
    assert _of_max(190.0, 133.0).zones == (0, 0, 1, 0, 0)


def test_the_last_zone_has_both_ends_and_what_goes_over() -> None:
    assert _of_max(180.0, 162.0, 180.0, 185.0) == ZoneMinutes((0, 0, 0, 0, 3), 0.0, 1.0)


def test_minutes_are_of_time_and_not_of_samples() -> None:
    minutes = count_zone_minutes(np.array([100.0, 130.0]), np.array([90.0, 30.0]), 0.0, 200.0)
    assert minutes.zones == (1.5, 0.5, 0, 0, 0)


def test_of_the_reserve_zones_begin_at_rest() -> None:
    """60 to 180: half is 120, 90 % is 168; below rest is below all."""
    rates, held_s = np.array([119.0, 120.0, 168.0, 50.0]), np.full(4, MINUTE_S)
    minutes = count_zone_minutes(rates, held_s, 60.0, 180.0)
    assert minutes == ZoneMinutes((1, 0, 0, 0, 1), 2.0, 0.0)
