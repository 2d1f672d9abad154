"""What a round looks at, and what a page may take for done.

On SQLite alone: the same statements are tried on both databases with each page that shows them.
"""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from protocol.ledger.instants import parse_utc_ms
from protocol.messages.uplink import GapDeclaration, GapReason
from protocol.training.plan import compute_digest
from protocol.training.shipped import read_shipped_plan
from server.db.database import Database
from server.projection import projecting, projection_round
from server.projection.derived_study import DerivedStudy
from server.projection.opening import open_derived
from server.projection.projecting import Projector
from server.projection.quality import rules
from server.projection.quality.seen import EveningSigns, SessionSeen
from server.projection.quality.session_seeing import LookedAt
from server.projection.quality_store import read_findings, write_quality
from server.projection.session_store import read_built
from server.projection.tables import OF_A_SESSION
from server.projection.trace_store import read_trace
from server.projection.versions import VERSIONS
from server.sessions import study_plans
from server.sessions.erasing import erase_content
from server.sessions.ledger import read_events
from server.sessions.study_plans import read_plan_of
from server.storage import Storage
from tests.contract.test_projection_dose import NS_PER_MS, STRAP_A, Evening, _hold
from tests.dose_course import hold, rate, schedule, tell, write
from tests.ledger_entries import SESSION, Tablet, minute
from tests.studies import make_study
from tests.unit.server.batches import record, upload
from tests.unit.server.projection.quality.test_course_rules import FAST, SLOW, as_usual
from tests.unit.server.projection.quality.test_course_rules import evening as evening_of

FIRST = datetime(2026, 11, 23, 17, tzinfo=UTC)
MINUTE_NS = 60_000_000_000
PATIENT_S = 30.0


class Clock:
    """Stands still; `n_read` is how often it was looked at."""

    def __init__(self) -> None:
        self.wall_ns = round((FIRST + timedelta(minutes=30)).timestamp()) * 1_000_000_000
        self.n_read = 0

    def __call__(self) -> int:
        self.n_read += 1
        return self.wall_ns


