"""`sessions schedule` as a person runs it."""

import os
from pathlib import Path

import pytest

from protocol.training.plan import compute_digest
from server.commands.plan_arguments import fetch_plan
from server.sessions.appending import Posting
from server.sessions.evening import read_evening
from server.sessions.ledger import append_events, read_events_of_kinds
from server.sessions.service import list_all_sessions
from tests.ledger_entries import Tablet, minute
from tests.server_process import run_command
from tests.studies import Study, make_study
from tests.tablet_client import sign_in_trainer


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = make_study(tmp_path / "study")
    with made.open() as storage:
        sign_in_trainer(storage)
    return made


def _schedule(study: Study, **changes: str) -> tuple[int, str, str]:
    words = {
        "plan": "as_printed", "first": "2026-11-30", "days": "mon,wed,fri", "time": "17:00",
        "timezone": "Asia/Tehran", "participants": "P01,P02", **changes,
    }  # fmt: skip
    given = [part for name, value in words.items() for part in (f"--{name}", value)]
    shown = run_command("sessions", "schedule", *given, *study.arguments)
    return shown.returncode, shown.stdout, shown.stderr


def test_a_course_is_planned_and_told_in_local_time_and_utc(study: Study) -> None:
    code, told, complaint = _schedule(study)
    assert (code, complaint) == (0, "")
    lines = told.splitlines()
    assert lines[0] == "session  1  Mon 2026-11-30 17:00 +0330  2026-11-30T13:30:00.000Z"
    assert lines[23].startswith("session 24  Fri 2027-01-22 17:00")
    assert lines[24] == "24 sessions planned for 2 participants"
    with study.open() as storage, storage.database.reading() as connection:
        assert [one["ordinal"] for one in list_all_sessions(connection)] == list(range(1, 25))
        stored = read_events_of_kinds(connection, ["session_planned"])
    assert {one.event.actor for one in stored} == {"system"}
    assert all(one.recorded_by.startswith("os:") for one in stored)


def test_a_second_course_and_an_overlap_are_refused(study: Study) -> None:
    _schedule(study)
    code, told, complaint = _schedule(study, first="2027-03-01")
    assert (code, told) == (2, "")
    assert "session 1 is planned already" in complaint


def test_days_without_rest_between_are_planned_with_a_warning(study: Study) -> None:
    code, told, complaint = _schedule(study, days="mon,tue,fri")
    assert (code, len(told.splitlines())) == (0, 25)
    assert complaint.startswith("warning: no day of rest between sessions 1 and 2, 4 and 5")


WRONG: list[tuple[dict[str, str], str]] = [
    ({"participants": "P01,P99"}, "nobody in the study has the code P99"),
    ({"participants": ""}, "at least one participant"),
    ({"participants": "P01,P01"}, "named twice"),
    ({"days": "mon,funday"}, "'funday' is no weekday"),
    ({"days": ","}, "nothing is no weekday"),
    ({"first": "30.11.2026"}, "'30.11.2026' is not a day such as 2026-11-30"),
    ({"time": "5 pm"}, "'5 pm' is not a time of day such as 17:00"),
    ({"timezone": "Mars/Olympus"}, "no time zone is called 'Mars/Olympus'"),
    ({"timezone": "../etc/passwd"}, "no time zone is called"),
    ({"plan": "mine"}, "mine: can't be read: No such file or directory; name a file, or"),
]


def test_wrong_words_get_a_sentence_and_change_nothing(study: Study) -> None:
    for changes, said in WRONG:
        code, told, complaint = _schedule(study, **changes)
        assert (code, told) == (2, ""), changes
        assert said in complaint
        assert "Traceback" not in complaint
    with study.open() as storage, storage.database.reading() as connection:
        assert list_all_sessions(connection) == []


OWN_PLAN = """extends = "tailored"
id = "our_study"
title = "Ours"
language = "fa"

[selection]
rule = "cover_week"
stations = 6
rotation = "backward"
study = ["rule", "stations", "rotation"]
source = "our protocol, page 3"
"""


SAFETY = """
[safety]
rpe_alert = 15
study = ["rpe_alert"]
source = "our protocol, page 9"
"""


