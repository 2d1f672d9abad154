"""Sets out of the fold, each as dose counts it."""

from typing import Any

import msgspec
import pytest

from protocol.training.plan import TrainingPlan
from protocol.training.vocabulary import Sides
from server.dose.volume.sets import DoseSet
from server.dose.volume.threefold import SetState
from server.dose.written.planned import UNLISTED
from tests.ledger_entries import amount, attending, logged, minute, performed, substitution
from tests.unit.server.dose.written.evenings import (
    BAND,
    PLAN,
    SQUAT,
    Evening,
    plan_session,
    told,
    whole_evening,
)


def _sets(evening: Evening, **other: Any) -> list[DoseSet]:
    return list(evening.dose(**other).sets)


def _with_sides(sides: str) -> TrainingPlan:
    """The plan with all its exercises counted so."""
    made = [msgspec.structs.replace(one, sides=Sides(sides)) for one in PLAN.exercises]
    return msgspec.structs.replace(PLAN, exercises=tuple(made))


def _amounts(sides: str, **other: Any) -> set[float | None]:
    evening = whole_evening()
    value = logged(SQUAT, 8, prescribed={**amount(10), "sides": sides}, **other)
    for number in (1, 2, 3):
        evening.add("set", f"P01/{SQUAT}/{number}", value, 20)
    return {one.amount for one in _sets(evening) if one.planned_category == "agility"}


def test_an_assumed_set_has_the_amounts_that_were_prescribed() -> None:
    sets = _sets(whole_evening())
    assert len(sets) == 6
    assert {(one.state, one.amount, one.prescribed) for one in sets} == {(SetState.ASSUMED, 10, 10)}
    assert {one.category for one in sets} == {"agility", "strength"}
    assert {one.work_s for one in sets} == {60}
    assert {one.band for one in sets} == {None, "red"}


def test_an_assumed_set_without_a_prescription_has_no_amount_but_a_planned_one() -> None:
    evening = Evening()
    evening.start()
    evening.close()
    assert {(one.amount, one.prescribed) for one in _sets(evening)} == {(None, 10)}
    assert {one.has_band for one in _sets(evening)} == {True, False}


@pytest.mark.parametrize(("sides", "n"), [("each_side", 16), ("shared", 8), ("both", 8)])
def test_each_side_counts(sides: str, n: float) -> None:
    """Eight on each side are sixteen."""
    assert _amounts(sides) == {n}


@pytest.mark.parametrize(
    "other",
    [
        {"performed": {**performed(8), "sides": "left"}},
        {"performed": {**performed(8), "sides": "right"}},
        {"chips": ["one_side"]},
    ],
)
def test_one_side_alone_counts_once(other: dict[str, Any]) -> None:
    assert _amounts("each_side", **other) == {8}


def test_prescribed_counts_both_sides_too() -> None:
    evening = whole_evening(sides="each_side")
    of_band = [one for one in _sets(evening) if one.has_band]
    assert {(one.amount, one.prescribed) for one in of_band} == {(20, 20)}


def test_without_a_prescription_the_plan_says_how_sides_count() -> None:
    evening = whole_evening()
    value = logged(SQUAT, 8, prescribed=None)
    evening.add("set", f"P01/{SQUAT}/1", value, 20)
    first = _sets(evening, plan=_with_sides("each_side"))[0]
    assert (first.state, first.amount) == (SetState.OBSERVED, 16)


def test_who_was_away_did_not_do_it_and_who_came_late_neither() -> None:
    evening = whole_evening()
    evening.add("attendance", "P01", attending("away"), 13.5)  # before round 2
    states = [one.state for one in _sets(evening)]
    assert states == [SetState.ASSUMED] * 2 + [SetState.NOT_DONE] * 4
    late = Evening(status="late", at=13.5)
    late.prescribe()
    late.start()
    late.close()
    assert [one.state for one in _sets(late)] == [SetState.NOT_DONE] * 2 + [SetState.ASSUMED] * 4


