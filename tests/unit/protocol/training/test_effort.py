"""Numbers of the scales; equivalents typed from the design's dose metrics and training plan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.errors import InvalidEffortError
from protocol.training.effort import (
    BORG_NUMBERS,
    CR10_NUMBERS,
    EffortPosition,
    borg_of_cr10,
    check_borg,
    check_cr10,
    classify_effort,
    cr10_of_borg,
    cr10_of_target,
)
from tests.unit.protocol.training.plans import as_printed

# dose-metrics.md, 1: the anchor-matched lookup.
LOOKUP = (
    "6→0, 7→0.5, 8→0.5, 9→1, 10→1.5, 11→2, 12→3, 13→4, 14→4.5, 15→5, 16→6, 17→7, 18→8, 19→9, 20→10"
)


def test_the_lookup_is_the_documented_one() -> None:
    wanted = {int(b): float(c) for b, c in (pair.split("→") for pair in LOOKUP.split(", "))}
    assert {number: cr10_of_borg(number) for number in BORG_NUMBERS} == wanted


def test_the_plans_targets_have_the_documented_equivalents() -> None:
    """training-plan.md, Intensity: 1-1.5, 2, 3-4."""
    found = [cr10_of_target(target) for target in as_printed().effort]
    assert found == [(1.0, 1.5), (2.0, 2.0), (3.0, 4.0)]


@pytest.mark.parametrize("number", [5, 21, -1, 0, 6.5, "12", None, True, 12.0])
def test_what_is_no_rating_on_6_to_20_is_refused(number: object) -> None:
    with pytest.raises(InvalidEffortError, match="whole numbers 6 to 20"):
        check_borg(number)


@pytest.mark.parametrize("number", [-0.5, 10.5, 0.4, "3", None, True, float("nan")])
def test_what_is_no_rating_on_0_to_10_is_refused(number: object) -> None:
    with pytest.raises(InvalidEffortError, match="0 to 10"):
        check_cr10(number)


def test_numbers_of_the_scales() -> None:
    assert [check_borg(number) for number in range(6, 21)] == list(range(6, 21))
    assert [check_cr10(n) for n in (0, 0.3, 0.5, 0.7, 1, 2.5, 10)] == [0, 0.3, 0.5, 0.7, 1, 2.5, 10]
    assert len(CR10_NUMBERS) == 23


def test_back_from_0_to_10_says_where_two_numbers_are_the_same() -> None:
    assert borg_of_cr10(0.5) == (7, 8)
    assert borg_of_cr10(4) == (13, 13)
    assert borg_of_cr10(3.5) == (12, 13)


@given(st.sampled_from(list(BORG_NUMBERS)))
def test_there_and_back_again_holds_the_number(number: int) -> None:
    least, most = borg_of_cr10(cr10_of_borg(number))
    assert least <= number <= most


def test_below_in_and_above_the_accepted_band() -> None:
    first, second, third = as_printed().effort  # accept 7-11, 10-12, 11-13
    positions = [classify_effort(number, first) for number in (6, 7, 11, 12)]
    below, within, above = EffortPosition.BELOW, EffortPosition.IN, EffortPosition.ABOVE
    assert positions == [below, within, within, above]
    assert [classify_effort(number, second) for number in (9, 10, 13)] == [below, within, above]
    assert [classify_effort(number, third) for number in (10, 13, 14)] == [below, within, above]
    with pytest.raises(InvalidEffortError):
        classify_effort(21, first)
