"""Attendance and minutes of the session, by hand."""

import pytest

from server.dose.quantity import Missing
from server.dose.written.presence import Attendance, find_attendance, measure_duration
from tests.ledger_entries import adverse, attending, held, minute
from tests.unit.server.dose.written.evenings import FALL, Evening, plan_session

MINUTES = plan_session().minutes  # 10 of warm-up, 45, 5


def _evening(status: str | None = "present", at: float = 1) -> Evening:
    """The circuit's clock begins at minute 20, so the session at 10 and it ends at 70."""
    evening = Evening(status=status, at=at)
    evening.add("phase_entered", "session", {"phase": "warmup"}, 10)
    return evening


def _measure(evening: Evening) -> tuple[float | None, tuple[str, ...]]:
    told = measure_duration(evening.fold(), "P01", MINUTES)
    return told.value, told.flags


def test_whoever_was_there_has_the_whole_session_as_planned() -> None:
    assert _measure(_evening()) == (60, ("whole_session_as_planned",))


def test_present_that_was_entered_late_is_present_from_the_beginning() -> None:
    assert _measure(_evening(at=30)) == (60, ("whole_session_as_planned",))


def test_a_latecomer_has_what_is_left() -> None:
    assert _measure(_evening("late", at=25)) == (45, ("part_of_the_session",))


def test_leaving_ends_it_and_coming_back_goes_on() -> None:
    evening = _evening()
    evening.add("attendance", "P01", attending("away"), 30)
    evening.add("attendance", "P01", attending("back"), 36)
    evening.add("attendance", "P01", attending("left"), 60)
    assert _measure(evening) == (20 + 24, ("part_of_the_session",))


def test_a_rest_is_part_of_the_session_and_a_stop_is_not() -> None:
    evening = _evening()
    evening.add("person_held", "P01", held(minute(30)), 30)
    assert _measure(evening) == (60, ("whole_session_as_planned",))
    evening.add("adverse_event", FALL, adverse("P01"), 40)
    assert _measure(evening) == (30, ("part_of_the_session",))


def test_nothing_before_the_beginning_and_nothing_after_the_end_counts() -> None:
    evening = _evening("late", at=5)
    evening.add("attendance", "P01", attending("left"), 95)
    assert _measure(evening)[0] == 60


def test_without_its_phase_the_session_begins_a_warm_up_before_the_clock() -> None:
    evening = Evening(status="late", at=15)
    evening.start()  # at 10: the session began at 0 and ends at 60
    assert _measure(evening)[0] == 45


def test_without_phase_and_clock_it_begins_when_it_was_planned() -> None:
    assert _measure(Evening(status="late", at=20))[0] == 40


@pytest.mark.parametrize(
    ("status", "attendance"),
    [
        ("present", Attendance.ATTENDED), ("late", Attendance.ATTENDED),
        ("absent", Attendance.ABSENT), (None, Attendance.UNKNOWN),
    ],
)  # fmt: skip
def test_attendance(status: str | None, attendance: Attendance) -> None:
    assert find_attendance(_evening(status).fold(), "P01") is attendance


def test_the_last_word_that_she_was_absent_counts_and_one_who_left_was_there() -> None:
    evening = _evening()
    evening.add("attendance", "P01", attending("left"), 30)
    assert find_attendance(evening.fold(), "P01") is Attendance.ATTENDED
    evening.add("attendance", "P01", attending("absent"), 31)
    assert find_attendance(evening.fold(), "P01") is Attendance.ABSENT


def test_whoever_came_and_does_not_train_today_has_none_of_it() -> None:
    evening = _evening()
    decision = {"decision": "not_today", "reason_chip": "fever"}
    evening.add("readiness_decision", "P01", decision, 5)
    assert find_attendance(evening.fold(), "P01") is Attendance.NOT_TODAY
    assert _measure(evening) == (0, ("not_today",))


def test_absent_is_a_known_zero_and_unknown_is_none() -> None:
    assert _measure(_evening("absent")) == (0, ("absent",))
    told = measure_duration(_evening(None).fold(), "P01", MINUTES)
    assert told.missing is Missing.NOT_RECORDED
    assert find_attendance(_evening().fold(), "P77") is Attendance.UNKNOWN


def test_without_a_plan_there_is_no_whole_session() -> None:
    assert measure_duration(_evening().fold(), "P01", None).missing is Missing.NOT_RECORDED


def _closed(at: float, *, status: str = "present", came_at: float = 1) -> Evening:
    """It began at 0; the circuit is from 10 to 22; the plan has 60 minutes."""
    evening = Evening(status=status, at=came_at)
    evening.add("phase_entered", "session", {"phase": "warmup"}, 0)
    evening.start()
    evening.close(at)
    return evening


def test_a_closing_that_cut_the_circuit_ends_the_session() -> None:
    """Training impulse and movement end there too; rated 4, her load is 15 * 4, not 60 * 4."""
    assert _measure(_closed(15)) == (15, ("part_of_the_session",))
    assert _measure(_closed(15, status="late", came_at=12)) == (3, ("part_of_the_session",))
    told = measure_duration(_closed(15).fold(), "P01", MINUTES)
    assert told.version == 2


@pytest.mark.parametrize("at", [22, 23, 58])
def test_a_closing_after_the_circuit_is_a_session_as_planned(at: float) -> None:
    assert _measure(_closed(at)) == (60, ("whole_session_as_planned",))


def test_a_held_clock_that_never_came_to_its_end_is_cut_and_no_longer_than_planned() -> None:
    evening = _closed(25)
    evening.add("clock_held", "clock", held(minute(12)), 12)
    assert _measure(evening) == (25, ("part_of_the_session",))
    late = _closed(90)
    late.add("clock_held", "clock", held(minute(12)), 12)
    assert _measure(late) == (60, ("part_of_the_session",))
