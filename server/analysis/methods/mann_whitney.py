"""Mann and Whitney's U: by the exact distribution where no two values are alike."""

import math
from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
from scipy.special import ndtr, ndtri
from scipy.stats import rankdata

from server.analysis.methods.arms import Arms, Measure, select_arms
from server.analysis.methods.design import Floats, TwoByTwo
from server.analysis.methods.result import LEVEL, Interval, IntervalResult, tell_tail

FEWEST_PER_ARM: Final = 2
EXACT_BELOW: Final = 50  # participants an arm; R's wilcox.test draws the line there too


@dataclass(frozen=True, slots=True, kw_only=True)
class MannWhitney(IntervalResult):
    """`U` counts the pairs in which training is above control, a tie as half.

    `estimate` is the median of all differences (Hodges & Lehmann, Ann Math Stat 1963; 34:
    598-611) in the outcome's unit; `ci` is None where so few pairs can't carry `level`. `df` is
    None: the test has none. `exact` says how p and the interval were got.
    """

    analysis: ClassVar[str] = "mann_whitney"

    measure: Measure
    estimate: float
    ci: Interval | None
    U: float
    df: None
    p: float
    exact: bool


def compare_by_mann_whitney(
    design: TwoByTwo, measure: Measure, *, level: float = LEVEL
) -> MannWhitney:
    """Of the complete pairs; with ties or fifty in an arm by the normal approximation, told so.

    Raises MethodError for fewer than two complete participants in an arm, or all values alike.
    """
    pairs = design.select_complete()
    pairs.check_arms("Mann-Whitney", FEWEST_PER_ARM)
    arms = select_arms(pairs, measure)
    whole = np.concatenate([arms.control, arms.training])
    arms.check_any_spread(f"Mann-Whitney of {design.outcome}, {measure}")
    tied = len(np.unique(whole)) < len(whole)
    exact = not tied and max(pairs.n_control, pairs.n_training) < EXACT_BELOW
    m, n = pairs.n_training, pairs.n_control
    u = float(rankdata(whole)[n:].sum()) - m * (m + 1) / 2
    differences = np.sort(np.subtract.outer(arms.training, arms.control), axis=None)
    if exact:
        cumulative = _list_exact_cdf(m, n)
        p = min(1.0, 2 * float(cumulative[int(min(u, m * n - u))]))
        n_outside = int(np.searchsorted(cumulative, tell_tail(level)))
    else:
        sd = _compute_sd(arms, whole)
        p = _approximate_p(u - m * n / 2, sd)
        n_outside = math.floor(m * n / 2 + float(ndtri(tell_tail(level))) * sd + 0.5)
    return MannWhitney(
        outcome=design.outcome,
        n=pairs.n,
        notes=(*design.describe_missing(), *design.describe_negative(), *_describe(exact, tied)),
        level=level,
        measure=measure,
        estimate=float(np.median(differences)),
        ci=_find_interval(differences, n_outside),
        U=u,
        df=None,
        p=p,
        exact=exact,
    )


def _list_exact_cdf(m: int, n: int) -> Floats:
    """P(U <= u) for u of 0 to m n, without ties: subsets of ranks counted by their sum."""
    # counts[k][s]: ways to choose k of the ranks so far with sums s above the least possible.
    counts = [np.zeros(m * n + 1) for _ in range(m + 1)]
    counts[0][0] = 1.0
    for rank in range(1, m + n + 1):
        for k in range(min(m, rank), 0, -1):
            above = rank - k  # values of the other arm below this one
            if above <= n:
                counts[k][above:] += counts[k - 1][: m * n + 1 - above]
    cumulative = np.cumsum(counts[m])
    return np.asarray(cumulative / cumulative[-1])


def _compute_sd(arms: Arms, whole: Floats) -> float:
    """Of U, with the correction for ties."""
    m, n = len(arms.training), len(arms.control)
    _, n_alike = np.unique(whole, return_counts=True)
    ties = float((n_alike.astype(np.float64) ** 3 - n_alike).sum())
    return math.sqrt(m * n / 12 * (m + n + 1 - ties / ((m + n) * (m + n - 1))))


def _approximate_p(distance: float, sd: float) -> float:
    """Two-sided, with the correction for continuity."""
    return min(1.0, 2 * float(ndtr(-max(abs(distance) - 0.5, 0.0) / sd)))


def _find_interval(differences: Floats, n_outside: int) -> Interval | None:
    """Between the `n_outside`-th smallest and largest; Bauer, J Am Stat Assoc 1972; 67: 687-690."""
    if n_outside < 1:
        return None
    return float(differences[n_outside - 1]), float(differences[-n_outside])


def _describe(exact: bool, tied: bool) -> tuple[str, ...]:
    if exact:
        return ()
    reason = "some values are alike" if tied else f"an arm has {EXACT_BELOW} or more"
    return (f"p and the interval are by the normal approximation, as {reason}.",)
