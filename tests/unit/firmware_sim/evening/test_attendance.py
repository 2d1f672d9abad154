from random import Random

from firmware_sim.evening.attendance import choose_comers
from firmware_sim.evening.woman import make_woman

WOMEN = [make_woman(f"P{n:02d}", "Fig", None, 1) for n in range(1, 16)]


def test_about_one_of_sixteen_stays_away() -> None:
    comers = [one for seed in range(200) for one in choose_comers(WOMEN, Random(seed))]
    away = sum(one.arrives_min is None for one in comers) / len(comers)
    assert 0.04 < away < 0.08


def test_who_comes_is_early_or_late_never_in_between() -> None:
    comers = [one for seed in range(50) for one in choose_comers(WOMEN, Random(seed))]
    arrived = [one.arrives_min for one in comers if one.arrives_min is not None]
    assert all(-14 <= at <= -6 or 14 <= at <= 25 for at in arrived)
    assert 0.05 < sum(at > 0 for at in arrived) / len(arrived) < 0.2
