"""What a tablet needs of ledger and plan for one evening, on SQLite and on PostgreSQL."""

import os
from collections.abc import Iterator
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from protocol.ledger.event import LedgerEvent
from protocol.training.shipped import read_shipped_plan
from server.sessions.appending import Posting
from server.sessions.domain.calendar import list_times
from server.sessions.evening import Evening, read_evening
from server.sessions.ledger import append_events
from server.sessions.scheduling import Course, schedule_course
from server.sessions.service import list_all_sessions
from server.storage import Storage
from tests.ledger_entries import Tablet, attending, minute, planned, signed_off
from tests.studies import Study

CODES = ("P01", "P02")
PLAN = read_shipped_plan("as_printed")
FIRST = "2026-11-30T13:30:00.000Z"
SECOND = "2026-12-02T13:30:00.000Z"


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        yield opened


@pytest.fixture
def sessions(storage: Storage) -> list[str]:
    """Ids of a course's sessions, in order."""
    zone = ZoneInfo("Asia/Tehran")
    times = list_times(date(2026, 11, 30), (0, 2, 4), time(17), zone, PLAN.n_sessions)
    with storage.database.writing() as connection:
        course = Course("as_printed", PLAN, times, CODES)
        schedule_course(connection, course, CODES, minute(0), "sara")
        return [str(line["id"]) for line in list_all_sessions(connection)]


def _append(storage: Storage, session: str, *events: LedgerEvent) -> None:
    posting = Posting(session, events, minute(0), "sara")
    storage.writer.write(lambda c: append_events(c, posting, os.urandom)).result()


def _read(storage: Storage, now: str) -> Evening:
    with storage.database.reading() as connection:
        return read_evening(connection, now)


def test_a_study_without_sessions_has_an_empty_evening(storage: Storage) -> None:
    evening = _read(storage, FIRST)
    assert (evening.people, evening.history) == ((), {})
    assert (evening.content["sessions"], evening.content["tonight"]) == ([], None)
    assert (evening.content["planned"], evening.content["prescriptions"]) == (None, {})


def test_tonight_is_the_session_of_today_with_its_plan_and_everybodys_targets(
    storage: Storage, sessions: list[str]
) -> None:
    evening = _read(storage, "2026-12-02T09:00:00.000Z")
    content = evening.content
    assert content["tonight"] == sessions[1]
    assert (content["planned"]["session"], content["planned"]["week"]) == (2, 1)
    assert evening.people == CODES
    stations = [station["exercise"] for station in content["planned"]["stations"]]
    for code in CODES:
        assert list(content["prescriptions"][code]) == stations
    assert (len(content["sessions"]), content["plan_changed"]) == (24, False)
    assert content["effort"]["scale"] == "borg_6_20"
    assert set(content["effort"]["words"]) == {"6", "20"}


def test_the_room_is_the_last_temperature_of_the_session_before(
    storage: Storage, sessions: list[str]
) -> None:
    assert _read(storage, "2026-12-02T09:00:00.000Z").content["last_room"] is None
    hand = Tablet()
    warm = {"temperature_c": 24.5, "humidity_pct": None, "source": "typed"}
    start = hand.write("room_climate", "start", warm | {"temperature_c": 21.0}, minute(1))
    wrong = hand.write("room_climate", "end", warm | {"temperature_c": 42.0}, minute(60))
    right = hand.write("room_climate", "end", warm, minute(61), supersedes=wrong)
    _append(storage, sessions[0], start, wrong, right)
    assert _read(storage, "2026-12-02T09:00:00.000Z").content["last_room"] == {
        "session": sessions[0], "planned_start": FIRST, "when": "end", "temperature_c": 24.5,
    }  # fmt: skip
    assert _read(storage, "2026-11-30T13:00:00.000Z").content["last_room"] is None


def test_between_sessions_the_next_one_is_shown_but_it_isnt_tonight(
    storage: Storage, sessions: list[str]
) -> None:
    evening = _read(storage, "2026-12-01T13:29:59.000Z")
    assert evening.content["tonight"] is None
    assert evening.content["planned"]["session"] == 2
    after_all = _read(storage, "2027-05-01T12:00:00.000Z")
    assert after_all.content["planned"]["session"] == 24


def _resting(bpm: float | None) -> dict[str, Any]:
    missing = "late" if bpm is None else None
    value = {"bpm": bpm, "n_values": 200, "coverage_pct": 90, "missing_reason": missing}
    return {**value, "from": None, "to": None}