class Gate:
    """A round's thread that stops at its last look at the clock until somebody joins it."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.reached, self.opened = threading.Event(), threading.Event()
        self.stops_at = -1
        self.thread: threading.Thread | None = None

    def __call__(self) -> int:
        if self.clock.n_read == self.stops_at:
            self.reached.set()
            assert self.opened.wait(PATIENT_S)
        return self.clock()

    def is_alive(self) -> bool:
        assert self.thread is not None
        return self.thread.is_alive()

    def join(self, timeout: float) -> None:
        assert self.thread is not None
        self.opened.set()
        self.thread.join(timeout)


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    with make_study(tmp_path / "study").open() as opened:
        yield opened


@pytest.fixture
def derived(storage: Storage) -> Iterator[Database]:
    with open_derived(storage.directory.path) as opened:
        yield opened


def test_an_upload_of_another_time_has_no_session_read_again(
    storage: Storage, derived: Database
) -> None:
    ids = schedule(storage, FIRST)
    hold(storage, ids[0], FIRST)
    clock = Clock()
    projector = Projector(storage.database, derived, clock)
    assert projector.project_new() == [ids[0]]
    n_begun = clock.n_read
    assert projector.project_new() == []
    of_a_round = clock.n_read - n_begun
    storage.writer.submit(upload([record(seq) for seq in range(1, 10)])).result()
    assert projector.project_new() == []
    assert clock.n_read == n_begun + 2 * of_a_round
    assert of_a_round == 1


def test_a_running_session_goes_on_by_the_minute_without_entries(storage: Storage) -> None:
    ids = schedule(storage, FIRST)
    hold(storage, ids[0], FIRST - timedelta(days=1))
    hold(storage, ids[1], FIRST, closes=False)
    clock = Clock()
    derived = DerivedStudy(storage.database, storage.directory.path, clock)

    def look() -> dict[str, int]:
        derived.catch_up(PATIENT_S)
        with derived.derived.reading() as connection:
            return read_built(connection)

    first = look()
    clock.wall_ns += MINUTE_NS // 60
    assert look() == first
    clock.wall_ns += MINUTE_NS
    assert look() == {ids[0]: first[ids[0]], ids[1]: clock.wall_ns}
    derived.close()


def test_a_page_that_joins_an_older_round_waits_for_one_that_has_all_it_is_to_show(
    storage: Storage,
) -> None:
    ids = schedule(storage, FIRST)
    hold(storage, ids[0], FIRST)
    gate = Gate()
    derived = DerivedStudy(storage.database, storage.directory.path, gate)
    derived.catch_up(PATIENT_S)
    write(storage, ids[0], Tablet("c" * 16).write("session_rpe", "P03", rate(13), tell(FIRST)))
    gate.stops_at = gate.clock.n_read + 3  # as it was begun, its round, its fold; then it writes
    assert derived.catch_up(0).is_behind
    assert gate.reached.wait(PATIENT_S)
    hold(storage, ids[1], FIRST + timedelta(days=1))
    gate.thread = derived._round
    derived._round = gate  # type: ignore[assignment]
    assert not derived.catch_up(PATIENT_S).is_behind
    with derived.derived.reading() as connection:
        assert set(read_built(connection)) == set(ids[:2])
    derived.close()


def test_what_is_erased_is_noticed_by_the_next_round(storage: Storage, derived: Database) -> None:
    ids = schedule(storage, FIRST)
    hold(storage, ids[0], FIRST)
    projector = Projector(storage.database, derived, Clock())
    assert projector.project_new() == [ids[0]]
    with storage.database.writing() as connection:
        events = [one.event.id for one in read_events(connection, ids[0])]
        erase_content(connection, events[-2], events[-1])
    assert projector.project_new() == [ids[0]]
    assert projector.project_new() == []


@pytest.mark.parametrize("what", ["projection", "formula", "rule"])
def test_another_version_has_every_session_built_again(
    storage: Storage, derived: Database, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    ids = schedule(storage, FIRST)
    hold(storage, ids[0], FIRST)
    projector = Projector(storage.database, derived, Clock())
    assert projector.project_new() == [ids[0]]
    if what == "projection":
        raised = projecting.PROJECTION_VERSION + 1
        monkeypatch.setattr(projecting, "PROJECTION_VERSION", raised)
    elif what == "formula":
        name = "server.dose.heart.trimp.BANISTER_VERSION"
        for module in (projecting, projection_round):
            monkeypatch.setattr(module, "VERSIONS", {**VERSIONS, name: VERSIONS[name] + 1})
    else:
        first, *others = rules.RULES
        monkeypatch.setattr(rules, "RULES", (replace(first, version=first.version + 1), *others))
    assert projector.project_new() == [ids[0]]
    assert projector.project_new() == []


def test_a_session_has_the_plan_that_it_was_planned_by_though_another_ships_now(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = read_shipped_plan("as_printed")
    digest = compute_digest(plan)
    with storage.database.reading() as connection:
        assert read_plan_of(connection, "as_printed", digest) == plan
        assert read_plan_of(connection, "as_printed", "0" * 64) is None
    schedule(storage, FIRST)
    monkeypatch.setattr(study_plans, "read_shipped_plan", lambda _: read_shipped_plan("tailored"))
    with storage.database.reading() as connection:
        assert read_plan_of(connection, "as_printed", digest) == plan


def test_what_was_found_by_comparing_evenings_goes_once_their_history_is_another(
    derived: Database,
) -> None:
    evenings = [*as_usual(3), evening_of(3, P01=SLOW, P02=FAST)]

    def write_anew(evening: EveningSigns) -> set[tuple[str, str]]:
        with derived.writing() as connection:
            for table in OF_A_SESSION:
                connection.execute(table.delete().where(table.c.session == evening.session))
            write_quality(connection, LookedAt(SessionSeen(evening.session), evening))
            return {(one.session, one.rule) for one in read_findings(connection)}

    for one in evenings:
        found = write_anew(one)
    assert ("s3", "swap_suspected") in found
    assert ("s3", "swap_suspected") in write_anew(evenings[0])
    assert ("s3", "swap_suspected") not in write_anew(evening_of(0))  # two are no history


@pytest.mark.parametrize("boot_id", [None, "ffffffff-1111-4222-8333-444455556666"])
def test_a_gateway_that_was_down_is_why_nothing_came_however_its_gap_is_uploaded(
    storage: Storage, derived: Database, boot_id: str | None
) -> None:
    """Its next life declares it in an upload of its own, and measures its end at most."""
    evening = Evening(storage, derived)
    _hold(evening)
    evening.send(STRAP_A, 120, 15, 18)
    evening.send(STRAP_A, 120, 23, 25)
    evening.projector.project_new()
    evening.n_records += 1
    gap = GapDeclaration(
        strap=STRAP_A,
        reason=GapReason.GATEWAY_DOWN,
        from_ns=parse_utc_ms(minute(18)) * NS_PER_MS,
        to_ns=parse_utc_ms(minute(23)) * NS_PER_MS,
        first_seq=evening.n_records,
        last_seq=evening.n_records,
        boot_id=boot_id,
        to_monotonic_ns=None if boot_id is None else 5 * MINUTE_NS,
    )
    storage.writer.submit(upload([gap])).result()
    assert evening.projector.project_new() == [SESSION]
    with derived.reading() as connection:
        gaps = read_trace(connection, SESSION, "P01", "gaps")
    assert gaps is not None
    assert ("heart", "declared", "gateway_down") in set(
        zip(*(map(str, gaps[name]) for name in ("stream", "cause", "detail")), strict=True)
    )
