"""Work of an evening's rounds with their ratings: two minutes of work a round."""

import pytest

from server.dose.quantity import Missing, Quantity
from server.dose.written.round_metrics import RPE_WEIGHTED
from tests.ledger_entries import attending, effort
from tests.unit.server.dose.written.evenings import Evening, whole_evening


def _rate(evening: Evening, *ratings: int | None) -> None:
    for number, rating in enumerate(ratings, 1):
        evening.add("rpe", f"P01/{number}", effort(rating), 20)


def _weighted(evening: Evening) -> Quantity:
    return evening.dose().vector.find(RPE_WEIGHTED).delivered


def test_each_round_by_its_rating() -> None:
    """9, 11, 13 are 1, 2, 4: two minutes of each."""
    evening = whole_evening()
    _rate(evening, 9, 11, 13)
    assert (_weighted(evening).value, _weighted(evening).flags) == (14, ("converted",))


def test_planned_is_all_work_at_the_middle_of_the_aim() -> None:
    """Six turns of 24 s at 1.25."""
    planned = whole_evening().dose().vector.find(RPE_WEIGHTED).planned
    assert planned.value == pytest.approx(2.4 * 1.25)


def test_a_round_that_nobody_rated_leaves_it_missing() -> None:
    evening = whole_evening()
    _rate(evening, 9, None, 13)
    assert _weighted(evening).missing is Missing.NOT_RECORDED
    assert _weighted(evening).coverage == pytest.approx(2 / 3)


def test_a_round_that_she_missed_needs_no_rating() -> None:
    evening = whole_evening()
    _rate(evening, 9, 11)
    evening.add("attendance", "P01", attending("left"), 17.5)  # after round 2
    assert _weighted(evening).value == 6


def test_a_guess_is_marked() -> None:
    evening = whole_evening()
    for number in (1, 2, 3):
        evening.add("rpe", f"P01/{number}", effort(11, source="guessed"), 20)
    assert _weighted(evening).flags == ("converted", "guessed")


@pytest.mark.parametrize(("status", "value"), [("absent", 0), (None, None)])
def test_absent_is_zero_and_unknown_is_missing(status: str | None, value: float | None) -> None:
    evening = Evening(status=status)
    evening.close()
    assert _weighted(evening).value == value
