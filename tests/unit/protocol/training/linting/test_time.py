"""Minutes of whole weeks; the figures are the design's (training-plan.md), and sums by hand."""

import pytest
from msgspec.structs import replace

from protocol.training.linting.time import (
    compute_week_minutes,
    find_minutes_not_adding_up,
    find_rest_unclear,
    find_weeks_too_long,
)
from protocol.training.vocabulary import RestScope, Unit
from tests.unit.protocol.training.plans import as_printed, change_exercise, make_plan

# Repetitions of one set of everything: least, most; and the number of stations, from Table 1.
LEAST_1_5 = 6 * 8 + 5 * 8 + 5 * 8 + 7 * 3
MOST_6 = 6 * 12 + 5 * 15 + 5 * 15 + 7 * 15 + 5 * 12


def test_all_stations_with_a_rest_after_every_set_take_90_to_141_minutes() -> None:
    minutes = [compute_week_minutes(as_printed(), w, RestScope.BETWEEN_SETS) for w in range(1, 7)]
    least, most = min(one[0] for one in minutes), max(one[1] for one in minutes)
    assert (round(least), round(most)) == (90, 141)
    assert least == (LEAST_1_5 * 3 * 3 + (23 * 3 - 1) * 60) / 60
    assert most == (MOST_6 * 3 * 3 + (28 * 3 - 1) * 60) / 60


def test_with_rests_between_rounds_only_36_to_74() -> None:
    minutes = [compute_week_minutes(as_printed(), w, RestScope.BETWEEN_ROUNDS) for w in range(1, 7)]
    least, most = min(one[0] for one in minutes), max(one[1] for one in minutes)
    assert (round(least), round(most)) == (36, 74)
    assert least == (LEAST_1_5 * 3 * 3 + 23 * 3 * 10 + 2 * 60) / 60


def test_a_unit_that_is_not_inferred_counts_as_it_is() -> None:
    plan = change_exercise(make_plan([1]), "c0-e0", unit=Unit.SECONDS)
    assert compute_week_minutes(plan, 1, RestScope.BETWEEN_SETS) == (
        (3 * 8 + 2 * 60) / 60,
        (3 * 12 + 2 * 60) / 60,
    )
    assert compute_week_minutes(plan, 9, RestScope.BETWEEN_SETS) == (0, 0)


def test_weeks_that_do_not_fit_are_told_with_their_minutes() -> None:
    (found,) = find_weeks_too_long(as_printed())
    assert found.message.endswith("weeks 1-5 90-117, week 6 108-141, week 7 82-112, week 8 37-49")
    assert list(find_weeks_too_long(make_plan([2]))) == []


@pytest.mark.parametrize(("total", "n"), [(60, 0), (61, 1)])
def test_minutes_that_do_not_add_up(total: int, n: int) -> None:
    plan = as_printed()
    plan = replace(plan, session=replace(plan.session, total_min=total))
    assert len(list(find_minutes_not_adding_up(plan))) == n


def test_rests() -> None:
    plan = as_printed()
    assert [one.code for one in find_rest_unclear(plan)] == ["rest_unclear"]
    no_rest = replace(plan, session=replace(plan.session, rest_s=0), provenance={})
    assert [one.code for one in find_rest_unclear(no_rest)] == ["no_rest"]
