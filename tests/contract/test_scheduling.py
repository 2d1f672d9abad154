"""A course of sessions in the ledger, on SQLite and on PostgreSQL."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace as replace_struct

from protocol.training.plan import compute_digest
from protocol.training.shipped import read_shipped_plan
from protocol.training.vocabulary import RestScope
from server.errors import ConflictError, RuleError
from server.sessions.domain.calendar import list_times
from server.sessions.ledger import read_events
from server.sessions.scheduling import Course, schedule_course
from server.sessions.service import list_all_sessions
from server.storage import Storage
from tests.ledger_entries import minute
from tests.studies import Study

CODES = ("P01", "P02")
PLAN = read_shipped_plan("as_printed")


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        yield opened


def _course(first: str = "2026-11-30", at: str = "17:00", people: Sequence[str] = CODES) -> Course:
    times = list_times(
        date.fromisoformat(first),
        (0, 2, 4),
        time.fromisoformat(at),
        ZoneInfo("Asia/Tehran"),
        PLAN.n_sessions,
    )
    return Course("as_printed", PLAN, times, people)


def _schedule(storage: Storage, course: Course) -> None:
    with storage.database.writing() as connection:
        schedule_course(connection, course, CODES, minute(0), "sara")


def _lines(storage: Storage) -> list[dict[str, object]]:
    with storage.database.reading() as connection:
        return list_all_sessions(connection)


def test_twenty_four_sessions_are_planned_by_the_system_under_the_plans_digest(
    storage: Storage,
) -> None:
    _schedule(storage, _course())
    lines = _lines(storage)
    assert [line["ordinal"] for line in lines] == list(range(1, 25))
    assert [line["week"] for line in lines] == [week for week in range(1, 9) for _ in range(3)]
    assert lines[0]["planned_start"] == "2026-11-30T13:30:00.000Z"
    assert {line["state"] for line in lines} == {"planned"}
    assert {line["plan_sha256"] for line in lines} == {compute_digest(PLAN)}
    assert lines[0]["participants"] == list(CODES)
    with storage.database.reading() as connection:
        (stored,) = read_events(connection, str(lines[0]["id"]))
    assert (stored.event.actor, stored.recorded_by) == ("system", "sara")


def test_planning_the_course_again_is_refused_and_changes_nothing(storage: Storage) -> None:
    _schedule(storage, _course())
    before = _lines(storage)
    with pytest.raises(ConflictError, match=r"session 1 is planned already.*24 of these"):
        _schedule(storage, _course("2027-02-01"))
    assert _lines(storage) == before


def test_a_session_that_would_overlap_is_refused(storage: Storage) -> None:
    """Two groups in one gym: an hour apart is enough, less isn't."""
    _schedule(storage, Course("as_printed", PLAN, _course().times[:1], CODES))
    early = replace(_course(at="16:30").times[0], ordinal=2)
    with pytest.raises(ConflictError, match="session 2 on Mon 2026-11-30 16:30 would overlap"):
        _schedule(storage, Course("as_printed", PLAN, [early], CODES))
    later = replace(_course(at="18:00").times[0], ordinal=2)
    _schedule(storage, Course("as_printed", PLAN, [later], CODES))
    assert len(_lines(storage)) == 2


def test_strangers_are_refused(storage: Storage) -> None:
    with pytest.raises(RuleError, match="nobody in the study has the code P99"):
        _schedule(storage, _course(people=("P01", "P99")))
    with pytest.raises(RuleError, match="named twice"):
        _schedule(storage, _course(people=("P01", "P01")))
    assert _lines(storage) == []


def test_what_the_circuit_cant_run_is_refused_with_a_sentence_and_changes_nothing(
    storage: Storage,
) -> None:
    between_sets = replace_struct(PLAN.session, rest_scope=RestScope.BETWEEN_SETS, rest_s=0)
    plan = replace_struct(PLAN, session=between_sets)
    with pytest.raises(RuleError) as refused:
        _schedule(storage, replace(_course(), plan=plan))
    first, *lines = str(refused.value).splitlines()
    assert first == f"the circuit can't run the plan {PLAN.id}; nothing was changed"
    assert [line.strip().partition(":")[0] for line in lines] == [
        "session.rest_scope", "session.rest_s",
    ]  # fmt: skip
    assert _lines(storage) == []
