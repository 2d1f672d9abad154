"""Cells, heads and scale of the dose matrix, from metrics that are typed here."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.dose.quantity import Missing, Quantity
from server.dose.vector import Metric
from server.projection.derived_study import Standing
from server.projection.marks import Marks
from server.web.dose_cell import CELL_PX
from server.web.dose_context import Cell
from server.web.dose_matrix import Study, view_columns, view_rows, view_weeks
from server.web.dose_shown import ALL, SETS, SRPE, TRIMP, find_shown
from server.web.dose_view import (
    PageFrame,
    tell_empty,
    tell_scale,
    tell_to_come,
    tell_worked_out,
    view_page,
)
from server.web.dose_words import LISTED, REASONS, find_reason, tell_flag, tell_number, tell_share

NOW = "2026-11-27T18:00:00.000Z"
WALL_NS = 1_795_802_700_000_000_000  # 2026-11-27 18:05 UTC
NONE = Quantity.missing_for(Missing.NOT_APPLICABLE, "sets", 1)
FRAME = PageFrame("rana", False, Standing(WALL_NS, False, False), None)


def line(
    session: str, ordinal: int | None, week: int | None = 1, state: str = "closed", day: int = 20
) -> dict[str, Any]:
    return {
        "id": session,
        "ordinal": ordinal,
        "week": week,
        "planned_start": f"2026-11-{day:02d}T17:00:00.000Z",
        "participants": ["P01", "P02"],
        "state": state,
    }


def sets(delivered: float | Missing, planned: float | None = 24, **more: Any) -> Metric:
    told = NONE if planned is None else Quantity(planned, "sets", 1)
    if isinstance(delivered, Missing):
        return Metric("m", told, Quantity.missing_for(delivered, "sets", 1, **more), "ab")
    return Metric("m", told, Quantity(delivered, "sets", 1, **more), "ab")


def share(value: float) -> Metric:
    return Metric("s", NONE, Quantity(value, "1", 1), "ab")


def attendance(flag: str) -> Metric:
    return Metric("a", NONE, Quantity(0.0, "sessions", 1, flags=(flag,)), "ab")


def make_study(metric: Metric | None, **more: Any) -> Study:
    """One session, P01's metric."""
    lines = more.pop("lines", [line("a", 1)])
    metrics = {} if metric is None else {("a", "P01"): metric}
    marks = more.pop("marks", {("a", "P01"): Marks("present")})
    return Study(lines, {"P01": "Fig"}, metrics, NOW, marks=marks, built=frozenset("a"), **more)


def cell_of(metric: Metric | None, **more: Any) -> Cell:
    rows, _ = view_rows(make_study(metric, **more), SETS)
    return rows[0].cells[0]


@pytest.mark.parametrize(
    ("delivered", "fill_px", "is_over", "percent"),
    [(24, 28, False, "100 %"), (12, 14, False, "50 %"), (0, 0, False, "0 %"),
     (30, 28, True, "125 %"), (23.99, 28, False, "99.9 %")],
)  # fmt: skip
def test_a_cell_is_as_full_as_the_plan_was_delivered(
    delivered: float, fill_px: int, is_over: bool, percent: str
) -> None:
    cell = cell_of(sets(delivered))
    assert (cell.fill_px, cell.is_over, cell.letter) == (fill_px, is_over, "")
    assert cell.words == f"{percent}: {tell_number(delivered)} sets of 24 planned"


@given(st.floats(0, 1e6), st.floats(0.001, 1e6))
def test_fill_stays_inside_the_cell_and_grows_with_what_was_delivered(
    delivered: float, planned: float
) -> None:
    cell, more = cell_of(sets(delivered, planned)), cell_of(sets(delivered + 1, planned))
    assert 0 <= cell.fill_px <= more.fill_px <= CELL_PX


@pytest.mark.parametrize("reason", list(Missing))
def test_each_reason_has_a_letter_of_its_own_in_the_cell(reason: Missing) -> None:
    cell = cell_of(sets(reason))
    assert (cell.letter, cell.fill_px) == (REASONS[reason].letter, 0)
    assert cell.words == REASONS[reason].words


