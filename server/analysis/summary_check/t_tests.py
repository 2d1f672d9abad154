"""t-tests of two independent samples from n, means and SDs, over all roundings."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from scipy.special import stdtr

from server.analysis.summary_check.printed import Interval
from server.analysis.summary_check.table import ArmSizes, Baseline, MeanSd

SeOfSds = Callable[[ArmSizes, float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class TwoSampleTest:
    """t (training less control), df and two-sided p as printed; p over all roundings."""

    t: float
    df: float
    p: float
    p_range: Interval


def student_t(baseline: Baseline) -> TwoSampleTest:
    """One pooled variance (Student 1908)."""
    return _test(baseline, _student_se)


def welch_t(baseline: Baseline) -> TwoSampleTest:
    """Two variances, df by Welch (1947) and Satterthwaite (1946)."""
    return _test(baseline, _welch_se)


def _test(baseline: Baseline, find_se: SeOfSds) -> TwoSampleTest:
    control, training, sizes = baseline.control, baseline.training, baseline.sizes
    difference = training.mean.value - control.mean.value
    reach = control.mean.half_unit + training.mean.half_unit
    ends = (max(0.0, abs(difference) - reach), abs(difference) + reach)
    sds = product(_points(control), _points(training))
    errors = [find_se(sizes, *one) for one in sds]
    over = [_two_sided(end, *error) for error in errors for end in ends]
    se, df = find_se(sizes, control.sd.value, training.sd.value)
    t = difference / se if se > 0 else math.copysign(math.inf, difference) if difference else 0.0
    return TwoSampleTest(t, df, _two_sided(abs(difference), se, df), Interval.around(over))


def _points(cell: MeanSd) -> tuple[float, float, float]:
    """Both ends and the middle: Welch's df needn't change one way only with an SD."""
    return (cell.sd.spread.lo, cell.sd.value, cell.sd.spread.hi)


def _student_se(sizes: ArmSizes, control: float, training: float) -> tuple[float, float]:
    n_c, n_t, df = sizes.control, sizes.training, sizes.error_df
    pooled = ((n_c - 1) * control**2 + (n_t - 1) * training**2) / df
    return math.sqrt(pooled * (1 / n_c + 1 / n_t)), df


def _welch_se(sizes: ArmSizes, control: float, training: float) -> tuple[float, float]:
    of_control, of_training = control**2 / sizes.control, training**2 / sizes.training
    both = of_control + of_training
    if both == 0:
        return 0.0, sizes.error_df
    shares = ((of_control / both, sizes.control), (of_training / both, sizes.training))
    return math.sqrt(both), 1 / sum(share**2 / (n - 1) for share, n in shares)


def _two_sided(difference: float, se: float, df: float) -> float:
    if se == 0:
        return 1.0 if difference == 0 else 0.0
    return 2 * float(stdtr(df, -difference / se))
