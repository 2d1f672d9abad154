"""F over every correlation; ranges of the study by hand (audit of its Table 3, 4 digits)."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.analysis.summary_check.contrasts import Term
from server.analysis.summary_check.feasible import find_f, find_feasible_f
from server.analysis.summary_check.implied import Anchor
from server.analysis.summary_check.printed import Printed
from server.analysis.summary_check.table import ArmSizes, Measure
from tests.summary_tables import BDNF_CELLS, bdnf, gdnf, measure_of

TERMS = (Term.TIME, Term.GROUP, Term.INTERACTION, Term.INTERCEPT)


@pytest.mark.parametrize(
    ("measure", "term", "lo", "hi"),
    [
        (bdnf(), Term.TIME, 82.42, 456.8),
        (bdnf(), Term.GROUP, 91.32, 506.2),
        (bdnf(), Term.INTERACTION, 89.72, 497.3),
        (bdnf(), Term.INTERCEPT, 2236, 12390),
        (gdnf(), Term.TIME, 55.15, 770.9),
        (gdnf(), Term.GROUP, 77.52, 1084),
        (gdnf(), Term.INTERACTION, 83.48, 1167),
        (gdnf(), Term.INTERCEPT, 2194, 30670),
    ],
)
def test_ranges_of_the_study(measure: Measure, term: Term, lo: float, hi: float) -> None:
    found = find_feasible_f(measure, term, rounded=False)
    assert [float(f"{end:.4g}") for end in (found.lo, found.hi)] == [lo, hi]


def test_no_correlation_gives_f_of_the_interaction_152() -> None:
    """15 * 226.35^2 / (26.30^2 + 10.85^2 + 60.46^2 + 24.31^2)."""
    assert find_f(bdnf(), Term.INTERACTION, 0.0) == pytest.approx(152.0, abs=0.05)


def test_roundings_widen_by_means_and_by_sds() -> None:
    """At r = 1 both arms' spread of the change is |s_pre - s_post|, here 15.45 and 36.15 +- 0.01;
    the change of both arms together is 216.95 +- 0.02."""
    found = find_feasible_f(bdnf(), Term.TIME, rounded=True)
    assert found.hi == pytest.approx(15 * 216.97**2 / (15.44**2 + 36.14**2), rel=1e-9)
    assert found.lo == pytest.approx(15 * 216.93**2 / (37.16**2 + 84.78**2), rel=1e-9)


def test_equal_sds_have_no_highest_f_and_a_change_of_nothing_no_lowest() -> None:
    cells = ("10.0", "2.0", "10.0", "2.0", "10.0", "3.0", "10.1", "3.0")
    found = find_feasible_f(measure_of(cells), Term.TIME, rounded=True)
    assert (found.lo, found.hi) == (0.0, math.inf)


def test_no_spread_and_no_change_is_any_f() -> None:
    found = find_feasible_f(measure_of([5.0, 0.0] * 4), Term.TIME, rounded=False)
    assert (found.lo, found.hi) == (0.0, math.inf)


def test_more_digits_are_a_narrower_range() -> None:
    fewer = ("227.8", "26.3", "223.1", "10.9", "228.8", "60.5", "450.4", "24.3")
    narrow = find_feasible_f(measure_of(BDNF_CELLS), Term.GROUP, rounded=True)
    wide = find_feasible_f(measure_of(fewer), Term.GROUP, rounded=True)
    assert wide.lo < narrow.lo < narrow.hi < wide.hi


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    n_control=st.integers(2, 9),
    n_training=st.integers(2, 9),
    decimals=st.integers(0, 2),
    r=st.floats(-1, 1),
)
def test_every_data_set_lies_inside_what_its_rounded_summary_allows(
    seed: int, n_control: int, n_training: int, decimals: int, r: float
) -> None:
    """F of raw data by the contrasts of people's changes and means, the textbook way."""
    rng = np.random.default_rng(seed)
    arms = [_draw(rng, n, r) for n in (n_control, n_training)]
    cells = [text for arm in arms for at in (0, 1) for text in _print(arm[:, at], decimals)]
    measure = measure_of(cells, sizes=ArmSizes(n_control, n_training))
    change = [arm[:, 1] - arm[:, 0] for arm in arms]
    middle = [arm.mean(axis=1) for arm in arms]
    truth = {
        Term.TIME: _test_contrast(change, 1),
        Term.INTERACTION: _test_contrast(change, -1),
        Term.GROUP: _test_contrast(middle, -1),
        Term.INTERCEPT: _test_contrast(middle, 1),
    }
    for term in TERMS:
        assert find_feasible_f(measure, term, rounded=True).contains(truth[term])
        for other in TERMS:
            anchor = Anchor(measure, other, Printed.parse(f"{truth[other]:.3f}"))
            assert anchor.imply_range(term).contains(truth[term])


def _draw(rng: np.random.Generator, n: int, r: float) -> np.ndarray:
    z = rng.normal(size=(n, 2))
    post = r * z[:, 0] + math.sqrt(1 - r * r) * z[:, 1]
    return np.column_stack([20 + 5 * z[:, 0], 24 + 4 * post]) + rng.normal(0, 3, size=2)


def _print(values: np.ndarray, decimals: int) -> list[str]:
    return [f"{values.mean():.{decimals}f}", f"{values.std(ddof=1):.{decimals}f}"]


def _test_contrast(values: list[np.ndarray], sign: int) -> float:
    """Square of the t of control +- training with pooled variance."""
    control, training = values
    within = ((control - control.mean()) ** 2).sum() + ((training - training.mean()) ** 2).sum()
    pooled = within / (len(control) + len(training) - 2)
    contrast = training.mean() + sign * control.mean()
    return float(contrast**2 / (pooled * (1 / len(control) + 1 / len(training))))