def test_before_anybody_said_that_she_was_there_nothing_is_known() -> None:
    evening = Evening(status="present", at=13.5)
    evening.prescribe()
    evening.start()
    evening.close()
    assert [one.state for one in _sets(evening)] == [SetState.UNKNOWN] * 2 + [SetState.ASSUMED] * 4


def test_a_session_closed_before_the_end_leaves_the_rest_undone() -> None:
    evening = Evening()
    evening.prescribe()
    evening.start()
    evening.close(13.5)
    sets = _sets(evening)
    assert [one.state for one in sets] == [SetState.ASSUMED] * 2 + [SetState.NOT_DONE] * 4
    assert {one.prescribed for one in sets} == {10}


def test_while_it_runs_what_has_not_begun_is_left_out() -> None:
    evening = Evening()
    evening.prescribe()
    evening.start()
    folded = evening.fold(at=13.5)
    assert not folded.is_closed
    assert len(folded.list_work_s("P01")) == 6
    evening.events.append(
        evening.tablet.write("clock_held", "clock", {"at": minute(13.5), "why": None}, minute(13.5))
    )
    assert len(_sets(evening)) == 2


def test_without_a_clock_the_planned_sets_are_unknown_but_those_logged() -> None:
    evening = Evening()
    evening.add("set", f"P01/{SQUAT}/2", logged(SQUAT, 8), 20)
    evening.close()
    states = [one.state for one in _sets(evening)]
    assert states == [SetState.OBSERVED] + [SetState.UNKNOWN] * 5


@pytest.mark.parametrize("status", ["present", None])
def test_a_session_that_nobody_started_or_closed_is_unknown(status: str | None) -> None:
    assert [one.state for one in _sets(Evening(status=status))] == [SetState.UNKNOWN] * 6


@pytest.mark.parametrize(
    ("status", "state"), [("absent", SetState.NOT_DONE), (None, SetState.UNKNOWN)]
)
def test_absent_did_none_and_of_the_unknown_nothing_is_known(
    status: str | None, state: SetState
) -> None:
    evening = Evening(status=status)
    evening.close()
    assert [one.state for one in _sets(evening)] == [state] * 6


def test_a_set_that_the_circuit_did_not_have_is_extra() -> None:
    evening = whole_evening()
    evening.add("set", f"P01/{SQUAT}/4", logged(SQUAT, 8), 40)
    extra = [one for one in _sets(evening) if one.is_extra]
    assert [(one.amount, one.work_s) for one in extra] == [(8, None)]


def test_another_exercise_has_its_own_category_at_the_station_s() -> None:
    evening = whole_evening()
    value = substitution(minute(10), "pelvic-tilt", 6)
    evening.add("substitution", f"P01/{SQUAT}", value, 10)
    instead = [one for one in _sets(evening) if one.planned_category == "agility"]
    assert {(one.category, one.amount) for one in instead} == {("core", 6)}


def test_an_exercise_that_no_plan_has_stays_in_every_sum() -> None:
    evening = whole_evening()
    evening.add("set", "P01/handstand/1", logged("handstand", 3), 40)
    dose = evening.dose()
    assert [one.amount for one in dose.sets if one.category == UNLISTED] == [3]
    found = dose.vector.find("repetitions_as_logged", UNLISTED).delivered.value
    assert found == 3


def test_the_same_band_may_be_another_than_the_prescribed() -> None:
    evening = whole_evening()
    value = logged(BAND, 8, prescribed=amount(10, band="red"), performed=performed(8, band="blue"))
    evening.add("set", f"P01/{BAND}/1", value, 20)
    assert [one.band for one in _sets(evening) if one.has_band] == ["blue", "red", "red"]


def test_planned_sets_are_hers_where_she_has_a_prescription() -> None:
    evening = Evening()
    exercises = {SQUAT: told(SQUAT, 7, sides="each_side")}
    evening.add("prescription", "P01", {"exercises": exercises}, 5)
    vector = evening.dose(session=plan_session()).vector
    assert vector.find("repetitions_as_logged").planned.value == 3 * 14 + 3 * 10
