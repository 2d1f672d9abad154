"""Remarks on SDs: arms that start unlike, and a spread that shrinks or grows alike in both."""

from typing import Final

from scipy.special import fdtrc

from server.analysis.summary_check.finding import Finding, Verdict
from server.analysis.summary_check.printed import tell
from server.analysis.summary_check.table import Measure

_CHANGED: Final = 0.75  # ours: SD post/pre below this, or above its inverse, is worth a remark
_ALIKE: Final = 1.2  # ours: two ratios within this factor changed alike
_UNLIKE_P: Final = 0.05


def tell_spread(measure: Measure) -> list[Finding]:
    """SD post/pre of each arm, and the F-test of two variances at each time."""
    sds = [cell.sd.value for cell in measure.cells]
    if min(sds) == 0:
        return []
    control, training = sds[1] / sds[0], sds[3] / sds[2]
    told = [_tell_change(control, training)]
    p_values = [_find_p(measure, at) for at in (0, 1)]
    told += [
        _tell_arms(measure, *one) for one in zip(("before", "after"), (0, 1), p_values, strict=True)
    ]
    claim = f"SD post/pre {tell(control)} (control), {tell(training)} (training)"
    explanation = " ".join(told)
    is_odd = _changes_alike(control, training) or min(p_values) < _UNLIKE_P
    found = (Verdict.LOOK_AT if is_odd else Verdict.CONSISTENT, None, None, explanation)
    return [Finding(measure.name, "variance", claim, *found)]


def variance_ratio_p(high: float, low: float, df_high: int, df_low: int) -> float:
    """Two-sided F-test of two variances, of normal values."""
    return min(1.0, 2 * float(fdtrc(df_high, df_low, high / low)))


def _changes_alike(control: float, training: float) -> bool:
    changed = all(one < _CHANGED or one > 1 / _CHANGED for one in (control, training))
    return changed and max(control / training, training / control) <= _ALIKE


def _tell_change(control: float, training: float) -> str:
    if _changes_alike(control, training):
        way = "shrinks" if control < 1 else "grows"
        return (
            f"The spread {way} alike in the untrained arm, which training can't do: think of an"
            " effect of plate or batch (were all samples of one time run together?)."
        )
    return "The spread doesn't change alike in both arms."


def _sort_variances(measure: Measure, at: int) -> list[tuple[float, int]]:
    """Variance and degrees of freedom of each arm, the smaller first."""
    arms = [
        (measure.cells[at].sd.value ** 2, measure.sizes.control - 1),
        (measure.cells[2 + at].sd.value ** 2, measure.sizes.training - 1),
    ]
    return sorted(arms)


def _find_p(measure: Measure, at: int) -> float:
    (low, df_low), (high, df_high) = _sort_variances(measure, at)
    return variance_ratio_p(high, low, df_high, df_low)


def _tell_arms(measure: Measure, time: str, at: int, p: float) -> str:
    (low, _), (high, _) = _sort_variances(measure, at)
    verb = "differ" if p < _UNLIKE_P else "do not clearly differ"
    return f"Variances {time} {verb} between arms: ratio {tell(high / low)}, F-test p = {tell(p)}."
