"""The dose that was delivered, by week and session, against sums worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from server.analysis.dose_sessions import DoseSession
from server.analysis.dummy_arms import NOTICE
from server.analysis.frame import Frame
from server.analysis.plan import AnalysisPlan
from server.analysis.report.content import Content
from server.analysis.report.document import Figure, Grid, Text
from server.analysis.report.sections.dose_delivered import write_dose_delivered
from server.analysis.report.weekly_dose import list_weeks
from server.analysis.running import Analysis

A = (
    DoseSession(1, 1, 80.0, 100.0, None),
    DoseSession(2, 1, 0.0, 100.0, "absent"),
    DoseSession(3, 2, 110.0, 120.0, None),
)
B = (
    DoseSession(1, 1, 100.0, 100.0, None),
    DoseSession(2, 1, 100.0, 100.0, None),
    DoseSession(3, 2, None, 120.0, "refused"),
)
CONTENT = Content(
    frame=Frame(("P01", "P02", "P03"), ("training", "training", "control"), {"x": np.zeros(3)}),
    plan=AnalysisPlan(outcomes=("bdnf",), dose="srpe_load_au"),
    analysis=Analysis((), ()),
    notice=None,
    departures=None,
    versions={},
    sessions={"P01": A, "P02": B},
)


def test_weeks_add_up_what_is_known_and_say_what_is_not() -> None:
    first, second = list_weeks([A, B])
    assert first.delivered == (80.0, 200.0)
    assert first.delivered_sd == pytest.approx(84.8528137424)  # 120 / sqrt(2)
    assert (first.planned_mean, first.n_known, first.n_sessions) == (200.0, 4, 4)
    assert (first.n_absent, first.reasons) == (1, {})
    assert (second.delivered, second.delivered_sd) == ((110.0,), None)  # never B's as 0
    assert (second.n_known, second.n_sessions, second.reasons) == (1, 2, {"refused": 1})


def test_a_session_beyond_the_plan_adds_to_what_was_delivered_and_not_to_the_plan() -> None:
    (week,) = list_weeks([(A[0], DoseSession(None, 1, 30.0, 100.0, None))])
    assert (week.delivered, week.planned) == ((110.0,), (100.0,))


def test_the_section_has_a_row_a_week_and_a_letter_for_each_reason() -> None:
    section = write_dose_delivered(CONTENT)
    assert section is not None
    grid = next(one for one in section.blocks if isinstance(one, Grid))
    assert grid.rows == (
        (
            "1",
            "200.0 (n = 2)",
            "140.0 \u00b1 84.9 (n = 2)",
            "70 % (n = 2)",
            "4 of 4",
            "1",
            "none",
        ),
        (
            "2",
            "120.0 (n = 2)",
            "110.0 \u00b1 \u2013 (n = 1)",
            "92 % (n = 1)",
            "1 of 2",
            "0",
            "1 refused",
        ),
    )
    figure = next(one for one in section.blocks if isinstance(one, Figure))
    assert "A: absent (1); R: refused (1)." in figure.caption
    assert ">A</text>" in figure.svg
    assert ">R</text>" in figure.svg
    assert "P01" not in figure.svg  # rows are counted, nobody is named
    assert "5 of 6 sessions have a share, 4 of them 80 % or more." in figure.words


def test_a_share_divides_means_of_the_same_people() -> None:
    """A lighter woman's number is unknown: what was planned for her must not lower the share."""
    light = (DoseSession(1, 1, None, 20.0, "refused"),)
    full = (DoseSession(1, 1, 100.0, 100.0, None),)
    unplanned = (DoseSession(1, 1, 300.0, None, None),)
    (week,) = list_weeks([light, full, unplanned])
    assert (week.delivered, week.planned) == ((100.0, 300.0), (20.0, 100.0))
    assert (week.of_both, week.share) == (((100.0, 100.0),), 1.0)
    (nobody,) = list_weeks([light])
    assert (nobody.of_both, nobody.share) == ((), None)


def test_no_matrix_is_drawn_where_no_session_has_a_place_in_the_plan() -> None:
    beyond = (DoseSession(None, 1, 30.0, 100.0, None),)
    section = write_dose_delivered(replace(CONTENT, sessions={"P01": beyond, "P02": beyond}))
    assert section is not None
    assert not any(isinstance(one, Figure) for one in section.blocks)
    said = [one.words for one in section.blocks if isinstance(one, Text)]
    assert any("no matrix of sessions is drawn" in one for one in said)


def test_a_rehearsal_shows_no_single_participant() -> None:
    section = write_dose_delivered(replace(CONTENT, notice=NOTICE))
    assert section is not None
    assert not any(isinstance(one, Figure) for one in section.blocks)


def test_without_sessions_there_is_no_section() -> None:
    assert write_dose_delivered(replace(CONTENT, sessions={})) is None
