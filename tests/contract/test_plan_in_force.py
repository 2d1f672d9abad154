"""What a study's analysis relies on: plan and lock as the chain of records vouches for them."""

from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from protocol.identifiers import parse_participant_code
from server.analysis.analysing import analyse_study
from server.analysis.dummy_arms import NOTICE
from server.analysis.locking import lock_study
from server.analysis.plan import AnalysisPlan
from server.analysis.plan_in_force import read_in_force
from server.analysis.planning import put_in_force
from server.analysis.reporting.reading import read_reporting
from server.analysis.study_data import Basis, StudyData, read_study_data
from server.errors import MethodError, RuleError
from server.projection.derived_study import HELD, DerivedStudy
from server.projection.up_to_date import work_out
from server.storage import Storage
from server.study.measured_heart import MeasuredHeart, Sex
from server.study.measured_hearts import add_measured_heart
from server.study.participant import Arm, Participant
from server.study.participants import add_participants
from server.study.record_chain import append_numbered
from server.study.tables import ANALYSIS_RECORDS
from tests.analysis_study import TRAINING, fill, hold_course
from tests.studies import make_study

PLAN = (
    'outcomes = ["bdnf"]\ndose = "srpe_load_au"\ndose_sensitivity = ["duration_min"]\n'
    'baseline = ["age_y"]\nbaseline_categories = ["smoking"]\n'
    "permutations = 1000\nbootstrap = 1000\n"
)
FIRST = datetime(2026, 9, 7, 17, tzinfo=UTC)  # a Monday
Choose = Callable[[AnalysisPlan], AnalysisPlan]


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    with make_study(tmp_path / "study").open() as opened:
        fill(opened.database)
        put_in_force(opened.database, PLAN, None, "os:test")
        yield opened


def read(storage: Storage, choose: Choose = lambda planned: planned) -> StudyData:
    with closing(DerivedStudy(storage.database, storage.directory.path)) as derived:
        return read_study_data(
            storage.database,
            lambda: nullcontext(work_out(derived.derived, lambda: derived.bring_up_to_date(HELD))),
            choose,
            is_blinded=True,
        )


def lock(storage: Storage) -> None:
    with closing(DerivedStudy(storage.database, storage.directory.path)) as derived:
        derived.bring_up_to_date()
        lock_study(storage.database, derived.derived, "steering group", "os:test")


def tamper(storage: Storage, statement: str, **values: object) -> None:
    with storage.database.writing() as connection:
        connection.execute(text("DROP TRIGGER analysis_records_refuses_update"))
        connection.execute(text("DROP TRIGGER analysis_records_refuses_delete"))
        connection.execute(text(statement), values)


def otherwise(**changes: object) -> Choose:
    return lambda planned: msgspec.structs.replace(planned, **changes)


OTHER = PLAN.replace("outcomes", "alpha = 0.2\noutcomes")
SLIPPED_IN = (
    "INSERT INTO analysis_records (number, kind, sha256, content, recorded_by, recorded_wall_ns)"
    " VALUES (7, 'plan', :sha256, :content, 'os:test', 1)"
)
CHANGED = "UPDATE analysis_records SET content = :content, sha256 = :sha256 WHERE kind = 'plan'"
UNHASHED = "UPDATE analysis_records SET content = :content WHERE kind = 'plan'"


@pytest.mark.parametrize("statement", [SLIPPED_IN, CHANGED, UNHASHED])
@pytest.mark.parametrize("is_locked", [False, True])
def test_a_plan_that_nobody_registered_is_refused_before_and_after_the_lock(
    storage: Storage, statement: str, *, is_locked: bool
) -> None:
    if is_locked:
        lock(storage)
    sha256 = AnalysisPlan.from_toml(OTHER).sha256
    tamper(storage, f"{statement}", content=OTHER, **({} if statement == UNHASHED else
           {"sha256": sha256}))  # fmt: skip
    number = 7 if statement == SLIPPED_IN else 1
    with pytest.raises(RuleError, match=f"analysis_records/{number} can't be relied on"):
        read(storage)
    with storage.database.reading() as study, pytest.raises(RuleError, match="relied on"):
        read_reporting(study, study, is_simulated=False)
    if not is_locked:
        with pytest.raises(RuleError, match="relied on"):
            lock(storage)


def test_a_lock_that_somebody_took_away_is_missed(storage: Storage) -> None:
    lock(storage)
    tamper(storage, "DELETE FROM analysis_records WHERE kind = 'lock'")
    with pytest.raises(RuleError, match="analysis_records/2 can't be relied on"):
        read(storage)


def test_the_lock_says_which_plan_it_was_made_under(storage: Storage) -> None:
    """So that a chain written anew, with another plan in it, doesn't fit the locked data."""
    lock(storage)
    with storage.database.reading() as connection:
        found = read_in_force(connection)
    assert found.locked is not None
    assert found.locked.plan_sha256 == AnalysisPlan.from_toml(PLAN).sha256
    put_anew(storage, AnalysisPlan.from_toml(OTHER).sha256)
    with (
        storage.database.reading() as connection,
        pytest.raises(RuleError, match="locked under another plan than the one in force"),
    ):
        read_in_force(connection)