def _write_plan(folder: Path, text: str) -> str:
    path = folder / "our study.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_plan_of_the_studys_own_is_kept_and_read_from_the_study_alone(
    study: Study, tmp_path: Path
) -> None:
    """The file may be changed or thrown away afterwards."""
    path = _write_plan(tmp_path, OWN_PLAN)
    assert _schedule(study, plan=path)[0] == 0
    plan = fetch_plan(path)
    Path(path).unlink()
    with study.open() as storage, storage.database.reading() as connection:
        lines = list_all_sessions(connection)
        evening = read_evening(connection, "2026-11-30T13:30:00.000Z")
    assert {(one["plan"], one["plan_sha256"]) for one in lines} == {
        ("our_study", compute_digest(plan))
    }
    planned = evening.content["planned"]
    assert (planned["plan"], planned["plan_digest"]) == ("our_study", compute_digest(plan))
    assert (len(planned["stations"]), planned["language"]) == (6, "fa")
    assert (evening.content["rotation"]["direction"], evening.content["plan_changed"]) == (
        -1, False,
    )  # fmt: skip
    assert len(evening.content["prescriptions"]["P01"]) == 6
    assert _reschedule(study, "2", "2026-12-03")[0] == 0


def test_a_plan_with_errors_is_refused_with_its_lines(study: Study, tmp_path: Path) -> None:
    for text, said in (
        (OWN_PLAN.replace("stations = 6", "stations = 0"), "line 8, selection.stations: is 0"),
        (OWN_PLAN + SAFETY, "line 13, safety: "),
        (OWN_PLAN.replace('id = "our_study"\n', ""), "the id of one that ships, tailored"),
    ):
        code, told, complaint = _schedule(study, plan=_write_plan(tmp_path, text))
        assert (code, told) == (2, ""), said
        assert said in complaint
        assert "Traceback" not in complaint
    with study.open() as storage, storage.database.reading() as connection:
        assert list_all_sessions(connection) == []


def _reschedule(
    study: Study, ordinal: str, day: str, reason: str = "gym closed"
) -> tuple[int, str]:
    shown = run_command(
        "sessions", "reschedule", ordinal, "--day", day, "--time", "18:30", "--timezone",
        "Asia/Tehran", "--reason", reason, *study.arguments,
    )  # fmt: skip
    assert "Traceback" not in shown.stderr
    return shown.returncode, shown.stdout + shown.stderr


def test_a_session_is_moved_and_when_it_was_to_be_stays_in_the_ledger(study: Study) -> None:
    _schedule(study)
    code, told = _reschedule(study, "2", "2026-12-03")
    assert (code, told.splitlines()) == (
        0,
        ["session  2  Thu 2026-12-03 18:30 +0330  2026-12-03T15:00:00.000Z",
         "it was planned for 2026-12-02T13:30:00.000Z"],
    )  # fmt: skip
    _reschedule(study, "2", "2026-12-01", "after all")
    with study.open() as storage, storage.database.reading() as connection:
        lines = {one["ordinal"]: one for one in list_all_sessions(connection)}
        stored = read_events_of_kinds(connection, ["session_planned"])
    assert len(lines) == 24
    assert lines[2]["planned_start"] == "2026-12-01T15:00:00.000Z"
    assert (lines[2]["state"], lines[2]["participants"]) == ("planned", ["P01", "P02"])
    hers = [one.event for one in stored if one.session == lines[2]["id"]]
    assert [(one.value["planned_start"][:10], one.reason) for one in hers if one.value] == [
        ("2026-12-02", None), ("2026-12-03", "gym closed"), ("2026-12-01", "after all"),
    ]  # fmt: skip


def test_a_session_is_moved_onto_no_other_and_only_before_it_began(study: Study) -> None:
    assert _reschedule(study, "2", "2026-12-03")[0] == 2
    _schedule(study)
    code, told = _reschedule(study, "2", "2026-12-04")
    assert (code, "overlap" in told) == (0, False)  # 17:00 to 18:00 is taken, 18:30 isn't
    assert "just then" in _reschedule(study, "2", "2026-12-04")[1]
    assert "overlap" in _reschedule(study, "3", "2026-12-04")[1]
    assert "reason" in _reschedule(study, "3", "2026-12-05", " ")[1]
    tablet = Tablet()
    with study.open() as storage, storage.database.writing() as connection:
        first = list_all_sessions(connection)[0]
        begun = tablet.write("phase_entered", "session", {"phase": "room_check"})
        posting = Posting(str(first["id"]), [begun], minute(0), "sara")
        append_events(connection, posting, os.urandom)
    assert "begun already" in _reschedule(study, "1", "2026-11-29")[1]
    with study.open() as storage, storage.database.reading() as connection:
        starts = [one["planned_start"] for one in list_all_sessions(connection)]
    assert starts[0] == "2026-11-30T13:30:00.000Z"
    assert len(set(starts)) == 24
