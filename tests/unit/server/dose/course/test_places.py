"""Each of the plan's sessions in its place, and what a make-up made good."""

from dataclasses import replace
from datetime import timedelta

from server.dose.course.places import Arranged, arrange
from server.dose.course.session import CourseSession
from tests.course_sessions import A_WEEK, ahead, find_day, missed, trained, unknown


def make_up(week: int, came: CourseSession, session: str = "m1") -> CourseSession:
    """Held on the Saturday of a week."""
    day = find_day(A_WEEK * (week - 1) + 1) + timedelta(days=5)
    return replace(came, number=None, week=week, session=session, day=day, is_make_up=True)


def place(*sessions: CourseSession, n_planned: int = 6) -> Arranged:
    return arrange(sessions, n_planned, A_WEEK)


def test_every_session_of_the_plan_has_a_place_also_one_that_nobody_planned() -> None:
    told = place(trained(2, 90), trained(1, 80))
    assert [(one.number, one.session, one.week) for one in told.places] == [
        (1, "s1", 1), (2, "s2", 1), (3, None, 1), (4, None, 2), (5, None, 2), (6, None, 2),
    ]  # fmt: skip
    assert [one.is_over for one in told.places] == [True, True, False, False, False, False]
    assert told.beyond == ()


def test_a_make_up_takes_the_place_of_the_first_session_of_its_week_that_she_missed() -> None:
    told = place(missed(1), trained(2, 90), missed(3), missed(4), make_up(1, trained(1, 70)))
    assert [one.session for one in told.places[:4]] == ["m1", "s2", "s3", "s4"]
    assert (told.places[0].number, told.places[0].is_make_up) == (1, True)
    assert told.beyond == ()


def test_its_record_is_then_that_of_the_session_that_it_made_good() -> None:
    told = place(trained(1, 70), trained(2, 90), missed(3), make_up(1, trained(1, 70)))
    record = told.places[2].record
    assert record is not None
    assert (record.session, record.attended) == (3, True)


def test_it_takes_the_place_of_one_that_was_not_held_as_well() -> None:
    told = place(trained(1, 80), ahead(2), trained(3, 90), make_up(1, trained(1, 70)))
    assert [one.session for one in told.places[:3]] == ["s1", "m1", "s3"]


def test_nothing_is_made_good_in_another_week_or_where_nobody_said_that_she_stayed_away() -> None:
    told = place(missed(1), unknown(4), trained(5, 1), trained(6, 1), make_up(2, trained(1, 70)))
    assert [one.session for one in told.places[:1]] == ["s1"]
    assert [(one.session, one.number) for one in told.beyond] == [("m1", None)]


def test_a_second_make_up_of_a_week_is_beyond_the_plan() -> None:
    both = [make_up(1, trained(1, n), f"m{n}") for n in (1, 2)]
    told = place(missed(1), trained(2, 90), trained(3, 90), *both)
    assert [one.session for one in told.places[:3]] == ["m1", "s2", "s3"]
    assert [one.session for one in told.beyond] == ["m2"]


def test_a_make_up_that_she_stayed_away_from_is_nothing_and_one_that_nobody_knows_of_is() -> None:
    told = place(missed(1), make_up(1, missed(1)))
    assert (told.places[0].session, told.beyond) == ("s1", ())
    told = place(missed(1), make_up(1, unknown(1)))
    assert (told.places[0].session, [one.session for one in told.beyond]) == ("s1", ["m1"])


def test_of_two_sessions_of_one_number_the_later_is_a_make_up() -> None:
    later = replace(trained(1, 60), session="b1", day=find_day(2))
    told = place(later, trained(1, 80), trained(2, 90), missed(3))
    assert [one.session for one in told.places[:3]] == ["s1", "s2", "b1"]
    beyond_the_plan = replace(trained(1, 60), number=7, week=3, session="s7")
    assert [one.session for one in place(beyond_the_plan).beyond] == ["s7"]
