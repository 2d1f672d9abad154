"""What sessions add up to over a course, by hand."""

from dataclasses import replace

import pytest

from server.dose.course.session import CourseSession
from server.dose.course.sums import CourseSum, divide_sums, sum_course
from server.dose.quantity import Missing, Quantity
from tests.course_sessions import ahead, missed, trained, unknown

LOAD, TRIMP = "srpe_load_au", "trimp_banister_prorated_au"


def add_up(*sessions: CourseSession, name: str = LOAD, beyond: int = 0) -> CourseSum:
    """The last `beyond` of them aren't the plan's."""
    n_places = len(sessions) - beyond
    return sum_course(name, "AU", sessions[:n_places], sessions[n_places:])


def test_a_missed_session_is_a_known_zero_and_the_sum_is_whole() -> None:
    """60 + 0 + 120 + 90 of 4 x 100 planned."""
    told = add_up(trained(1, 60), missed(2), trained(3, 120), trained(4, 90))
    assert (told.total.value, told.total.coverage, told.n_known, told.n_sessions) == (270, 1, 4, 4)
    assert told.planned.value == 400
    assert (told.prorated, dict(told.reasons)) == (told.total, {})
    assert (told.total.unit, told.total.version, told.session_version) == ("AU", 1, 1)


def test_a_sensor_that_heard_nothing_of_a_missed_session_misses_nothing() -> None:
    sessions = (trained(1, 60, **{TRIMP: 40.5}), missed(2))
    assert add_up(*sessions, name=TRIMP).total.value == 40.5


def test_one_session_without_a_number_leaves_no_total_and_is_told_beside_a_lower_bound() -> None:
    told = add_up(*(trained(n, 100) for n in range(1, 9)), trained(9, Missing.REFUSED))
    assert (told.total.value, told.total.missing) == (None, Missing.REFUSED)
    assert told.total.coverage == pytest.approx(8 / 9)
    assert (told.known_sum, told.n_known, told.n_sessions) == (800, 8, 9)
    assert told.reasons == {Missing.REFUSED: 1}


def test_it_is_counted_like_the_others_of_its_week() -> None:
    """Weeks of 60, 60, 60 and of 150, 90 and one unknown: 180 + 240 + 120 = 540, not 180 + 240 x
    6/5."""
    sessions = [*(trained(n, 60) for n in (1, 2, 3)), trained(4, 150), trained(5, 90)]
    told = add_up(*sessions, unknown(6))
    assert told.prorated.value == 540
    assert told.prorated.flags == ("prorated_sessions",)
    assert told.prorated.coverage == pytest.approx(5 / 6)


def test_a_session_that_she_missed_says_nothing_of_one_that_nobody_rated() -> None:
    """A week of 0 (missed), 90 and one unknown: that one counts as 90."""
    sessions = [*(trained(n, 60) for n in range(1, 10)), missed(10), trained(11, 90), unknown(12)]
    assert add_up(*sessions).prorated.value == 540 + 90 + 90


@pytest.mark.parametrize(("n_trained", "value"), [(6, 600.0), (5, None)])
def test_from_a_fifth_of_her_sessions_on_nothing_is_prorated(
    n_trained: int, value: float | None
) -> None:
    """One unknown of six is 17 %, of five 20 %; those that she missed aren't counted."""
    sessions = [trained(n, 100) for n in range(1, n_trained)]
    told = add_up(*sessions, missed(7), missed(8), missed(9), unknown(n_trained))
    assert told.prorated.value == value
    assert told.prorated.missing is (None if value else Missing.LOW_COVERAGE)


def test_nothing_is_prorated_over_a_week_of_which_nothing_is_known() -> None:
    sessions = [trained(n, 60) for n in range(1, 7)]
    told = add_up(*sessions, missed(7), missed(8), unknown(9))
    assert told.prorated.missing is Missing.LOW_COVERAGE


def test_a_course_that_is_not_over_has_no_total_and_is_never_prorated() -> None:
    told = add_up(trained(1, 60), trained(2, 70), unknown(3), ahead(4), ahead(5))
    assert (told.total.missing, told.prorated.missing) == (Missing.NOT_OVER, Missing.NOT_OVER)
    assert (told.known_sum, told.n_known, told.n_sessions) == (130, 2, 5)
    assert told.reasons == {Missing.NOT_RECORDED: 1, Missing.NOT_OVER: 2}
    assert (told.planned.value, told.planned.missing) == (None, Missing.NOT_OVER)
    nearly = add_up(*(trained(n, 10) for n in range(1, 24)), ahead(24))
    assert nearly.prorated.missing is Missing.NOT_OVER


def test_what_went_beyond_the_plan_counts_as_delivered_and_not_as_planned() -> None:
    told = add_up(trained(1, 60), trained(2, 70), trained(3, 50), beyond=1)
    assert (told.total.value, told.planned.value, told.n_sessions) == (180, 200, 3)


def test_a_metric_that_no_session_has() -> None:
    told = add_up(trained(1, 60), missed(2), name="hold_seconds_as_logged")
    assert (told.total.missing, told.session_version) == (Missing.NOT_RECORDED, None)
    assert told.reasons == {Missing.NOT_RECORDED: 1}


def test_flags_of_sessions_are_the_courses_but_not_that_she_was_absent_once() -> None:
    one, other = trained(1, 60), missed(2)
    flagged = [
        _flag(one, ("converted", "guessed")),
        _flag(other, ("absent",)),
        _flag(trained(3, 9), ("converted",)),
    ]
    assert add_up(*flagged).total.flags == ("converted", "guessed")


def _flag(one: CourseSession, flags: tuple[str, ...]) -> CourseSession:
    metric = one.metrics[LOAD]
    delivered = replace(metric.delivered, flags=flags)
    return replace(one, metrics={**one.metrics, LOAD: replace(metric, delivered=delivered)})


def test_the_share_of_one_sum_in_another() -> None:
    def tell(part: float | Missing, whole: float | Missing) -> Quantity:
        sessions = [trained(1, 1, part=part, whole=whole), missed(2)]
        return divide_sums(
            sum_course("part", "sets", sessions), sum_course("whole", "sets", sessions)
        )

    assert tell(6, 24).value == 0.25
    assert tell(0, 0).missing is Missing.NOT_APPLICABLE
    assert tell(6, Missing.NO_DATA).missing is Missing.NO_DATA
    assert tell(Missing.REFUSED, 24).missing is Missing.REFUSED
