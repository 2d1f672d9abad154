"""Ranges of p over roundings, against SciPy's own test from summaries on a fine grid."""

from itertools import product

import numpy as np
import pytest
from scipy.stats import ttest_ind_from_stats

from server.analysis.summary_check.baseline_findings import judge_baselines
from server.analysis.summary_check.finding import Verdict
from server.analysis.summary_check.t_tests import student_t, welch_t
from server.analysis.summary_check.table import Baseline
from tests.summary_tables import baseline_of, study_baselines


@pytest.mark.parametrize("baseline", study_baselines(), ids=lambda one: one.name)
@pytest.mark.parametrize("equal_var", [True, False])
def test_ranges_hold_every_rounding(baseline: Baseline, *, equal_var: bool) -> None:
    ends = []
    for cell in (baseline.control.mean, baseline.control.sd, baseline.training.mean,
                 baseline.training.sd):  # fmt: skip
        ends.append(np.linspace(cell.value - cell.half_unit, cell.value + cell.half_unit, 3))
    seen = [
        float(ttest_ind_from_stats(mt, st, 15, mc, sc, 15, equal_var=equal_var).pvalue)
        for mc, sc, mt, st in product(*ends)
    ]
    found = (student_t if equal_var else welch_t)(baseline).p_range
    assert (found.lo, found.hi) == pytest.approx((min(seen), max(seen)), rel=1e-9)


@pytest.mark.parametrize(
    ("p", "verdict"),
    [
        ("0.67", Verdict.CONSISTENT),
        ("0.66", Verdict.CONSISTENT),
        ("0.70", Verdict.CONSISTENT),
        ("0.71", Verdict.INCONSISTENT),
        ("0.62", Verdict.CONSISTENT),
        ("0.61", Verdict.INCONSISTENT),
        (None, Verdict.CONSISTENT),
    ],
)
def test_a_p_of_any_rounding_is_consistent(p: str | None, verdict: Verdict) -> None:
    """Age of the study: 0.6287 to 0.7037; 0.62 may be 0.6287 cut off."""
    (found,) = judge_baselines([baseline_of("age", ("37.1", "5.5"), ("36.2", "5.8"), p)])
    assert found.verdict is verdict


def test_welchs_p_is_as_good() -> None:
    """SciPy 1.17.1: 0.0324 and 0.0407 by `ttest_ind_from_stats(7, 1, 15, 0, 12, 15)`, without and
    with `equal_var=False`."""
    rows = [
        baseline_of("x", ("0.000", "12.000"), ("7.000", "1.000"), p) for p in ("0.0324", "0.0407")
    ]
    student, welch = (judge_baselines([one])[0] for one in rows)
    assert (student.verdict, welch.verdict) == (Verdict.CONSISTENT, Verdict.CONSISTENT)
    assert "is Welch's" in welch.explanation
    assert "is Welch's" not in student.explanation


def test_no_spread() -> None:
    same = student_t(baseline_of("x", ("5", "0"), ("5", "0")))
    assert (same.t, same.p) == (0.0, 1.0)
    apart = welch_t(baseline_of("x", ("7", "0"), ("5", "0")))
    assert (apart.t, apart.p, apart.p_range.lo) == (float("-inf"), 0.0, 0.0)
