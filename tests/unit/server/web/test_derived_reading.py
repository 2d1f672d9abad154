"""What is said of numbers that aren't there, and of when those that are there were made."""

import pytest

from server.errors import NotFoundError, NotWorkedOutYetError, ServerError
from server.projection.derived_study import Standing
from server.web.derived_reading import date_standing, name_absence
from server.web.errors import choose_retry_after_s, find_status


@pytest.mark.parametrize(
    ("is_behind", "kind", "status"),
    [(True, NotWorkedOutYetError, 503), (False, NotFoundError, 404)],
)
def test_numbers_to_come_are_not_said_to_be_missing(
    is_behind: bool, kind: type[ServerError], status: int
) -> None:
    absence = name_absence(Standing(None, is_behind, has_failed=False), "P01", "S")
    assert (type(absence), find_status(absence)) == (kind, status)
    assert "'P01' in session 'S'" in str(absence)


def test_who_asks_too_early_is_told_to_ask_again_in_a_second() -> None:
    absence = name_absence(Standing(None, is_behind=True, has_failed=False), "P01", "S")
    assert choose_retry_after_s(absence) == 1


def test_before_a_round_has_ended_numbers_are_of_the_newest_session() -> None:
    standing = Standing(None, is_behind=True, has_failed=False)
    assert date_standing(standing, {"one": 5, "other": 7}).as_of_wall_ns == 7
    assert date_standing(standing, {}).as_of_wall_ns is None
    assert date_standing(Standing(9, False, False), {"one": 5}).as_of_wall_ns == 9
