"""Study days of sessions and draws of blood are those of one time zone: the study's own."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from protocol.identifiers import ParticipantCode
from protocol.training.shipped import read_shipped_plan
from server.db.database import Database
from server.errors import RuleError, SettingsError
from server.export.dataset.column import Cell
from server.export.dataset.sources import samples, sessions, weeks
from server.export.dataset.study_view import StudyView
from server.projection.opening import open_derived
from server.projection.projecting import Projector
from server.sessions.domain.calendar import list_times
from server.sessions.scheduling import Course, schedule_course
from server.study import time_zone
from server.study.entry import Entry
from server.study.fact_kind import FactKind
from server.study.time_zone import read_zone_name, set_zone
from tests.server_process import run_command
from tests.studies import Study
from tests.study_people import BASELINE, P07, P08, add_two_women, read_values, store

NOON = "2026-11-27T12:00:00.000Z"
ALL_DAYS = range(7)


@pytest.fixture
def database(study: Study) -> Iterator[Database]:
    with study.open() as storage:
        add_two_women(storage.database)
        yield storage.database


def plan_course(database: Database, first: date, at: time, zone: str) -> None:
    """24 days in a row at a local time."""
    plan = read_shipped_plan("as_printed")
    times = list_times(first, ALL_DAYS, at, ZoneInfo(zone), plan.n_sessions)
    course = Course("as_printed", plan, times, [P07])
    with database.writing() as connection:
        schedule_course(connection, course, [P07, P08], NOON, "os:test")


def draw(database: Database, code: ParticipantCode, drawn_at: str) -> None:
    told = read_values({"drawn_at": drawn_at})
    value = read_values({"value": 200, "unit": "pg/mL"})
    store(
        database,
        Entry(FactKind.DRAW, code, BASELINE, told),
        Entry(FactKind.SAMPLE, code, BASELINE, value, "bdnf", "serum"),
        later_s=400 * 24 * 3600,
    )


def place(database: Database, zone: str, reason: str | None = None) -> None:
    with database.writing() as connection:
        set_zone(connection, zone, reason, "os:test")


def read_days(database: Database) -> tuple[list[Cell], list[tuple[Cell, Cell]]]:
    """Study days of sessions, and of draws with their hours."""
    with database.reading() as connection:
        view = StudyView(connection, None, str, NOON)
        days = [row["study_day"] for row in sessions.read(view)]
        drawn = [(row["drawn_day"], row["drawn_hour_h"]) for row in samples.read(view)]
    return days, drawn


def test_a_draw_of_a_sessions_evening_has_its_day_across_midnight_of_utc(
    database: Database,
) -> None:
    """20:00 in New York is one o'clock of the next day in UTC."""
    place(database, "America/New_York")
    plan_course(database, date(2026, 10, 26), time(20), "America/New_York")
    draw(database, P07, "2026-10-26T23:30-04:00")
    draw(database, P08, "2026-10-27T00:10-04:00")
    days, drawn = read_days(database)
    assert days == list(range(1, 25))
    assert drawn == [(1, 23.5), (2, pytest.approx(10 / 60))]


def test_a_draw_elsewhere_has_the_day_that_it_was_in_the_study(database: Database) -> None:
    """Drawn at a quarter past eight in Tokyo, when it was the evening before in Berlin."""
    place(database, "Europe/Berlin")
    plan_course(database, date(2026, 10, 24), time(17), "Europe/Berlin")
    draw(database, P07, "2026-10-25T06:45+09:00")
    draw(database, P08, "2026-10-25T07:15+09:00")
    _, drawn = read_days(database)
    assert drawn == [(1, 6.75), (2, 7.25)]  # 23:45 and 00:15 by the study's clock


def test_days_are_whole_where_clocks_change(database: Database) -> None:
    """On 25 October 2026 Berlin's day has 25 hours: half past midnight and 23:30 are of one day."""
    place(database, "Europe/Berlin")
    plan_course(database, date(2026, 10, 24), time(0, 30), "Europe/Berlin")
    draw(database, P07, "2026-10-25T23:30+01:00")
    draw(database, P08, "2026-10-25T02:30+01:00")  # the second half past two of that night
    days, drawn = read_days(database)
    assert days == list(range(1, 25))
    assert drawn == [(2, 23.5), (2, 2.5)]


def test_a_study_without_a_zone_counts_both_in_utc(database: Database) -> None:
    plan_course(database, date(2026, 10, 26), time(20), "America/New_York")
    draw(database, P07, "2026-10-26T19:30-04:00")
    draw(database, P08, "2026-10-26T20:10-04:00")
    days, drawn = read_days(database)
    assert days[0] == 1
    assert [day for day, _ in drawn] == [-1, 1]


def test_weeks_of_load_begin_on_the_studys_days(database: Database, tmp_path: Path) -> None:
    place(database, "America/New_York")
    plan_course(database, date(2026, 10, 26), time(20), "America/New_York")
    with open_derived(tmp_path) as derived:
        Projector(database, derived, lambda: 10**18).project_new()
        with database.reading() as told, derived.reading() as worked_out:
            view = StudyView(told, worked_out, str, NOON)
            assert [row["study_day"] for row in weeks.read(view)] == [1, 8, 15, 22]


def test_another_zone_needs_a_reason_and_one_that_exists(database: Database) -> None:
    place(database, "Asia/Tehran")
    place(database, "Asia/Tehran")
    with pytest.raises(RuleError, match="those of Asia/Tehran; to change that give --reason"):
        place(database, "Europe/Berlin")
    place(database, "Europe/Berlin", "the second centre")
    with pytest.raises(RuleError, match="no time zone is called"):
        place(database, "Atlantis/Capital", "x")
    with database.reading() as connection:
        assert read_zone_name(connection) == "Europe/Berlin"


def test_a_zone_that_this_machine_lost_is_told_and_not_replaced(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    place(database, "Asia/Tehran")
    monkeypatch.setattr(time_zone, "find_zone", lambda _name: None)
    with database.reading() as connection, pytest.raises(SettingsError, match="install tzdata"):
        time_zone.read_zone(connection)


def test_the_first_course_that_is_planned_says_the_studys_zone(study: Study) -> None:
    with study.open() as storage:
        add_two_women(storage.database)
    unsaid = run_command("study", "zone", *study.arguments)
    assert unsaid.stdout == "UTC, as nobody has said another one\n"
    words = ("sessions", "schedule", "--plan", "as_printed", "--first", "2026-11-30", "--days",
             "mon,wed,fri", "--time", "17:00", "--timezone")  # fmt: skip
    done = run_command(*words, "Asia/Tehran", "--participants", "P07", *study.arguments)
    assert done.returncode == 0, done.stderr
    assert run_command("study", "zone", *study.arguments).stdout == "Asia/Tehran\n"
    other = run_command("study", "zone", "Europe/Berlin", *study.arguments)
    assert (other.returncode, "give --reason" in other.stderr) == (2, True)
    moved = run_command("study", "zone", "Europe/Berlin", "--reason", "moved", *study.arguments)
    assert "are now those of Europe/Berlin" in moved.stdout
