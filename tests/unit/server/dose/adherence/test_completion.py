"""Completion by hand and by chance."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.dose.adherence.completion import Pair, compute_completion, pair_amounts, pair_sets
from server.dose.quantity import Missing
from server.dose.volume.sets import DoseSet
from server.dose.volume.threefold import SetState

AMOUNTS = st.none() | st.floats(0, 100)


def _set(amount: float | None, **other: Any) -> DoseSet:
    told: dict[str, Any] = {
        "category": "core",
        "planned_category": "core",
        "unit": "repetitions",
        "state": SetState.OBSERVED,
        "prescribed": 10.0,
        "prescribed_unit": "repetitions",
    }
    return DoseSet(name="sit-to-stand/1", exercise="sit-to-stand", amount=amount, **(told | other))


def test_more_in_one_set_does_not_make_up_for_less_in_another() -> None:
    """Prescribed 10, 10, 10; done 12, 10, 5: 25 of 30 completed, 2 in excess."""
    done = compute_completion([Pair(12, 10), Pair(10, 10), Pair(5, 10)], "repetitions")
    assert done.share.value == pytest.approx(25 / 30)
    assert (done.excess.value, done.excess.unit) == (2, "repetitions")


def test_what_nobody_knows_leaves_no_share() -> None:
    done = compute_completion([Pair(10, 10), Pair(None, 10), Pair(8, None), Pair(9, 9)], "sets")
    assert (done.share.missing, done.share.coverage) == (Missing.NOT_RECORDED, 0.5)
    assert done.excess.missing is Missing.NOT_RECORDED


def test_nothing_prescribed_has_no_share_and_all_of_it_in_excess() -> None:
    done = compute_completion([Pair(10, 0)], "repetitions")
    assert (done.share.missing, done.excess.value) == (Missing.NOT_APPLICABLE, 10)
    assert compute_completion([], "sets").share.missing is Missing.NOT_APPLICABLE


def test_amounts_of_sets_that_were_done_cut_short_missed_and_extra() -> None:
    sets = [
        _set(10.0),
        _set(0.0),
        _set(None, state=SetState.NOT_DONE),
        _set(None, state=SetState.UNKNOWN),
        _set(10.0, is_extra=True),
        _set(30.0, unit="seconds"),
        _set(30.0, unit="seconds", prescribed_unit="seconds", prescribed=20.0),
    ]
    assert pair_amounts(sets, "repetitions", None) == [
        Pair(10, 10), Pair(0, 10), Pair(0, 10), Pair(None, 10), Pair(10, 0), Pair(None, 10),
    ]  # fmt: skip
    assert pair_amounts(sets, "seconds", None) == [Pair(30, 20)]
    assert [pair.done for pair in pair_sets(sets, None)] == [1, 0, 0, None, 1, 1, 1]
    assert [pair.prescribed for pair in pair_sets(sets, None)] == [1, 1, 1, 1, 0, 1, 1]


def test_completion_is_by_the_station_whatever_she_did_there() -> None:
    squat = _set(10.0, category="strength", planned_category="plyometric")
    assert pair_sets([squat], "plyometric") == [Pair(1, 1)]
    assert pair_sets([squat], "strength") == []


@given(st.lists(st.builds(Pair, AMOUNTS, AMOUNTS)))
def test_completion_lies_between_0_and_1_and_the_unknown_is_never_0(pairs: list[Pair]) -> None:
    done = compute_completion(pairs, "repetitions")
    is_known = all(None not in (pair.done, pair.prescribed) for pair in pairs)
    if done.share.value is not None:
        assert is_known
        assert 0 <= done.share.value <= 1
    if done.excess.value is not None:
        assert is_known
        assert done.excess.value >= 0
