"""A whole course of one person, as the row of a dataset."""

from dataclasses import replace

import pytest

from server.dose.course.course_vector import CourseFrame, CourseVector, assemble_course
from server.dose.course.metrics import COURSE_METRICS, TRIMP, VOLUMES
from server.dose.course.session import CourseSession
from server.dose.effort.session_load import SRPE
from server.dose.quantity import Missing
from server.dose.volume.sets import DoseSet
from server.dose.volume.threefold import SetState
from tests.course_sessions import ahead, missed, trained, unknown

FRAME = CourseFrame(6, 3, ("core", "strength"))


def assemble(*sessions: CourseSession) -> CourseVector:
    return assemble_course("P01", sessions, FRAME)


def test_a_course_of_six_with_one_missed_and_one_made_up() -> None:
    """40 + 50 + 0 and 60 + 70 (made up) + 80 = 300 AU; five of six attended, one made up."""
    make_up = replace(trained(5, 70), number=None, is_make_up=True, session="m1")
    told = assemble(
        trained(1, 40), trained(2, 50), missed(3),
        trained(4, 60), missed(5), trained(6, 80), make_up,
    )  # fmt: skip
    assert (told.sums[SRPE].total.value, told.sums[SRPE].planned.value) == (300, 600)
    assert [week.load_au.value for week in told.weeks] == [90, 210]
    came = told.attended
    assert (came.n_attended, came.n_made_up, came.n_known, came.n_planned) == (5, 1, 6, 6)
    assert came.n_beyond == 0
    assert told.adherence.attendance.value == pytest.approx(5 / 6)
    assert told.adherence.tolerance.missed.n == 1
    assert set(told.sums) == set(COURSE_METRICS)
    assert set(told.observed_shares) == set(VOLUMES)


def test_a_course_that_goes_on() -> None:
    told = assemble(trained(1, 40), unknown(2), ahead(3))
    assert told.sums[SRPE].total.missing is Missing.NOT_OVER
    assert (told.attended.n_attended, told.attended.n_known, told.attended.n_planned) == (1, 1, 6)
    assert told.adherence.attendance.missing is Missing.NOT_OVER
    assert told.adherence.overall.missing is Missing.NOT_OVER


def _with_sets(one: CourseSession, *done: tuple[str, SetState]) -> CourseSession:
    sets = tuple(
        DoseSet(
            name=f"squat/{n}", exercise="squat", category=category, planned_category=category,
            unit="repetitions", state=state, amount=10.0, prescribed=10.0,
            prescribed_unit="repetitions",
        )
        for n, (category, state) in enumerate(done)
    )  # fmt: skip
    assert one.record is not None
    return replace(one, record=replace(one.record, sets=sets))


def test_completion_by_category_is_of_sets_over_all_sessions_that_she_trained_in() -> None:
    """Strength: 3 of 4 sets over two sessions, not the mean of 1/1 and 2/3."""
    seen, not_done = SetState.OBSERVED, SetState.NOT_DONE
    told = assemble(
        _with_sets(trained(1, 40), ("strength", seen), ("core", seen)),
        _with_sets(trained(2, 40), ("strength", seen), ("strength", not_done), ("strength", seen)),
        _with_sets(missed(3), ("core", not_done)),
    )
    completion = told.adherence.completion
    assert completion["strength", "sets"].share.value == 3 / 4
    assert completion["core", "sets"].share.value == 1
    assert completion[None, "sets"].share.value == 4 / 5


def test_a_session_that_runs_adds_nothing_yet() -> None:
    running = replace(trained(2, 50), is_over=False)
    told = assemble(trained(1, 40), running)
    assert (told.sums[SRPE].known_sum, told.sums[SRPE].n_known) == (40, 1)
    assert told.attended.n_attended == 1
    assert told.adherence.attendance.coverage == 1 / 6


def test_observed_share_of_the_course() -> None:
    amounts = {"sets_as_logged": 20.0, "sets_observed": 15.0}
    few = {"sets_as_logged": 4.0, "sets_observed": 0.0}
    sessions = [trained(1, 1, **amounts), trained(2, 1, **few), *(missed(n) for n in range(3, 7))]
    assert assemble(*sessions).observed_shares["sets"].value == 15 / 24


def test_the_hash_is_the_same_as_long_as_every_number_is() -> None:
    sessions = [trained(1, 40, **{TRIMP: 30.0}), trained(2, 50)]
    one = assemble(*sessions).inputs_sha256
    assert assemble(*reversed(sessions)).inputs_sha256 == one
    assert assemble_course("P02", sessions, FRAME).inputs_sha256 == one
    for other in (
        [trained(1, 41, **{TRIMP: 30.0}), trained(2, 50)],
        [trained(1, 40, **{TRIMP: 31.0}), trained(2, 50)],
        sessions[:1],
        [replace(sessions[0], is_over=False), sessions[1]],
    ):
        assert assemble(*other).inputs_sha256 != one
