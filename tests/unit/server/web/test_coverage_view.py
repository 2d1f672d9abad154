"""The coverage map's cells and words, from quantities that are typed here."""

from typing import Any

import pytest

from server.dose.quantity import Missing, Quantity
from server.dose.vector import Metric
from server.projection.derived_study import Standing
from server.projection.lost_time import Loss, LostTime
from server.projection.marks import Marks
from server.web.coverage_context import CoverageCell
from server.web.coverage_view import MapFrame, find_stream, view_map
from server.web.coverage_words import LOSSES, name_loss, tell_losses, tell_seconds
from server.web.dose_matrix import Study

NOW = "2026-11-27T18:00:00.000Z"
NONE = Quantity.missing_for(Missing.NOT_APPLICABLE, "bpm", 1)
FRAME = MapFrame("rana", False, Standing(1_795_802_700_000_000_000, False, False))
LOST = LostTime(600.0, {Loss.RADIO: 240.0, Loss.CONTACT: 30.0})


def line(state: str = "closed") -> dict[str, Any]:
    return {"id": "a", "ordinal": 1, "week": 1, "planned_start": "2026-11-20T17:00:00.000Z",
            "participants": ["P01"], "state": state}  # fmt: skip


def heart(coverage: float | None, missing: Missing | None = None) -> Metric:
    if missing is None:
        return Metric("m", NONE, Quantity(120.0, "bpm", 1, coverage), "ab")
    return Metric("m", NONE, Quantity.missing_for(missing, "bpm", 1, coverage), "ab")


def cell_of(metric: Metric | None, lost: LostTime = LOST, **more: Any) -> CoverageCell:
    state, marks = more.pop("state", "closed"), more.pop("marks", Marks("present"))
    study = Study([line(state)], {}, {} if metric is None else {("a", "P01"): metric}, NOW,
                  marks={("a", "P01"): marks}, built=frozenset("a"), **more)  # fmt: skip
    return view_map(study, {("a", "P01"): lost}, "heart", FRAME).rows[0].cells[0]


@pytest.mark.parametrize(
    ("coverage", "missing", "fill_px", "is_low", "cause", "share"),
    [
        (1.0, None, 28, False, "", "100 %"),
        (0.8, None, 22, False, "", "80 %"),
        (0.5, Missing.LOW_COVERAGE, 14, True, "r", "50 %"),
        (0.79999, Missing.LOW_COVERAGE, 22, True, "r", "79.9 %"),
        (0.0, Missing.UNUSABLE, 0, True, "r", "0 %"),
    ],
)
def test_a_share_fills_the_cell_and_a_low_one_has_its_cause(  # noqa: PLR0913 (columns of a table)
    coverage: float, missing: Missing | None, fill_px: int, is_low: bool, cause: str, share: str
) -> None:
    cell = cell_of(heart(coverage, missing))
    assert (cell.fill_px, cell.is_low, cell.cause) == (fill_px, is_low, cause)
    assert cell.letter == ""
    assert cell.words.startswith(f"{share} of 10 min heard")
    assert cell.words.endswith("not heard: radio 4 min, contact 30 s")
    assert ("coverage low" in cell.words) is is_low
    assert cell.path == "/sessions/a/review?participant=P01"


@pytest.mark.parametrize(
    ("missing", "letter"),
    [(Missing.NO_STRAP, "S"), (Missing.NO_DATA, "D"), (Missing.NOT_APPLICABLE, "N")],
)
def test_without_a_share_there_is_the_letter_of_its_reason(missing: Missing, letter: str) -> None:
    cell = cell_of(heart(None, missing))
    assert (cell.letter, cell.fill_px, cell.is_low, cell.cause) == (letter, 0, False, "")


def test_whoever_was_away_has_no_share_and_lost_nothing() -> None:
    cell = cell_of(heart(0.3, Missing.LOW_COVERAGE), marks=Marks("absent"))
    assert (cell.letter, cell.words) == ("A", "Absent: she wasn't there")


def test_a_session_ahead_leads_nowhere_and_one_that_runs_is_so_far() -> None:
    ahead = cell_of(None, state="planned")
    assert (ahead.is_empty, ahead.path) == (True, "")
    running = cell_of(heart(1.0), LostTime(600.0), state="running")
    assert running.is_running
    assert running.words == "100 % of 10 min heard; so far, the session runs now"


def test_a_low_coverage_that_nothing_explains_has_no_letter() -> None:
    assert cell_of(heart(0.5, Missing.LOW_COVERAGE), LostTime(600.0)).cause == ""


def test_every_cause_has_a_letter_of_its_own_and_words() -> None:
    assert set(LOSSES) == set(Loss)
    letters = [one.letter for one in LOSSES.values()]
    assert len(set(letters)) == len(letters)
    assert all(letter.islower() for letter in letters)  # large ones say why there is no share
    assert name_loss("a_newer_one") == "a newer one"


def test_seconds_and_minutes() -> None:
    assert [tell_seconds(one) for one in (0.4, 89.4, 90, 600)] == ["0 s", "89 s", "2 min", "10 min"]
    assert tell_losses({}) == ""


def test_a_stream_that_is_none_is_the_heart() -> None:
    assert [find_stream(one) for one in (None, "x", "movement")] == ["heart", "heart", "movement"]
