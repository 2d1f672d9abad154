from random import Random

import pytest

from firmware_sim.evening.woman import capacity, feel, make_woman


def test_a_woman_is_the_same_whoever_else_is_simulated() -> None:
    assert make_woman("P03", "Sea", None, 1) == make_woman("P03", "Sea", None, 1)
    assert make_woman("P03", "Sea", None, 1) != make_woman("P04", "Sea", None, 1)


def test_she_gets_stronger_week_by_week() -> None:
    woman = make_woman("P03", "Sea", None, 1)
    first = sum(capacity(woman, 12, 1, Random(n)) for n in range(200))
    last = sum(capacity(woman, 12, 8, Random(n)) for n in range(200))
    assert last / first == pytest.approx(1.21, abs=0.01)


@pytest.mark.parametrize(("share", "rating"), [(0, 6), (0.5, 10), (0.7, 13), (1, 18), (3, 20)])
def test_effort_rises_with_the_share_of_what_she_can_do(share: float, rating: int) -> None:
    assert feel(share * 20, 20) == pytest.approx(rating, abs=1)