def test_no_two_reasons_share_a_letter_and_the_legend_has_all_of_them() -> None:
    letters = [one.letter for one in (*REASONS.values(), *LISTED)]
    assert len(set(letters)) == len(letters)
    page = view_page(make_study(sets(1)), SETS, FRAME)
    not_over = REASONS[Missing.NOT_OVER].letter  # of a course, never of a session
    assert [one.letter for one in page.letters] == [one for one in letters if one != not_over]
    assert set(REASONS) == set(Missing)


def test_absent_is_a_letter_though_what_she_got_is_known() -> None:
    cell = cell_of(sets(0), attendance={("a", "P01"): attendance("absent")})
    assert (cell.letter, cell.fill_px) == ("A", 0)
    assert cell.words == "Absent: she wasn't there; 0 sets of 24 planned"
    by_mark = cell_of(sets(0), marks={("a", "P01"): Marks("absent")})
    assert by_mark.letter == "A"


def test_not_today_is_not_absent() -> None:
    cell = cell_of(sets(0), attendance={("a", "P01"): attendance("not_today")})
    assert cell.letter == "T"


def test_marks_stand_beside_the_number() -> None:
    cell = cell_of(
        sets(12, coverage=0.79),
        marks={("a", "P01"): Marks("present", lighter=True, n_events=2)},
        shares={("a", "P01"): share(0.7999)},
    )
    assert (cell.has_low_coverage, cell.is_lighter, cell.n_events) == (True, True, 2)
    assert cell.is_little_observed
    assert cell.words == (
        "50 %: 12 sets of 24 planned; coverage low, 79 %; only 79.9 % observed; lighter that day;"
        " adverse events: 2"
    )


def test_eighty_percent_is_enough() -> None:
    cell = cell_of(sets(12, coverage=0.8), shares={("a", "P01"): share(0.8)})
    assert not cell.has_low_coverage
    assert not cell.is_little_observed


def test_a_letter_stands_alone_on_its_ground() -> None:
    cell = cell_of(sets(Missing.LOW_COVERAGE, coverage=0.3))
    assert (cell.letter, cell.has_low_coverage) == ("C", False)


def test_a_session_ahead_is_empty_and_says_when() -> None:
    ahead = cell_of(None, lines=[line("a", 1, state="planned", day=29)], marks={})
    assert (ahead.is_empty, ahead.letter, ahead.is_known) == (True, "", False)
    assert ahead.words == "Planned for 2026-11-29 17:00 UTC, not held yet"
    missed = cell_of(None, lines=[line("a", 1, state="planned", day=20)], marks={})
    assert missed.words == "Was planned for 2026-11-20 17:00 UTC, and nobody began it"


def test_a_session_that_runs_says_that_it_is_not_over() -> None:
    cell = cell_of(sets(12), lines=[line("a", 1, state="running")])
    assert cell.is_running
    assert cell.words == "50 %: 12 sets of 24 planned; so far, the session runs now"


def test_what_was_not_worked_out_waits_and_who_was_not_planned_is_told() -> None:
    assert cell_of(None, marks={}).letter == "…"
    strangers = [{**line("a", 1), "participants": ["P02"]}, line("b", 2)]
    cell = cell_of(None, lines=strangers, marks={})
    assert (cell.letter, cell.words) == ("–", "Not among those of this session")


def test_nothing_planned_is_no_ratio() -> None:
    other = {("a", "P02"): sets(24)}
    study = make_study(sets(12, planned=None))
    rows, _ = view_rows(replace(study, metrics={**study.metrics, **other}), SETS)
    assert (rows[0].cells[0].letter, rows[1].cells[0].fill_px) == ("=", 28)
    assert cell_of(sets(0, planned=0)).letter == "N"
    assert cell_of(sets(3, planned=0)).letter == "="


def test_without_any_plan_a_full_cell_is_the_largest_number_and_the_page_says_so() -> None:
    study = make_study(sets(10, planned=None))
    study = replace(study, metrics={**study.metrics, ("a", "P02"): sets(40, planned=None)})
    rows, scale = view_rows(study, TRIMP)
    assert [row.cells[0].fill_px for row in rows] == [7, 28]
    assert [row.cells[0].words for row in rows] == ["10 sets", "40 sets"]
    assert not rows[1].cells[0].is_over
    assert tell_scale(study, TRIMP, scale).endswith("the largest number here, 40 sets.")
    assert "nothing of it" in tell_scale(make_study(None), TRIMP, scale)
    nothing = make_study(sets(0, planned=None))
    assert view_rows(nothing, TRIMP)[0][0].cells[0].fill_px == 0


