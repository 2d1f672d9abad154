"""Ratings on 6 to 20 by their anchors; the table is typed from the study's design, not the code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.errors import InvalidEffortError
from protocol.training.effort import CR10_OF_BORG
from server.dose.effort.rating import CR10_OF_BORG_13_AS_3_5, Rating, Scale

# 9 very light is 1, 11 light 2, 13 somewhat hard 4, 15 hard 5, 17 very hard 7.
ANCHORED = [
    (6, 0), (7, 0.5), (8, 0.5), (9, 1), (10, 1.5), (11, 2), (12, 3), (13, 4),
    (14, 4.5), (15, 5), (16, 6), (17, 7), (18, 8), (19, 9), (20, 10),
]  # fmt: skip


@pytest.mark.parametrize(("borg", "cr10"), ANCHORED)
def test_each_number_on_6_to_20_has_its_anchor(borg: int, cr10: float) -> None:
    rating = Rating(borg, Scale.BORG)
    assert rating.cr10 == cr10
    assert rating.is_converted


def test_it_is_no_straight_line() -> None:
    """(13 - 6) / 14 x 10 would be 5."""
    assert Rating(13, Scale.BORG).cr10 == 4


@given(st.integers(6, 19))
def test_harder_is_never_less(borg: int) -> None:
    for table in (CR10_OF_BORG, CR10_OF_BORG_13_AS_3_5):
        assert table[borg] <= table[borg + 1]


def test_the_other_reading_of_13_moves_its_neighbours_and_nothing_else() -> None:
    moved = {b: c for b, c in CR10_OF_BORG_13_AS_3_5.items() if c != CR10_OF_BORG[b]}
    assert moved == {12: 2.5, 13: 3.5, 14: 4.0}


def test_weeks_of_12_and_13_differ_by_14_to_20_percent_between_the_readings() -> None:
    """dose-metrics.md point 1: 3 / 2.5 and 4 / 3.5."""
    ratios = [CR10_OF_BORG[borg] / CR10_OF_BORG_13_AS_3_5[borg] for borg in (12, 13)]
    assert ratios == pytest.approx([1.20, 1.142857], abs=1e-6)


@pytest.mark.parametrize("number", [0, 0.3, 3.2, 10])
def test_a_rating_on_0_to_10_stays_what_it_is(number: float) -> None:
    rating = Rating(number, Scale.CR10)
    assert rating.cr10 == number
    assert not rating.is_converted


@pytest.mark.parametrize(
    ("number", "scale"),
    [(5, Scale.BORG), (21, Scale.BORG), (12.5, Scale.BORG), (-0.5, Scale.CR10), (10.5, Scale.CR10),
     (float("nan"), Scale.CR10), (float("inf"), Scale.CR10), (float("nan"), Scale.BORG)],
)  # fmt: skip
def test_a_number_that_the_scale_does_not_have_is_refused(number: float, scale: Scale) -> None:
    with pytest.raises(InvalidEffortError):
        Rating(number, scale)
