"""The linter finds all of the source's contradictions, and raises on no plan that can be read."""

import tomllib
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from protocol.errors import PlanError
from protocol.training.lint import RULES, lint_plan
from protocol.training.linting.findings import Severity
from protocol.training.parsing import read_document
from protocol.training.shipped import read_bases
from protocol.training.vocabulary import Axis, Sides, Support, Unit
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


NAMES = st.sampled_from(["core", "strength", "plyometric", "hop-marks", "pelvic-tilt", "red", "x"])
WORDS = st.sampled_from([word.value for kind in (Axis, Sides, Support, Unit) for word in kind])
NUMBERS = st.integers(0, 20) | st.integers(-5, 10_000)


def _places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every value of a document, by path; where a field comes from is left alone."""
    if isinstance(node, dict):
        skipped = {"provenance", "source", "why", "printed", "inferred", "notes"}
        inside = [_places(value, (*path, key)) for key, value in node.items() if key not in skipped]
    elif isinstance(node, list):
        inside = [_places(value, (*path, n)) for n, value in enumerate(node)]
    else:
        return [path]
    return [path, *(one for places in inside for one in places)] if path else sum(inside, [])


DOCUMENT = tomllib.loads(eight_week_text())
PLACES = _places(DOCUMENT)


def _mutate(document: Any, path: tuple[Any, ...], draw: st.DrawFn) -> None:
    """One value replaced by another of its kind; of a list, an element dropped or doubled."""
    for step in path[:-1]:
        document = document[step]
    value = document[path[-1]]
    if isinstance(value, bool):
        document[path[-1]] = not value
    elif isinstance(value, (int, float)):
        document[path[-1]] = draw(NUMBERS)
    elif isinstance(value, str):
        document[path[-1]] = draw(NAMES | WORDS)
    elif isinstance(value, list) and value:
        place = draw(st.integers(0, len(value) - 1))
        document[path[-1]] = draw(
            st.sampled_from([value[:place] + value[place + 1 :], [*value, value[place]], []])
        )


@st.composite
def mutated_documents(draw: st.DrawFn) -> dict[str, Any]:
    document = tomllib.loads(eight_week_text())
    if draw(st.booleans()):
        document["progression"] = tomllib.loads(read_bases()["tailored"])["progression"]
    for _ in range(draw(st.integers(1, 8))):
        try:
            _mutate(document, draw(st.sampled_from(PLACES)), draw)
        except (KeyError, IndexError, TypeError):  # an earlier change took the place away
            continue
    return document


@given(mutated_documents())
@settings(max_examples=300, suppress_health_check=[HealthCheck.filter_too_much], deadline=None)
def test_no_plan_that_can_be_read_makes_the_linter_raise(document: dict[str, Any]) -> None:
    try:
        plan = read_document(document)
    except PlanError:
        assume(False)
    for finding in lint_plan(plan):
        assert finding.message
        assert finding.where
