"""Minutes weighted by the rating of their round, by hand."""

import pytest

from server.dose.effort.rating import Rating, Scale
from server.dose.effort.weighted import RoundWork, compute_weighted_minutes
from server.dose.quantity import Missing


def test_rounds_by_hand() -> None:
    """8 minutes at 11 (2), 8 at 13 (4): 16 + 32."""
    rounds = [RoundWork(8, Rating(11, Scale.BORG)), RoundWork(8, Rating(13, Scale.BORG))]
    told = compute_weighted_minutes(rounds)
    assert (told.value, told.flags, told.unit) == (48, ("converted",), "CR10 x min")


def test_a_rating_of_zero_is_a_rating() -> None:
    told = compute_weighted_minutes([RoundWork(8, Rating(0, Scale.CR10))])
    assert (told.value, told.flags) == (0, ())


def test_a_round_without_a_rating_leaves_no_sum() -> None:
    told = compute_weighted_minutes([RoundWork(6, Rating(3, Scale.CR10)), RoundWork(2, None)])
    assert told.missing is Missing.NOT_RECORDED
    assert told.coverage == pytest.approx(0.75)


def test_minutes_that_nobody_knows_leave_no_sum_and_no_coverage() -> None:
    told = compute_weighted_minutes([RoundWork(None, Rating(3, Scale.CR10)), RoundWork(2, None)])
    assert (told.missing, told.coverage) == (Missing.NOT_RECORDED, None)


def test_a_round_without_work_needs_no_rating() -> None:
    assert compute_weighted_minutes([RoundWork(0, None)]).value == 0
