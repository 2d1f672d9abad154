from typing import Any

import pytest

from protocol.ledger.event import LedgerEvent
from protocol.training.evidence import ExerciseRecord, Form, RpeSource, SetEvidence
from server.sessions.domain.fold import fold_session
from server.sessions.domain.records import list_records
from tests.ledger_entries import (
    Tablet,
    adverse,
    attending,
    effort,
    logged,
    minute,
    performed,
    prescription,
    prescription_of_a_jump,
    signed_off,
    started,
    substitution,
    target,
)

FALL = "01999999-0000-7000-8000-0000000000f1"
ABOUT = "P01/sit-to-stand/1"


def _records(*events: LedgerEvent, participant: str = "P01") -> list[ExerciseRecord]:
    return list_records(fold_session(events, minute(60)), participant, 5)


def _only(*events: LedgerEvent) -> ExerciseRecord:
    (record,) = _records(*events)
    return record


def _set(**value: Any) -> LedgerEvent:
    return Tablet().write("set", ABOUT, logged("sit-to-stand", 12, **value), minute(20))


def test_a_set_that_was_seen_is_evidence_with_its_amount_band_and_form() -> None:
    done = performed(12, band="green")
    record = _only(_set(performed=done, technique="good"))
    assert (record.exercise, record.session) == ("sit-to-stand", 5)
    (one,) = record.sets
    assert (one.amount, one.band, one.evidence, one.form) == (
        12, "green", SetEvidence.OBSERVED, Form.GOOD,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ({}, Form.NOT_SAID),
        ({"technique": "form_lost"}, Form.LOST),
        ({"technique": "good", "chips": ["form_lost"]}, Form.LOST),
    ],
)
def test_form_is_what_somebody_said_of_it(value: dict[str, Any], form: Form) -> None:
    assert _only(_set(**value)).sets[0].form is form


def test_an_assumed_set_is_marked_as_assumed_and_a_missing_one_is_no_evidence() -> None:
    tablet = Tablet()
    events = [
        tablet.write("attendance", "P01", attending(), minute(1)),
        tablet.write("prescription", "P01", prescription(sit_to_stand=9), minute(1)),
        tablet.write(
            "clock_started", "clock", started(minute(10), ["sit-to-stand", "b"], {"P01": 0})
        ),
        tablet.write("attendance", "P01", attending("left"), minute(11.5)),
    ]
    record = _only(*events)
    assert [(one.amount, one.evidence) for one in record.sets] == [(9, SetEvidence.ASSUMED)]


def test_effort_counts_at_the_station_where_it_was_asked_and_the_highest_given() -> None:
    tablet = Tablet()

    def rpe(round_: int, rating: int, **other: Any) -> LedgerEvent:
        value = effort(rating, exercise="sit-to-stand", **other)
        return tablet.write("rpe", f"P01/{round_}", value)

    elsewhere = tablet.write("rpe", "P01/3", effort(17, exercise="tandem-stance"))
    low, high, guessed = rpe(1, 11), rpe(2, 13), rpe(3, 16, source="guessed")
    assert (_only(_set()).rpe, _only(_set()).rpe_source) == (None, None)
    assert _only(_set(), elsewhere).rpe is None
    assert _only(_set(), low, high).rpe == 13
    record = _only(_set(), low, guessed)
    assert (record.rpe, record.rpe_source, record.rpe_given) == (11, RpeSource.SAID, 11)
    assert _only(_set(), guessed).rpe_given is None


def test_symptoms_and_a_lighter_day_are_told() -> None:
    tablet = Tablet("b" * 16)
    fall = tablet.write("adverse_event", FALL, adverse("P01"))
    lighter = {"decision": "lighter", "reason_chip": "heat"}
    day = tablet.write("readiness_decision", "P01", lighter)
    assert (_only(_set()).symptoms, _only(_set()).lighter_today) == (False, False)
    assert _only(_set(), fall).symptoms
    assert _only(_set(shortfall_reason="pain")).symptoms
    assert not _only(_set(shortfall_reason="time")).symptoms
    assert _only(_set(), day).lighter_today


def test_a_substitute_is_evidence_for_what_she_did_and_nobody_else_is() -> None:
    record = _only(_set(exercise="static-lunge", substituted_for="sit-to-stand"))
    assert record.exercise == "static-lunge"
    assert _records(_set(), participant="P09") == []


