"""The page of the course in words: whole, so far, known in part, and why there is no number."""

from dataclasses import replace
from typing import Any

import pytest

from server.dose.course.course_vector import CourseFrame, CourseVector, assemble_course
from server.dose.course.metrics import TRIMP
from server.dose.course.session import CourseSession
from server.dose.quantity import Missing
from server.projection.derived_study import Standing
from server.web.dose_course_context import DoseCoursePageContext, Figure
from server.web.dose_course_json import view_courses
from server.web.dose_course_view import CourseWords, view_course
from server.web.dose_course_words import list_formulas, tell_reasons, tell_short
from server.web.dose_view import PageFrame
from tests.course_sessions import ahead, missed, trained, unknown

FRAME = CourseFrame(6, 3, ("core",))
STANDING = Standing(None, is_behind=False, has_failed=False)
SESSIONS, LOAD, SETS, CORE, IN_TARGET, HEART = range(6)


def assemble(*sessions: CourseSession, code: str = "P01") -> CourseVector:
    return assemble_course(code, sessions, FRAME)


def show(*courses: CourseVector) -> DoseCoursePageContext:
    frame = PageFrame("rana", is_simulated=False, standing=STANDING, card=None)
    return view_course(courses, {"P01": "Fig"}, frame, CourseWords("", "", ""))


def figures(*sessions: CourseSession) -> list[Figure]:
    return show(assemble(*sessions)).rows[0].figures


def test_a_whole_course() -> None:
    """Five of 100 planned each, one missed: 500 of 600."""
    told = figures(*(trained(n, 100, **{TRIMP: 10.5}) for n in range(1, 6)), missed(6))
    assert told[SESSIONS] == Figure("5 of 6")
    assert told[LOAD] == Figure("500 AU", "83.3 % of 600 planned")
    assert told[HEART] == Figure("52.5 AU")


def test_a_course_that_goes_on_tells_what_it_is_so_far_and_of_how_many() -> None:
    told = figures(trained(1, 40), trained(2, 50), *(ahead(n) for n in range(3, 7)))
    assert told[SESSIONS] == Figure("2 of 6", "not known of 4")
    assert told[LOAD] == Figure("so far 90 AU", "2 sessions of 6")


def test_a_sum_that_lacks_a_session_says_why_before_what_is_known_of_it() -> None:
    told = figures(*(trained(n, 40) for n in range(1, 6)), unknown(6))
    assert told[LOAD] == Figure(
        "not recorded: 1", "known: 200 AU, 5 sessions of 6; prorated: 240", is_missing=True
    )
    two = figures(*(trained(n, 40) for n in range(1, 5)), unknown(5), ahead(6))
    assert two[LOAD].text == "not over: 1, not recorded: 1"
    assert two[LOAD].note == "known: 160 AU, 4 sessions of 6"


def test_nothing_known_is_no_zero() -> None:
    told = figures(*(unknown(n) for n in range(1, 7)))
    assert told[SESSIONS] == Figure("0 of 6", "not known of 6")
    assert told[LOAD] == Figure("not recorded: 6", is_missing=True)
    assert told[SETS] == Figure("nothing prescribed", is_missing=True)
    assert told[IN_TARGET] == Figure("no session attended", is_missing=True)


def test_made_up_sessions_and_more_than_planned_are_told() -> None:
    extra = [replace(trained(1, 70), number=None, is_make_up=True, session=f"m{n}") for n in (1, 2)]
    told = figures(missed(1), *(trained(n, 40) for n in range(2, 7)), *extra)
    assert told[SESSIONS] == Figure("6 of 6", "made up: 1; more than planned: 1")


def test_heads_are_as_many_as_figures_and_have_the_plans_categories() -> None:
    page = show(assemble(trained(1, 40)))
    assert page.heads[:4] == ["Sessions", "Session-RPE load", "Sets completed", "core"]
    assert len(page.heads) == len(page.rows[0].figures)
    assert (page.rows[0].code, page.rows[0].sign) == ("P01", "Fig")


def test_weeks_have_a_bar_by_the_largest_load_of_anybody() -> None:
    """A week of 3 x 40 beside one of 3 x 80: half of 28 px."""
    one = assemble(*(trained(n, 40) for n in (1, 2, 3)), *(ahead(n) for n in (4, 5, 6)))
    two = assemble(*(trained(n, 80) for n in range(1, 7)), code="P02")
    page = show(one, two)
    assert page.weeks == ["Week 1", "Week 2"]
    (first, second), (other, _) = (row.cells for row in page.week_rows)
    assert (first.load, first.monotony, first.strain, first.fill_px) == ("120", "0.8", "96.21", 14)
    assert (other.load, other.fill_px) == ("240", 28)
    assert (second.load, second.known, second.is_missing) == ("not over", "known: 0 of 3", True)
    assert second.words == (
        "From 2026-11-09: no load. Not over: a session is ahead, runs, or was never closed."
        " Load known of 0 sessions of 3"
    )


def test_a_week_of_rest_has_a_load_of_0_no_bar_and_no_monotony() -> None:
    (row,) = show(assemble(*(missed(n) for n in (1, 2, 3)))).week_rows
    (cell,) = row.cells
    assert (cell.load, cell.monotony, cell.strain, cell.fill_px) == ("0", "–", "–", 0)
    assert cell.words.endswith("3 sessions, load 0 AU; no monotony: all days are alike")


def test_nobody() -> None:
    page = show()
    assert (page.rows, page.weeks, page.week_rows) == ([], [], [])


@pytest.mark.parametrize("reason", list(Missing))
def test_every_reason_has_few_words(reason: Missing) -> None:
    assert 0 < len(tell_short(reason)) <= 24
    assert "_" not in tell_short(reason)


def test_reasons_most_sessions_first() -> None:
    told = {Missing.NO_DATA: 1, Missing.NOT_OVER: 3}
    assert tell_reasons(told) == "not over: 3, no data of a strap: 1"
    assert all(line.text for line in list_formulas())


def _find(rows: list[dict[str, Any]], **keys: str | None) -> dict[str, Any]:
    return next(one for one in rows if keys.items() <= one.items())


def test_as_data() -> None:
    course = assemble(*(trained(n, 100) for n in range(1, 6)), missed(6))
    told = view_courses([course], Standing(1_700_000_000_000_000_000, True, False))
    assert (told["worked_out_at"], told["is_behind"]) == ("2023-11-14 22:13 UTC", True)
    (hers,) = told["participants"]
    load = hers["sums"]["srpe_load_au"]
    assert (load["total"]["value"], load["total"]["coverage"], load["n_sessions"]) == (500, 1, 6)
    assert load["formula"] == "CR10 x minutes of the whole session (Foster 1998, 2001)"
    assert hers["weeks"][0]["first_day"] == "2026-11-02"
    assert hers["weeks"][0]["monotony"]["value"] == pytest.approx(0.8018, abs=1e-4)
    assert hers["attended"]["n_attended"] == 5
    completion = _find(hers["adherence"]["completion"], category="core", unit="sets")
    assert completion["share"]["missing"] == "not_applicable"
    assert hers["adherence"]["attendance"]["value"] == 5 / 6
