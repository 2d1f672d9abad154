"""What is derived is kept up to date: only after something moved, one round at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from protocol.identifiers import parse_participant_code
from server.errors import SessionsFailedError
from server.projection.derived_study import CLOSED, DerivedStudy
from server.projection.deriving import DerivedPerson, derive_people
from server.projection.opening import FILE
from server.projection.person_store import read_person
from server.projection.projecting import Projector
from server.projection.session_inputs import SessionInputs
from server.projection.session_store import read_built
from server.storage import Storage
from server.study.measured_heart import MeasuredHeart, Sex
from server.study.measured_hearts import add_measured_heart
from server.study.participant import Arm, Participant
from server.study.participants import add_participants
from tests.dose_course import hold, rate, schedule, tell, write
from tests.ledger_entries import Tablet
from tests.studies import Study

FIRST = datetime(2026, 11, 23, 17, tzinfo=UTC)
PATIENT_S = 30.0


class Clock:
    """Each reading is a second later."""

    def __init__(self) -> None:
        self.wall_ns = round((FIRST + timedelta(days=2)).timestamp()) * 1_000_000_000

    def __call__(self) -> int:
        self.wall_ns += 1_000_000_000
        return self.wall_ns


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        yield opened


@contextmanager
def opened(storage: Storage) -> Iterator[DerivedStudy]:
    derived = DerivedStudy(storage.database, storage.directory.path, Clock())
    yield derived
    derived.close()


def built(derived: DerivedStudy) -> dict[str, int]:
    with derived.derived.reading() as connection:
        return read_built(connection)


def test_in_the_background_closed_sessions_only_and_for_a_page_those_that_run_too(
    storage: Storage,
) -> None:
    ids = schedule(storage, FIRST)
    hold(storage, ids[0], FIRST)
    hold(storage, ids[1], FIRST + timedelta(days=1), closes=False)
    with opened(storage) as derived:
        derived.bring_up_to_date()
        assert set(built(derived)) == {ids[0]}
        standing = derived.catch_up(PATIENT_S)
        assert (standing.is_behind, standing.has_failed) == (False, False)
        assert set(built(derived)) == set(ids[:2])


def test_a_session_is_worked_out_again_after_an_entry_and_not_without_one(storage: Storage) -> None:
    ids = schedule(storage, FIRST)
    hold(storage, ids[0], FIRST)
    with opened(storage) as derived:
        derived.bring_up_to_date()
        before = built(derived)
        derived.bring_up_to_date()
        assert built(derived) == before
        write(storage, ids[0], Tablet("c" * 16).write("session_rpe", "P03", rate(13), tell(FIRST)))
        derived.bring_up_to_date()
        assert built(derived)[ids[0]] > before[ids[0]]
        with derived.derived.reading() as connection:
            person = read_person(connection, ids[0], "P03")
            assert read_person(connection, ids[0], "P99") is None
    assert person is not None
    load = next(one for one in person.metrics if one.name == "srpe_load_au")
    assert load.delivered.value is not None


def test_while_nothing_moves_no_session_is_looked_at(storage: Storage) -> None:
    ids = schedule(storage, FIRST)
    hold(storage, ids[0], FIRST)
    with opened(storage) as derived:
        derived.bring_up_to_date()
        with derived.derived.writing() as connection:
            connection.execute(text("DELETE FROM projected"))
        derived.bring_up_to_date()
        assert built(derived) == {}
        write(storage, ids[0], Tablet("c" * 16).write("session_rpe", "P03", rate(9), tell(FIRST)))
        derived.bring_up_to_date(CLOSED)
        assert set(built(derived)) == {ids[0]}


def test_what_was_measured_of_her_heart_counts_from_the_next_round_on(storage: Storage) -> None:
    ids = schedule(storage, FIRST)
    hold(storage, ids[0], FIRST)
    code = parse_participant_code("P01")
    add_participants(storage.database, [Participant(code, "Fig", Arm.TRAINING)], "os:test")
    with opened(storage) as derived:
        derived.bring_up_to_date()
        before = built(derived)
        heart = MeasuredHeart(62, Sex.FEMALE, max_bpm=181)
        add_measured_heart(storage.database, code, heart, "os:test", None)
        derived.bring_up_to_date()
        assert built(derived)[ids[0]] > before[ids[0]]


def test_as_of_is_when_the_round_began_and_moves_on_while_nothing_is_new(storage: Storage) -> None:
    with opened(storage) as derived:
        first = derived.catch_up(PATIENT_S).as_of_wall_ns
        second = derived.catch_up(PATIENT_S).as_of_wall_ns
    assert first is not None
    assert second is not None
    assert second > first


def test_a_page_does_not_wait_for_a_round_that_takes_long(storage: Storage) -> None:
    with opened(storage) as derived:
        with derived._turn:
            standing = derived.catch_up(0.01)
            assert (standing.as_of_wall_ns, standing.is_behind) == (None, True)
            n_threads = threading.active_count()
            derived.catch_up(0.01)
            assert threading.active_count() == n_threads  # it joins the round that goes on
        assert not derived.catch_up(PATIENT_S).is_behind


def test_a_failure_is_told_and_the_next_round_mends_it(storage: Storage) -> None:
    ids = schedule(storage, FIRST)
    hold(storage, ids[0], FIRST)
    with opened(storage) as derived:
        with derived.derived.writing() as connection:
            connection.execute(text("ALTER TABLE marks RENAME TO lost"))
        with pytest.raises(SessionsFailedError):
            derived.bring_up_to_date()
        assert derived.catch_up(PATIENT_S).has_failed
        with derived.derived.writing() as connection:
            connection.execute(text("ALTER TABLE lost RENAME TO marks"))
        assert not derived.catch_up(PATIENT_S).has_failed
        assert set(built(derived)) == {ids[0]}


def test_what_goes_wrong_in_one_session_costs_no_other_its_dose(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = schedule(storage, FIRST)
    hold(storage, ids[0], FIRST)
    hold(storage, ids[1], FIRST + timedelta(days=1))

    def derive(inputs: SessionInputs, *rest: Any) -> list[DerivedPerson]:
        if inputs.line["id"] == ids[0]:
            raise KeyError("no such thing in this session")
        return derive_people(inputs, *rest)

    with opened(storage) as derived:
        monkeypatch.setattr("server.projection.projecting.derive_people", derive)
        assert derived.catch_up(PATIENT_S).has_failed
        assert set(built(derived)) == {ids[1]}
        with pytest.raises(SessionsFailedError, match=ids[0]) as raised:
            Projector(storage.database, derived.derived, Clock()).rebuild()
        assert raised.value.sessions == (ids[0],)
        monkeypatch.undo()
        assert not derived.catch_up(PATIENT_S).has_failed
        assert set(built(derived)) == set(ids[:2])


def test_after_close_no_session_is_begun(storage: Storage) -> None:
    ids = schedule(storage, FIRST)
    hold(storage, ids[0], FIRST)
    derived = DerivedStudy(storage.database, storage.directory.path, Clock())
    derived.close()
    derived.bring_up_to_date()
    assert built(derived) == {}
    derived.derived.close()
    assert (storage.directory.path / FILE).is_file()
