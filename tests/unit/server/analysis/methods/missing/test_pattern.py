"""Counts of what is missing, by hand from the lists of `tests/two_arm_outcomes.py`."""

import pytest

from server.analysis.methods.missing.pattern import tabulate_missing
from tests.two_arm_outcomes import balanced, incomplete


def test_patterns_are_counted_by_arm() -> None:
    """P03 has a post only, P05, P22 and P30 a pre only, P18 neither."""
    pattern = tabulate_missing(incomplete())
    control, training = pattern.control, pattern.training
    assert (control.n_both, control.n_pre_only, control.n_post_only, control.n_neither) == (
        13,
        1,
        1,
        0,
    )
    assert (training.n_both, training.n_pre_only, training.n_post_only, training.n_neither) == (
        12,
        2,
        0,
        1,
    )
    assert pattern.n == 30
    assert control.mean_pre_without_post == 186.3  # P05
    assert training.mean_pre_without_post == pytest.approx((206.1 + 217.3) / 2)  # P22 and P30
    assert "can't be seen from the data" in pattern.notes[0]


def test_nothing_missing_is_told_without_a_note() -> None:
    pattern = tabulate_missing(balanced())
    assert pattern.notes == ()
    assert pattern.control.mean_pre_without_post is None
    assert pattern.to_json()["analysis"] == "missing_pattern"
