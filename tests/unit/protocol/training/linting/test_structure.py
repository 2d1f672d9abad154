import pytest
from msgspec.structs import replace

from protocol.training.exercises import PrescriptionRow
from protocol.training.frame import ListedSession
from protocol.training.linting.findings import Severity
from protocol.training.linting.structure import STRUCTURE_RULES
from protocol.training.plan import TrainingPlan
from protocol.training.vocabulary import SelectionRule
from tests.unit.protocol.training.plans import (
    as_printed,
    change_category,
    change_exercise,
    make_plan,
    tailored,
)

PLAN = as_printed()


def _row(**changes: object) -> TrainingPlan:
    row = PrescriptionRow((1, 2), 3, (8, 10), (8, 10))
    return change_exercise(PLAN, "tandem-stance", rows=(replace(row, **changes),))


def _select(**changes: object) -> TrainingPlan:
    return replace(PLAN, selection=replace(PLAN.selection, **changes))


def _effort(**changes: object) -> TrainingPlan:
    return replace(PLAN, effort=(replace(PLAN.effort[0], **changes), *PLAN.effort[1:]))


ROW = "exercises.tandem-stance.rows[1]"
BROKEN = [
    (replace(PLAN, session=replace(PLAN.session, rounds=0)), "nothing_to_do", "session.rounds"),
    (_select(stations=0), "nothing_to_do", "selection.stations"),
    (_row(sets=0), "nothing_to_do", f"{ROW}.sets"),
    (change_category(PLAN, "core", sets=0), "nothing_to_do", "categories.core.sets"),
    (_row(weeks=(2, 1)), "range_reversed", f"{ROW}.weeks"),
    (_row(amount=(10, 8)), "range_reversed", f"{ROW}.amount"),
    (_effort(target=(10, 9)), "range_reversed", "effort[1].target"),
    (_effort(accept=(11, 7)), "range_reversed", "effort[1].accept"),
    (_row(weeks=(1, 9)), "week_outside", f"{ROW}.weeks"),
    (_row(weeks=(0, 2)), "week_outside", f"{ROW}.weeks"),
    (_effort(weeks=(1, 99)), "week_outside", "effort[1].weeks"),
    (_row(steps=()), "no_steps", f"{ROW}.steps"),
    (_row(steps=(8, 11)), "step_outside", f"{ROW}.steps"),
    (replace(PLAN, effort=PLAN.effort[1:]), "effort_missing", "effort"),
    (_effort(target=(5, 9)), "effort_off_scale", "effort[1].target"),
    (_effort(accept=(7, 21)), "effort_off_scale", "effort[1].accept"),
    (replace(PLAN, bands=None), "no_bands", "bands"),
    (_select(listed=(ListedSession(25, ("hop-marks",)),)), "session_outside",
     "selection.listed session 25"),
    (_select(listed=(ListedSession(2, ()),)), "session_empty", "selection.listed session 2"),
    (_select(rule=SelectionRule.LISTED), "session_not_listed", "selection.listed"),
]  # fmt: skip


@pytest.mark.parametrize(("plan", "code", "where"), BROKEN)
def test_what_cannot_be_used_is_an_error(plan: TrainingPlan, code: str, where: str) -> None:
    found = [finding for rule in STRUCTURE_RULES for finding in rule(plan)]
    assert (code, where) in {(one.code, one.where) for one in found}
    assert {one.severity for one in found} == {Severity.ERROR}


def test_a_week_without_exercise() -> None:
    plan = make_plan([3])
    plan = change_category(plan, "c0", weeks=(1, 2))
    found = [finding for rule in STRUCTURE_RULES for finding in rule(plan)]
    assert [one.message.split(" has")[0] for one in found] == ["week 3", "week 4"]


def test_bands_of_the_wrong_number() -> None:
    assert PLAN.bands is not None
    plan = replace(PLAN, bands=replace(PLAN.bands, ceiling=("red",)))
    found = [finding for rule in STRUCTURE_RULES for finding in rule(plan)]
    assert [one.message for one in found] == ["has 1 colours for 8 weeks"]
    empty = replace(PLAN, bands=replace(PLAN.bands, order=(), ceiling=()))
    codes = [finding.code for rule in STRUCTURE_RULES for finding in rule(empty)]
    assert codes == ["band_weeks", "no_bands"]


def test_a_plan_that_needs_bands_names_who_needs_them() -> None:
    found = [finding for rule in STRUCTURE_RULES for finding in rule(replace(PLAN, bands=None))]
    assert [one.message for one in found] == [
        "shoulder-hip-flexion-band needs a band, and there are none"
    ]


def test_the_shipped_plans_can_be_used() -> None:
    for plan in (PLAN, tailored(), make_plan([2, 3])):
        assert [finding for rule in STRUCTURE_RULES for finding in rule(plan)] == []
