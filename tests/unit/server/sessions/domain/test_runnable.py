import pytest
from msgspec.structs import replace

from protocol.training.plan import TrainingPlan
from protocol.training.vocabulary import RestScope
from server.sessions.domain.runnable import list_obstacles
from tests.unit.protocol.training.plans import (
    as_printed,
    change_exercise,
    make_exercise,
    make_plan,
    tailored,
)


def _shape(**changes: object) -> TrainingPlan:
    return replace(tailored(), session=replace(tailored().session, **changes))


@pytest.mark.parametrize("plan", [as_printed(), tailored()], ids=lambda plan: plan.id)
def test_the_circuit_runs_the_plans_that_ship(plan: TrainingPlan) -> None:
    assert list_obstacles(plan) == []
    between_rounds = replace(plan.session, rest_scope=RestScope.BETWEEN_ROUNDS, changeover_s=0)
    assert list_obstacles(replace(plan, session=between_rounds)) == []


_BANDS = tailored().bands
assert _BANDS is not None


@pytest.mark.parametrize(
    ("plan", "begins"),
    [
        (_shape(rest_scope=RestScope.BETWEEN_SETS), "session.rest_scope: in the circuit everybody"),
        (_shape(rest_s=0), "session.rest_s: effort is asked in the rests"),
        (_shape(rounds=19), "session.rounds: 19 rounds of 8 stations are 304 times"),
        (replace(tailored(), bands=replace(_BANDS, order=("yellow", "red"))),
         "bands.order: the tablet has no key for 'yellow'"),
        (change_exercise(tailored(), "sit-to-stand", id="30-s-chair"), "exercises.30-s-chair"),
        (make_plan([40], stations=40), "selection.stations: the circuit has 32 at most"),
    ],
)  # fmt: skip
def test_what_it_cant_run_is_told_once_with_its_place(plan: TrainingPlan, begins: str) -> None:
    told = list_obstacles(plan)
    assert [one.startswith(begins) for one in told].count(True) == 1


def test_an_amount_that_the_ledger_refuses_is_told() -> None:
    plan = make_plan([8])
    row = replace(plan.categories[0], amount=(8, 1000))
    told = list_obstacles(replace(plan, categories=(row,)))
    assert told[0] == "exercises.c0-e0: an amount is 999 at most"
    long = replace(plan, exercises=(make_exercise("walk", "c0"),), categories=(row,))
    assert len(list_obstacles(long)) == 1
