"""Everybody's course from what is derived of its sessions, and how often a round reads the study.

On SQLite alone: the same statements are tried on both databases with each page that shows them.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from server.db.database import Database
from server.dose.course.course_vector import CourseVector
from server.projection.course_reading import read_course
from server.projection.opening import open_derived
from server.projection.projecting import Projector
from server.storage import Storage
from tests.dose_course import hold, rate, schedule, tell, write
from tests.ledger_entries import Tablet
from tests.studies import make_study

FIRST = datetime(2026, 11, 2, 17, tzinfo=UTC)  # a Monday
DAYS = (0, 2, 4)
NOW_NS = round((FIRST + timedelta(days=60)).timestamp() * 1e9)


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    with make_study(tmp_path / "study").open() as opened:
        yield opened


@pytest.fixture
def derived(storage: Storage) -> Iterator[Database]:
    with open_derived(storage.directory.path) as opened:
        yield opened


@pytest.fixture
def projector(storage: Storage, derived: Database) -> Projector:
    return Projector(storage.database, derived, lambda: NOW_NS)


def read(storage: Storage, derived: Database) -> list[CourseVector]:
    with storage.database.reading() as study, derived.reading() as connection:
        return read_course(study, connection)


def when(place: int) -> datetime:
    week, day = divmod(place, len(DAYS))
    return FIRST + timedelta(days=7 * week + DAYS[day])


def test_a_whole_course_of_24_is_one_number_each(
    storage: Storage, derived: Database, projector: Projector
) -> None:
    """24 x 40 AU of P01; P02 came to none, which is a dose of 0; P03 was never asked.

    Built anew it is the same, to the last digit.
    """
    ids = schedule(storage, FIRST, weekdays=DAYS)
    for place, session in enumerate(ids):
        hold(storage, session, when(place))
    assert projector.project_new() == ids
    one, two, three = read(storage, derived)
    projector.rebuild(ids[:1])
    assert read(storage, derived) == [one, two, three]
    load = one.sums["srpe_load_au"]
    assert (load.total.value, load.total.coverage, load.n_known) == (960, 1, 24)
    assert [week.load_au.value for week in one.weeks] == [120] * 8
    assert (one.attended.n_attended, one.attended.n_planned) == (24, 24)
    assert one.adherence.attendance.value == 1
    assert one.sums["trimp_banister_prorated_au"].reasons == {"no_strap": 24}
    assert (two.sums["srpe_load_au"].total.value, two.attended.n_attended) == (0, 0)
    assert two.sums["trimp_banister_prorated_au"].total.value == 0
    assert two.adherence.tolerance.discontinued_after == 0
    assert three.sums["srpe_load_au"].reasons == {"not_recorded": 24}
    assert three.sums["srpe_load_au"].prorated.value is None
    assert three.sums["sets_as_logged"].total.value == 24 * 8


def test_before_anything_was_held_and_while_a_session_runs(
    storage: Storage, derived: Database, projector: Projector
) -> None:
    assert read(storage, derived) == []
    ids = schedule(storage, FIRST, weekdays=DAYS)
    one, _, _ = read(storage, derived)
    assert one.sums["srpe_load_au"].reasons == {"not_over": 24}
    hold(storage, ids[0], FIRST, closes=False)
    projector.project_new()
    one, _, _ = read(storage, derived)
    assert (one.sums["sets_as_logged"].n_known, one.attended.n_known) == (0, 0)


def test_what_is_entered_while_a_round_goes_on_is_in_the_numbers_after_the_next(
    storage: Storage, derived: Database, projector: Projector
) -> None:
    """P03 is rated as her first session has its turn, and as the second one is read."""
    ids = schedule(storage, FIRST, weekdays=DAYS)
    for place, session in enumerate(ids[:2]):
        hold(storage, session, when(place))
    hands = {session: Tablet(f"{place}" * 16) for place, session in enumerate(ids[:2], 1)}

    def rate_both(line: Mapping[str, Any]) -> bool:
        if line["id"] == ids[0]:
            for session, hand in hands.items():
                write(storage, session, hand.write("session_rpe", "P03", rate(13), tell(when(3))))
        return True

    projector.project_new(rate_both)
    projector.project_new()
    _, _, three = read(storage, derived)
    assert three.sums["srpe_load_au"].known_sum == 480
    assert projector.project_new() == []


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """Every statement that any database was given since the list was cleared."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield statements
    event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("n_held", [1, 4])
def test_a_round_reads_sessions_and_profiles_once(
    storage: Storage, projector: Projector, asked: list[str], n_held: int
) -> None:
    """However many sessions are due; and again in the next round, in which nothing is."""
    ids = schedule(storage, FIRST, weekdays=DAYS)
    for place, session in enumerate(ids[:n_held]):
        hold(storage, session, when(place))
    for n_built in (n_held, 0):
        asked.clear()
        assert len(projector.project_new()) == n_built
        for table in ("measured_hearts", "participant_entries"):
            assert sum(f"FROM {table}" in one for one in asked) == 1
        assert sum("count(*)" in one.lower() and "ledger_events" in one for one in asked) == 1
