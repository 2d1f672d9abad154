"""What the implied covariance makes of the analysis that should have been done.

Analysis of covariance of the post value on arm and pre value: slope = covariance over variance of
pre, both pooled within arms (Cochran 1957). All of it follows from n, means, SDs and covariance.
"""

import math
from dataclasses import dataclass

from scipy.special import stdtrit

from server.analysis.summary_check.finding import Finding, Verdict
from server.analysis.summary_check.printed import Interval, tell, tell_range
from server.analysis.summary_check.rows import Rows
from server.analysis.summary_check.table import Measure

_LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class ImpliedAncova:
    """Training less control, adjusted; its 95 % interval; F(1, N - 3)."""

    slope: float
    difference: float
    ci95: Interval
    f: float
    error_df: int


def imply_ancova(measure: Measure, covariance: float) -> ImpliedAncova | None:
    """None where pre has no spread, the covariance leaves no error, or n is too small."""
    df = measure.sizes.error_df
    pre, post = _pool(measure, 0), _pool(measure, 1)
    if pre == 0 or df < 2:
        return None
    slope = covariance / pre
    error = df * (post - covariance * slope) / (df - 1)
    if error <= 0:
        return None
    c_pre, c_post, t_pre, t_post = (cell.mean.value for cell in measure.cells)
    difference = (t_post - c_post) - slope * (t_pre - c_pre)
    scale = 1 / measure.sizes.control + 1 / measure.sizes.training
    se = math.sqrt(error * (scale + (t_pre - c_pre) ** 2 / (df * pre)))
    reach = float(stdtrit(df - 1, 0.5 + _LEVEL / 2)) * se
    interval = Interval(difference - reach, difference + reach)
    return ImpliedAncova(slope, difference, interval, (difference / se) ** 2, df - 1)


def tell_ancova(measure: Measure, rows: Rows) -> list[Finding]:
    """By the first F that tells the covariance; nothing without one."""
    anchor = rows.find_teller()
    ancova = None if anchor is None else imply_ancova(measure, anchor.covariance)
    if anchor is None or ancova is None:
        return []
    explanation = (
        f"With the covariance that F = {anchor.f.text} of {anchor.term} implies, analysis of"
        f" covariance gives training less control {tell(ancova.difference)}"
        f" (95 % interval {tell_range(ancova.ci95)}), F(1, {ancova.error_df}) = {tell(ancova.f)},"
        f" slope on the value before {tell(ancova.slope)}."
    )
    claim = "adjusted difference, not printed"
    found = (Verdict.CONSISTENT, None, ancova.difference, explanation)
    return [Finding(measure.name, "ancova", claim, *found)]


def _pool(measure: Measure, at: int) -> float:
    """Variance of pre (0) or post (1), pooled over arms."""
    control, training = measure.cells[at].sd.value, measure.cells[2 + at].sd.value
    n_c, n_t = measure.sizes.control, measure.sizes.training
    return ((n_c - 1) * control**2 + (n_t - 1) * training**2) / measure.sizes.error_df