def heads(lines: Sequence[dict[str, Any]]) -> list[tuple[str, str, bool]]:
    study = make_study(None, lines=lines)
    return [(one.number, one.day, one.begins_week) for one in view_columns(study)]


def test_columns_go_by_time_make_ups_among_them_and_unplanned_ones_last() -> None:
    lines = [
        line("d", 4, week=2, day=27), line("a", 1, day=20), line("m", None, day=24),
        {**line("u", None, week=None, state="running"), "planned_start": None,
         "participants": None},
    ]  # fmt: skip
    assert heads(lines) == [
        ("1", "20 Nov", False), ("+", "24", False), ("4", "27", True), ("+", "", True),
    ]  # fmt: skip
    study = make_study(None, lines=lines)
    assert [(one.label, one.n_columns) for one in view_weeks(study)] == [
        ("Week 1", 2), ("Week 2", 1), ("", 1),
    ]  # fmt: skip
    assert [one.words for one in view_columns(study)] == [
        "Session 1, week 1, 2026-11-20 17:00 UTC: closed",
        "Make-up session, 2026-11-24 17:00 UTC: closed",
        "Session 4, week 2, 2026-11-27 17:00 UTC: closed",
        "Session that nobody planned: runs now, numbers so far",
    ]


def test_rows_are_all_who_were_planned_or_came_by_number() -> None:
    lines = [{**line("a", 1), "participants": ["P10", "P02"]}]
    study = make_study(sets(1), lines=lines)
    rows, _ = view_rows(study, SETS)
    assert [(row.code, row.sign) for row in rows] == [("P01", "Fig"), ("P02", ""), ("P10", "")]


def test_of_when_the_numbers_are_and_what_is_to_come() -> None:
    study = make_study(None)
    waiting = replace(study, built=frozenset())
    assert tell_worked_out(Standing(WALL_NS, False, False)) == "Worked out 2026-11-27 18:05 UTC"
    assert tell_worked_out(Standing(None, True, False)) == "Nothing was worked out yet"
    assert tell_to_come(waiting, Standing(None, True, False)).startswith(
        "Sessions being worked out: 1"
    )
    assert tell_to_come(waiting, Standing(WALL_NS, False, False)) == ""
    assert "new entries" in tell_to_come(study, Standing(None, True, False))
    assert "failed" in tell_to_come(study, Standing(None, False, True))
    assert tell_to_come(study, Standing(WALL_NS, False, False)) == ""
    running = make_study(None, lines=[line("a", 1, state="running")])
    assert "so far" in tell_to_come(running, Standing(WALL_NS, False, False))


def test_a_study_without_sessions_says_what_is_next() -> None:
    assert "sessions schedule" in tell_empty(Study([], {"P01": "Fig"}, {}, NOW))
    assert tell_empty(make_study(None)) == ""


def test_links_keep_the_metric_and_name_the_cell() -> None:
    page = view_page(replace(make_study(sets(1)), chosen=("a", "P01")), SRPE, FRAME)
    cell = page.rows[0].cells[0]
    assert cell.path == "?metric=srpe&session=a&participant=P01#card"
    assert cell.is_chosen
    assert [tab.is_current for tab in page.tabs] == [one is SRPE for one in ALL]


def test_an_unknown_metric_is_the_first_one() -> None:
    assert find_shown("nonsense") is SETS
    assert find_shown(None) is SETS


@pytest.mark.parametrize(
    ("value", "told"), [(412.4, "412"), (57.78, "57.78"), (6.5, "6.5"), (24.0, "24"), (0.0, "0")]
)
def test_numbers_are_short(value: float, told: str) -> None:
    assert tell_number(value) == told


@pytest.mark.parametrize(
    ("part", "told"), [(0.79999, "79.9 %"), (4 / 5, "80 %"), (1.2, "120 %"), (0.583333, "58.3 %")]
)
def test_a_share_is_never_rounded_up(part: float, told: str) -> None:
    assert tell_share(part) == told


def test_a_flag_without_words_says_its_own_name() -> None:
    assert tell_flag("not_yet_in_words") == "not yet in words"
    assert find_reason(Missing.ABSENT).letter == "A"
