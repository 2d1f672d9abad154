"""The verdict on a played course turns red for everything that may go wrong with a ledger."""

from dataclasses import replace
from typing import Any

import pytest

from firmware_sim.rehearsal.verdict.ledger_checks import (
    HeldSession,
    check_ledger,
    describe_course,
)

SEEN = {"exercise": "squat", "technique": "good"}
SET: dict[str, Any] = {"id": "a", "kind": "set", "about": "P01/squat/1", "value": SEEN}
NOTE: dict[str, Any] = {"id": "b", "kind": "note", "about": "session", "value": {"text": "warm"}}
PLANNED = {"id": "p", "kind": "session_planned", "about": "session", "value": {}}
COUNTS = {"conflicts": 0, "observed": 1, "sensor": 0, "self_report": 0, "assumed": 3,
          "rpe_given": 9, "rpe_missing": 1}  # fmt: skip
UP = {"decision": "step_up", "rule": "earned", "exercise": "squat", "from": 8}


def keep(*events: dict[str, Any]) -> list[dict[str, Any]]:
    known = {"recorded_at": "x", "recorded_by": "sara", "late": False, "erased": False}
    return [{**event, "n": n, **known} for n, event in enumerate((PLANNED, *events), 1)]


FIRST = HeldSession(1, [SET, NOTE], keep(SET, NOTE), {"known": 2}, "closed", COUNTS)
SECOND = replace(FIRST, ordinal=2, decisions={("P01", "squat"): UP})


def failing(*held: HeldSession, n_sessions: int = 2) -> list[str]:
    return [check.name for check in check_ledger(held, n_sessions) if not check.passed]


def test_a_course_as_it_should_be() -> None:
    assert failing(FIRST, SECOND) == []


@pytest.mark.parametrize(
    "kept",
    [keep(SET), keep(SET, NOTE, NOTE), keep(SET, NOTE | {"value": {"text": "cold"}}),
     keep(SET, NOTE, NOTE | {"id": "c"}), keep(SET | {"about": "P02/squat/1"}, NOTE)],
    ids=["lost", "doubled", "altered", "invented", "on another woman"],
)  # fmt: skip
def test_e1_an_entry_that_is_not_there_once_as_written(kept: list[dict[str, Any]]) -> None:
    assert failing(replace(FIRST, kept=kept), SECOND) == ["every entry is kept once, as written"]


@pytest.mark.parametrize("again", [{"known": 1, "new": 1}, {"known": 1}, {"conflict": 2}])
def test_a_second_post_that_changes_anything(again: dict[str, int]) -> None:
    assert failing(replace(FIRST, again=again), SECOND) == ["the same entries again change nothing"]


def test_a_session_that_was_not_held_or_not_closed() -> None:
    assert failing(FIRST) == ["every session was held and closed"]
    assert failing(FIRST, replace(SECOND, state="open")) == ["every session was held and closed"]


def test_a_conflict() -> None:
    clash = replace(FIRST, counts=COUNTS | {"conflicts": 1})
    assert failing(clash, SECOND) == ["nobody disagrees with herself"]


@pytest.mark.parametrize(
    "seen",
    [SET | {"value": SET["value"] | {"technique": None}}, SET | {"about": "P02/squat/1"},
     SET | {"value": SET["value"] | {"exercise": "lunge"}}, SET | {"value": None}],
    ids=["form not said", "another woman", "another exercise", "voided"],
)  # fmt: skip
def test_a_step_up_without_a_seen_set(seen: dict[str, Any]) -> None:
    held = replace(FIRST, sent=[seen, NOTE], kept=keep(seen, NOTE))
    assert failing(held, SECOND) == ["nobody climbs unseen"]


def test_a_set_seen_on_the_same_evening_is_too_late() -> None:
    nothing = replace(FIRST, sent=[NOTE], kept=keep(NOTE), again={"known": 1})
    assert failing(nothing, SECOND) == ["nobody climbs unseen"]


def test_a_printed_plan_steps_without_anybody_looking() -> None:
    printed = {("P01", "squat"): UP | {"rule": "plan_step"}}
    nothing = replace(FIRST, sent=[NOTE], kept=keep(NOTE), again={"known": 1})
    assert failing(nothing, replace(SECOND, decisions=printed)) == []


def test_its_figures() -> None:
    told = describe_course([FIRST, SECOND])
    assert (told["sessions"], told["entries"]) == (2, 4)
    assert (told["observed_share"], told["rpe_given_share"]) == (0.25, 0.9)
    assert told["rules"] == {"earned": 1}
