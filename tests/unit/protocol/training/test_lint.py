"""The linter finds all of the source's contradictions, and raises on no plan that can be read."""

import tomllib
from typing import Any

from hypothesis import HealthCheck, assume, given, settings

from protocol.errors import PlanError
from protocol.training.lighter import lighten
from protocol.training.lint import RULES, lint_plan
from protocol.training.linting.findings import Severity
from protocol.training.linting.structure import STRUCTURE_RULES
from protocol.training.parsing import read_document
from protocol.training.progression import decide
from protocol.training.rotation import plan_rotation
from protocol.training.standing import open_exercise, start_standing
from protocol.training.week_view import show_plan
from tests.unit.protocol.training.mutations import mutated_documents
from tests.unit.protocol.training.plans import as_printed, eight_week_text, make_plan, tailored

# training-plan.md, "Contradictions the software must model, not hide", and what belongs to them.
CONTRADICTIONS = {
    "late_category_early": "categories.plyometric.weeks",
    "week_thin": "categories",
    "load_falls": "categories",
    "week_longer_than_session": "session.main_min",
    "rows_without_exercise": "categories.balance.printed_rows",
    "rows_end_early": "categories.balance.printed_rows",
    "amount_outside_text": "categories.agility.amount",
    "unit_not_printed": "exercises",
    "sides_too_long": "exercises",
    "band_of_week_inferred": "bands.ceiling",
    "effort_range_unclear": "effort",
    "identical_for_a_wide_range": "progression.policy",
    "movement_twice": "categories.strength",
    "intensity_not_printed": "categories.plyometric",
    "rest_unclear": "session.rest_scope",
    "steps_within_a_week": "exercises.static-lunge-free.rows[1]",
    "limits_empty": "safety",
}


def test_all_contradictions_of_the_source_are_found_in_both_plans() -> None:
    for plan in (as_printed(), tailored()):
        found = {(one.code, one.where) for one in lint_plan(plan)}
        assert set(CONTRADICTIONS.items()) <= found
        assert ("amount_outside_text", "categories.plyometric.amount") in found
    codes = {one.code for one in lint_plan(as_printed())}
    assert codes == set(CONTRADICTIONS)  # and nothing else
    assert {one.code for one in lint_plan(tailored())} - codes == {"departs_from_identical"}


def test_a_shipped_plan_has_no_error() -> None:
    for plan in (as_printed(), tailored()):
        assert Severity.ERROR not in {one.severity for one in lint_plan(plan)}


def test_the_plans_notes_speak_of_what_the_linter_finds() -> None:
    found = {one.code for one in lint_plan(as_printed())}
    assert {note.code for note in as_printed().notes} <= found


def test_a_plan_without_trouble_has_next_to_no_findings() -> None:
    assert {one.code for one in lint_plan(make_plan([4, 4]))} == {"limits_empty"}


def test_errors_come_first() -> None:
    document = tomllib.loads(eight_week_text())
    document["session"]["rounds"] = 0
    findings = lint_plan(read_document(document))
    order = [list(Severity).index(one.severity) for one in findings]
    assert order == sorted(order)
    assert findings[0].code == "nothing_to_do"
    assert "sessions_not_checked" in {one.code for one in findings}


def test_every_rule_is_in_the_table_once() -> None:
    assert len(set(RULES)) == len(RULES)


@given(mutated_documents())
@settings(max_examples=80, suppress_health_check=[HealthCheck.filter_too_much], deadline=None)
def test_no_plan_that_can_be_read_makes_the_linter_raise(document: dict[str, Any]) -> None:
    try:
        plan = read_document(document)
    except PlanError:
        assume(False)
    for finding in lint_plan(plan):
        assert finding.message
        assert finding.where


@given(mutated_documents())
@settings(max_examples=40, suppress_health_check=[HealthCheck.filter_too_much], deadline=None)
def test_a_plan_without_errors_of_structure_can_be_used(document: dict[str, Any]) -> None:
    try:
        plan = read_document(document)
    except PlanError:
        assume(False)
    assume(not [finding for rule in STRUCTURE_RULES for finding in rule(plan)])
    for week in show_plan(plan).weeks:
        for session in week.sessions:
            assert session.stations
            assert plan_rotation(session, {"P01": [0.0] * len(session.stations)}).asked_after
    for exercise in plan.exercises:
        standing = start_standing(plan, open_exercise(plan, exercise.id, signed_off=False), 1)
        decision = decide(plan, standing, (), plan.n_sessions, signed_off=True)
        lighter = lighten(plan, decision.standing, plan.n_sessions)
        assert lighter is None or lighter.exercise == decision.standing.exercise