def test_a_plan_that_is_not_of_its_hash_is_refused(storage: Storage) -> None:
    """Though the chain is whole: somebody stored it so."""
    put_anew(storage, AnalysisPlan.from_toml(PLAN).sha256)
    with pytest.raises(RuleError, match="analysis_records/2.* doesn't say what was registered"):
        read(storage)


def put_anew(storage: Storage, sha256: str) -> None:
    """A plan appended with a link, as somebody with the program and the database can."""
    row = {"kind": "plan", "sha256": sha256, "content": OTHER,
           "reason": "x", "recorded_by": "os:test", "recorded_wall_ns": 1}  # fmt: skip
    with storage.database.writing() as connection:
        append_numbered(connection, ANALYSIS_RECORDS, row)


def test_hearts_of_who_trains_are_no_column_of_who_is_blinded(storage: Storage) -> None:
    """Measured for the dose: a number for those eight only says who they are."""
    put_in_force(storage.database, PLAN.replace("age_y", "hr_rest_bpm"), "x", "os:test")
    heart = MeasuredHeart(62, Sex.FEMALE, max_bpm=181)
    for code in TRAINING:
        add_measured_heart(storage.database, parse_participant_code(code), heart, "os:test", None)
    told = read(storage).told
    assert told.why["hr_rest_bpm"] == dict.fromkeys(told.frame.codes, "not_recorded")


def test_nothing_in_a_rehearsal_differs_by_arm_but_what_was_found(storage: Storage) -> None:
    """Of 16 women, doses are of those 8 who train: columns, reasons, remarks and sessions."""
    hold_course(storage, FIRST)
    more = 'confounders = ["edss"]\ndose_sessions = "prorated"\n'
    put_in_force(storage.database, PLAN + more, "x", "os:test")
    data = read(storage)
    assert (data.basis, data.notice) == (Basis.REHEARSAL, NOTICE)
    kept = {"bdnf_pre", "bdnf_post", "age_y"}
    assert {*data.told.frame.columns} == kept
    assert {*data.told.why} == kept | {"smoking"}
    assert (data.told.sessions, data.told.dose_remarks) == ({}, ())
    assert data.reporting.facts.arms is None
    content = analyse_study(data)
    assert not [one for one in content.remarks if "srpe_load_au" in one]


def test_remarks_on_doses_are_locked_and_told_after_the_lock_only(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A remark that counts those with a dose counts those who train."""
    remark = "srpe_load_au of 8 participants counts 9 sessions without a number."
    monkeypatch.setattr("server.analysis.study_doses._tell_prorated", lambda *_: (remark,))
    assert remark not in analyse_study(read(storage)).remarks
    lock(storage)
    assert remark in analyse_study(read(storage)).remarks


def test_another_dose_is_run_as_a_departure_without_the_sessions_of_the_locked_one(
    storage: Storage,
) -> None:
    hold_course(storage, FIRST)
    lock(storage)
    data = read(storage)
    assert {*data.told.sessions} == {*TRAINING}
    choose = otherwise(dose="duration_min", dose_sensitivity=())
    other = read(storage, choose)
    assert (other.told.sessions, other.told.frame.sha256) == ({}, data.told.frame.sha256)
    assert other.lock_sha256 == data.lock_sha256 == data.told.sha256
    departures = analyse_study(other).departures
    assert departures is not None
    assert "dose: planned srpe_load_au, run duration_min." in departures


@pytest.mark.parametrize(("name", "now"), [("dose_sessions", "prorated"), ("matrix", "plasma")])
def test_cells_that_would_be_others_are_not_run_under_the_name_of_the_locked_ones(
    storage: Storage, name: str, now: str
) -> None:
    lock(storage)
    with pytest.raises(MethodError, match=f"locked with {name} = .*, and {now} would count other"):
        read(storage, otherwise(**{name: now}))


def test_losses_are_of_those_who_were_locked_whoever_came_since(storage: Storage) -> None:
    lock(storage)
    late = [Participant(parse_participant_code("P17"), "Sun", Arm.CONTROL)]
    add_participants(storage.database, late, "os:test")
    facts = read(storage).reporting.facts
    (control,) = (one for one in facts.arms or () if one.arm == "control")
    counted = control.outcomes["bdnf"]
    assert (control.n, counted.n, counted.n_pre, counted.n_post) == (9, 8, 8, 7)


def test_the_lock_holds_what_each_concentration_was_measured_in(storage: Storage) -> None:
    lock(storage)
    samples = read(storage).told.samples
    assert {one["analyte"] for one in samples} == {"bdnf"}
    assert all("plate" in one["sample"] and "drawn_at" in one["draw"] for one in samples)
