"""One evening as adherence needs it: what was less, what ended it, and why."""

from typing import Any

import pytest

from server.dose.adherence.records import Change, SessionRecord
from server.dose.effort.rating import Rating, Scale
from server.dose.written.adherence_record import make_record
from tests.ledger_entries import (
    adverse,
    amount,
    attending,
    held,
    logged,
    minute,
    performed,
    substitution,
)
from tests.unit.server.dose.written.evenings import (
    BAND,
    FALL,
    SQUAT,
    Evening,
    plan_session,
    whole_evening,
)


def _record(evening: Evening, number: int = 1) -> SessionRecord:
    session = plan_session(number)
    return make_record(evening.fold(), "P01", session, evening.dose(session=session))


def test_an_evening_as_planned_changed_nothing() -> None:
    record = _record(whole_evening(), number=16)  # week 6 accepts 11 to 13
    assert (record.session, record.attended, record.modified) == (16, True, ())
    assert (record.terminated, record.accepted) == (None, (11, 13))
    assert record.rating == Rating(9, Scale.BORG)
    assert list(record.doses["srpe_load_au"]) == [3.5 * 60, 60]
    assert list(record.doses["repetitions_as_logged"]) == [60, 60]


@pytest.mark.parametrize(("status", "attended"), [("absent", False), (None, None)])
def test_absent_is_missed_with_its_reason_and_unknown_is_not(
    status: str | None, attended: bool | None
) -> None:
    evening = Evening(status=status, why="ill" if status else None)
    evening.close()
    record = _record(evening)
    assert (record.attended, record.why) == (attended, "ill" if status else None)
    assert (record.modified, record.terminated) == ((), None)


def test_sent_home_is_missed_with_the_decision_s_reason() -> None:
    evening = whole_evening()
    decision = {"decision": "not_today", "reason_chip": "fever"}
    evening.add("readiness_decision", "P01", decision, 5)
    record = _record(evening)
    assert (record.attended, record.why, record.terminated) == (False, "fever", None)


def _log(evening: Evening, n: int, band: str, reason: str | None = None) -> None:
    value = logged(
        BAND,
        prescribed=amount(10, band="green"),
        performed=performed(n, band=band),
        shortfall_reason=reason,
    )
    evening.add("set", f"P01/{BAND}/1", value, 20)


def test_fewer_and_a_weaker_band_are_modifications_and_more_is_none() -> None:
    evening = whole_evening()
    _log(evening, 8, "red", "pain")
    assert _record(evening).modified == (Change("fewer", "pain"), Change("weaker_band", "pain"))
    for n, band in ((12, "blue"), (10, "green")):
        evening = whole_evening()
        _log(evening, n, band)
        assert _record(evening).modified == ()


LIGHTER: dict[str, Any] = {"decision": "lighter", "reason_chip": "tired"}


def test_a_lighter_day_another_level_and_another_exercise_are_modifications() -> None:
    evening = whole_evening()
    evening.add("readiness_decision", "P01", LIGHTER, 5)
    other = substitution(minute(10), "pelvic-tilt", 10, why="pain")
    evening.add("substitution", f"P01/{SQUAT}", other, 10)
    assert _record(evening).modified == (
        Change("lighter_day", "tired"),
        Change("substitution", "pain"),
    )
    evening = whole_evening()
    evening.add("level_changed", "P01", {"at": minute(12), "level": "lighter"}, 12)
    assert _record(evening).modified == (Change("lighter_level", None),)


def test_a_substitution_that_was_taken_back_is_none() -> None:
    evening = whole_evening()
    evening.add("substitution", f"P01/{SQUAT}", substitution(minute(9), "pelvic-tilt"), 9)
    evening.add("substitution", f"P01/{SQUAT}", substitution(minute(9.5), None), 9.5)
    assert _record(evening).modified == ()


def test_what_ended_it_early() -> None:
    left = whole_evening()
    left.add("attendance", "P01", attending("left", "bus"), 15)
    assert _record(left).terminated == Change("left", "bus")
    stopped = whole_evening()
    stopped.add("adverse_event", FALL, adverse("P01", "dizzy"), 15)
    assert _record(stopped).terminated == Change("stopped", "dizzy")
    cut = whole_evening()
    cut.add("clock_cut", "clock", {"at": minute(12), "rounds": 2}, 12)
    assert _record(cut).terminated == Change("cut", "cut")
    closed = Evening()
    closed.start()
    closed.close(13)
    assert _record(closed).terminated == Change("closed", None)


def test_a_pause_that_ended_is_no_early_end() -> None:
    evening = whole_evening()
    evening.add("person_held", "P01", held(minute(12)), 12)
    evening.add("person_resumed", "P01", held(minute(14)), 14)
    assert _record(evening).terminated is None
