import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.errors import PlanError
from protocol.training.parsing import parse_plan, read_document, read_plan
from protocol.training.shipped import read_bases
from protocol.training.vocabulary import Origin, Policy
from tests.unit.protocol.training.plans import edit, eight_week_text, line_of

OWN_PLAN = """
extends = "eight_week"
id = "ours"
title = "Ours"
[provenance]
origin = "study"
source = "our protocol, version 2"
[course]
weeks = 8
sessions_per_week = 3
[safety]
signed_by = "Dr N."
signed_on = "2026-11-02"
rpe_alert = 14
rpe_hold = 15
"""


def _refused(text: str) -> tuple[str, ...]:
    with pytest.raises(PlanError) as refused:
        parse_plan(text, read_bases())
    return refused.value.violations


def test_a_plan_of_its_own_takes_the_rest_from_a_shipped_one() -> None:
    plan = parse_plan(OWN_PLAN, read_bases())
    assert (plan.id, len(plan.exercises), plan.progression.policy) == (
        "ours", 28, Policy.AS_PRINTED,
    )  # fmt: skip
    assert plan.provenance["safety.rpe_hold"].origin is Origin.STUDY
    assert plan.provenance["session.rest_s"].origin is Origin.PRINTED
    assert plan.safety.thresholds_in_force is not None


def test_a_plan_may_extend_one_that_extends_another() -> None:
    text = OWN_PLAN.replace('"eight_week"', '"tailored"')
    assert parse_plan(text, read_bases()).progression.policy is Policy.TAILORED


def test_a_base_that_is_not_there_or_leads_back_to_itself() -> None:
    text = OWN_PLAN.replace('"eight_week"', '"nine_week"')
    assert any("there is no plan 'nine_week'" in told for told in _refused(text))
    with pytest.raises(PlanError, match="there is no plan 'a'"):
        parse_plan('extends = "a"', {"a": 'extends = "b"', "b": 'extends = "a"'})


def test_faults_of_keys_types_and_origin_come_together_with_their_lines() -> None:
    text = edit(eight_week_text(), "main_min = 45", 'main_min = "45"')
    text = edit(text, 'rest_scope = "between_stations"', 'rest_scope = "after_lunch"')
    text = edit(text, 'needs = ["chair"]', 'needs = ["chair"]\ncolour = "red"')
    told = _refused(text)
    assert len(told) == 3
    assert (
        told[0]
        == f"line {line_of(text, 'main_min')}, session.main_min: expected a whole number, got text"
    )
    line = line_of(text, "rest_scope")
    choice = f"line {line}, session.rest_scope: there is no 'after_lunch'; choose from"
    assert told[1].startswith(choice)
    line = line_of(text, 'colour = "red"')
    assert told[2].startswith(f"line {line}, exercises.sit-to-stand.colour: there is no such key")


def test_names_that_stand_for_nothing_come_together_with_their_lines() -> None:
    text = edit(eight_week_text(), 'instead = "tandem-stance"', 'instead = "tandem-stanse"')
    text = edit(text, 'harder = "hop-marks"', 'harder = "hop"')
    harder, instead = line_of(text, 'harder = "hop"'), line_of(text, 'instead = "tandem-stanse"')
    assert _refused(text) == (
        f"line {harder}, exercises.pair-jump-marks.harder: there is no exercise 'hop'",
        f"line {instead}, exercises.hop-marks.instead: there is no exercise 'tandem-stanse'",
    )


def test_what_contradicts_itself_can_be_read_but_not_used() -> None:
    text = edit(eight_week_text(), "rounds = 3", "rounds = 0")
    assert read_plan(text).session.rounds == 0
    line = line_of(text, "rounds = 0")
    assert _refused(text) == (f"line {line}, session.rounds: is 0, so nothing would be done",)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)
KEYS = st.sampled_from(["id", "course", "effort", "exercises", "provenance", "extends", "session"])


@given(st.dictionaries(KEYS | st.text(), JSON_VALUES))
def test_any_document_is_a_plan_or_told_what_is_wrong(document: dict[str, object]) -> None:
    with pytest.raises(PlanError) as refused:
        read_document(document, read_bases())
    assert all(refused.value.violations)