def test_earlier_evenings_tell_her_resting_heart_rate_and_her_sign_off(
    storage: Storage, sessions: list[str]
) -> None:
    tablet = Tablet()
    signed = signed_off(ready=True)
    _append(
        storage,
        sessions[0],
        tablet.write("resting_hr", "P01", _resting(71.5)),
        tablet.write("resting_hr", "P02", _resting(None)),
        tablet.write("plyometric_signoff", "P01", signed),
    )
    _append(storage, sessions[2], tablet.write("resting_hr", "P01", _resting(99)))
    history = _read(storage, SECOND).history
    assert history["P01"] == {"resting_hr_history": [71.5], "plyometrics_ready": True}
    assert history["P02"] == {"resting_hr_history": [], "plyometrics_ready": False}


def test_a_plan_that_changed_since_the_session_was_planned_is_told(storage: Storage) -> None:
    other = {**planned("P01"), "planned_start": FIRST}  # with a digest of zeros
    _append(storage, "01999999-0000-7000-8000-0000000000e1",
            Tablet().write("session_planned", "session", other))  # fmt: skip
    assert _read(storage, FIRST).content["plan_changed"] is True


def test_a_make_up_session_is_the_one_of_its_week_that_was_not_held(
    storage: Storage, sessions: list[str]
) -> None:
    tablet = Tablet()
    _append(storage, sessions[0], tablet.write("attendance", "P01", attending()))
    value = {**planned("P01"), "planned_start": "2026-12-05T13:30:00.000Z", "ordinal": None}
    session = "01999999-0000-7000-8000-0000000000e1"
    _append(storage, session, tablet.write("session_planned", "session", value))
    evening = _read(storage, "2026-12-05T13:30:00.000Z")
    assert (evening.content["tonight"], evening.content["planned"]["session"]) == (session, 2)
    assert evening.people == ("P01",)


MAKE_UP = "01999999-0000-7000-8000-0000000000e2"
JUMPS, JUMP = 16, "vertical-jump"  # the first session of the printed plan with one


def _say(session_day: str, *, ready: bool, device: str = "a" * 16) -> LedgerEvent:
    at = f"{session_day}T13:40:00.000Z"
    value = signed_off(ready=ready, locked_from=None if ready else at)
    return Tablet(device).write("plyometric_signoff", "P01", value, at)


def _may_jump(storage: Storage, session: str) -> bool:
    """As the tile's key and the prescription have it, which must agree."""
    with storage.database.reading() as connection:
        evening = read_evening(connection, SECOND, session)
    ready = bool(evening.history["P01"]["plyometrics_ready"])
    assert (evening.content["prescriptions"]["P01"][JUMP]["exercise"] == JUMP) == ready
    return ready


def test_a_no_in_a_make_up_session_counts_in_her_next_one(
    storage: Storage, sessions: list[str]
) -> None:
    """Also in one that nobody planned; and a yes in it gives her jumps back."""
    wanted = sessions[JUMPS - 1]
    _append(storage, sessions[0], _say("2026-11-30", ready=True))
    assert _may_jump(storage, wanted)
    start = "2026-12-01T13:30:00.000Z"
    value = {**planned("P01"), "planned_start": start, "ordinal": None}
    planning = Tablet("b" * 16).write("session_planned", "session", value, start)
    _append(storage, MAKE_UP, planning, _say("2026-12-01", ready=False))
    assert not _may_jump(storage, wanted)
    _append(storage, MAKE_UP.replace("e2", "e3"), _say("2026-12-03", ready=True))
    assert _may_jump(storage, wanted)


def test_the_last_word_in_time_counts_whatever_the_sessions_number(
    storage: Storage, sessions: list[str]
) -> None:
    """Session 1 was held after session 2, session 17 before session 16."""
    wanted = sessions[JUMPS - 1]
    _append(storage, sessions[1], _say("2026-12-02", ready=True))
    _append(storage, sessions[0], _say("2026-12-03", ready=False))
    assert not _may_jump(storage, wanted)
    _append(storage, sessions[JUMPS], _say("2026-12-04", ready=True))
    assert _may_jump(storage, wanted)


def test_a_yes_of_the_evening_itself_counts_from_her_next_session(
    storage: Storage, sessions: list[str]
) -> None:
    """And its no locks by itself (`locked_from`): the bundle stays what it was."""
    wanted = sessions[JUMPS - 1]
    _append(storage, wanted, _say("2027-01-04", ready=True))
    assert not _may_jump(storage, wanted)