def test_a_rating_at_the_station_counts_for_the_easier_exercise_that_she_did_there() -> None:
    tablet = Tablet()
    done = logged("tandem-stance", 10, substituted_for="tandem-foam-free")
    seen = tablet.write("set", "P01/tandem-foam-free/1", done, minute(20))
    said = tablet.write("rpe", "P01/1", effort(11, exercise="tandem-foam-free"), minute(21))
    other = tablet.write("rpe", "P01/2", effort(15, exercise="sit-to-stand"), minute(31))
    (record,) = _records(seen, said, other)
    assert (record.exercise, record.rpe) == ("tandem-stance", 11)


def test_a_rating_is_evidence_for_what_she_did_there_and_not_for_the_stations_exercise() -> None:
    """One round what was prescribed, one another exercise: two ratings, one each."""
    tablet = Tablet()
    instead: dict[str, Any] = {"substituted_for": "sit-to-stand", "round_": 2}
    events = [
        tablet.write("set", "P01/sit-to-stand/1", logged("sit-to-stand", 12), minute(20)),
        tablet.write("set", "P01/sit-to-stand/2", logged("wall-squat", 8, **instead), minute(30)),
        tablet.write("rpe", "P01/1", effort(9, exercise="sit-to-stand"), minute(21)),
        tablet.write("rpe", "P01/2", effort(16, exercise="wall-squat"), minute(31)),
    ]
    found = {one.exercise: one.rpe for one in _records(*events)}
    assert found == {"sit-to-stand": 9, "wall-squat": 16}


def test_a_rating_follows_a_set_that_was_corrected_after_it() -> None:
    """She was asked about sit-to-stand; later somebody says that it was wall squats that round."""
    tablet = Tablet()
    instead: dict[str, Any] = {"substituted_for": "sit-to-stand", "round_": 2}
    events = [
        tablet.write("set", "P01/sit-to-stand/1", logged("sit-to-stand", 12), minute(20)),
        tablet.write("set", "P01/sit-to-stand/2", logged("wall-squat", 8, **instead), minute(30)),
        tablet.write("rpe", "P01/2", effort(16, exercise="sit-to-stand"), minute(31)),
    ]
    found = {one.exercise: one.rpe for one in _records(*events)}
    assert found == {"sit-to-stand": None, "wall-squat": 16}


def test_a_rating_of_what_she_did_at_one_station_is_not_about_the_station_of_that_name() -> None:
    """A lunge stood in for the jump; at the lunge's own station she did something else."""
    tablet = Tablet()
    jump = logged("static-lunge", 8, substituted_for="vertical-jump")
    lunge = logged("tandem-stance", 8, substituted_for="static-lunge")
    events = [
        tablet.write("set", "P01/static-lunge/1", lunge, minute(20)),
        tablet.write("set", "P01/vertical-jump/1", jump, minute(22)),
        tablet.write("rpe", "P01/1", effort(14, exercise="static-lunge"), minute(23)),
    ]
    found = {one.exercise: one.rpe for one in _records(*events)}
    assert found == {"static-lunge": 14, "tandem-stance": None}


def _rated_while_she_jumps(*after: tuple[str, str, dict[str, Any]]) -> dict[str, int | None]:
    """Prescribed jumps rated 9 in the set of minute 10; `after` is said later in the same set."""
    tablet = Tablet()
    jump = prescription_of_a_jump("vertical-jump", 5, target("sit-to-stand", 12))
    said = [
        ("attendance", "P01", attending(), 1),
        ("prescription", "P01", jump, 1),
        ("clock_started", "clock", started(minute(10), ["vertical-jump", "b"], {"P01": 0}), 10),
        ("rpe", "P01/1", effort(9, exercise="vertical-jump"), 10.2),
        *((*one, 10.5) for one in after),
    ]
    events = [tablet.write(kind, about, value, minute(at)) for kind, about, value, at in said]
    found = list_records(fold_session(events, minute(12)), "P01", 5)
    return {one.exercise: one.rpe for one in found}


def test_a_rating_of_her_jump_is_none_of_what_stands_in_for_it_from_then_on() -> None:
    no = signed_off(ready=False, locked_from=minute(10.5))
    chosen = substitution(minute(10.5), "wall-squat")
    seen = logged("wall-squat", 8, substituted_for="vertical-jump")
    assert _rated_while_she_jumps() == {"vertical-jump": 9}
    assert _rated_while_she_jumps(("plyometric_signoff", "P01", no)) == {"sit-to-stand": None}
    other = ("substitution", "P01/vertical-jump", chosen)
    assert _rated_while_she_jumps(other) == {"wall-squat": None}
    corrected = ("set", "P01/vertical-jump/1", seen)
    assert _rated_while_she_jumps(other, corrected) == {"wall-squat": 9}
