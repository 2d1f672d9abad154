"""Missed, interrupted, modified, ended early, discontinued: counted with reasons."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from server.dose.adherence.records import Change, SessionRecord
from server.dose.adherence.tolerance import count_tolerance

N = 24


def _course(attended: str, **why: str) -> list[SessionRecord]:
    """One letter a session: + attended, - missed, ? nobody knows; `why` of session s3."""
    words: dict[str, bool | None] = {"+": True, "-": False, "?": None}
    return [
        SessionRecord(session=n, attended=words[one], why=why.get(f"s{n}"))
        for n, one in enumerate(attended, 1)
    ]


def test_two_in_a_row_are_missed_and_three_are_an_interruption() -> None:
    told = count_tolerance(_course("+--+---+" + "+" * 16, s2="ill", s5="travel", s6="travel"), N)
    assert (told.missed.n, told.missed.reasons) == (5, {"ill": 1, "not_recorded": 2, "travel": 2})
    assert (told.interruptions.n, told.interruptions.reasons) == (
        1,
        {"travel": 1, "not_recorded": 1},
    )
    assert told.discontinued_after is None


def test_whoever_never_comes_again_has_discontinued_and_not_interrupted() -> None:
    told = count_tolerance(_course("+" * 20 + "-" * 4, s21="relapse"), N)
    assert told.discontinued_after == 20
    assert told.discontinued_reasons == {"relapse": 1, "not_recorded": 3}
    assert (told.interruptions.n, told.missed.n) == (0, 4)


def test_two_missed_at_the_end_are_missed_and_no_more() -> None:
    told = count_tolerance(_course("+" * 22 + "--"), N)
    assert (told.discontinued_after, told.missed.n, told.interruptions.n) == (None, 2, 0)


def test_while_the_course_goes_on_nobody_has_discontinued() -> None:
    told = count_tolerance(_course("+----"), N)
    assert (told.discontinued_after, told.interruptions.n, told.missed.n) == (None, 0, 4)


def test_whoever_never_came_discontinued_before_the_first() -> None:
    assert count_tolerance(_course("-" * N), N).discontinued_after == 0


def test_a_session_that_nobody_knows_of_is_not_missed_and_ends_a_run() -> None:
    told = count_tolerance(_course("+--?--+" + "+" * 17), N)
    assert (told.missed.n, told.interruptions.n) == (4, 0)


def test_sessions_that_are_not_neighbours_are_no_run() -> None:
    records = [one for one in _course("+--+-" + "+" * 19) if one.session != 4]
    assert count_tolerance(records, N).interruptions.n == 0


def test_a_modified_session_counts_once_and_by_each_reason() -> None:
    fewer = (Change("fewer", "pain"), Change("fewer", "pain"), Change("lighter_day", None))
    records = [
        SessionRecord(session=1, attended=True, modified=fewer),
        SessionRecord(session=2, attended=True, terminated=Change("stopped", "dizzy")),
        SessionRecord(session=3, attended=True, terminated=Change("left", None)),
    ]
    told = count_tolerance(records, N)
    assert (told.modifications.n, told.modifications.reasons) == (
        1,
        {"pain": 1, "not_recorded": 1},
    )
    assert (told.early_terminations.n, told.early_terminations.reasons) == (
        2,
        {"dizzy": 1, "not_recorded": 1},
    )


@given(st.text("+-?", max_size=N), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_no_run_is_counted_twice(course: str, chance: Any) -> None:
    records = _course(course)
    told = count_tolerance(records, N)
    shuffled = list(records)
    chance.shuffle(shuffled)
    assert count_tolerance(shuffled, N) == told
    assert told.missed.n == course.count("-")
    assert 3 * told.interruptions.n <= told.missed.n
