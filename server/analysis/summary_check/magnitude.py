"""How large the effects are that a table tells: in SDs, in percent, and as shares of variance."""

from math import sqrt
from typing import Final

from server.analysis.methods.eta_squared import EtaConvention, compute_partial_eta_squared_ci90
from server.analysis.methods.hedges_g import compute_exact_j
from server.analysis.methods.noncentral import find_noncentrality_of_t
from server.analysis.summary_check.contrasts import PRINTED_TERMS, Term
from server.analysis.summary_check.eta_squared import generalised_eta_squared, partial_eta_squared
from server.analysis.summary_check.f_findings import judge_verdict
from server.analysis.summary_check.finding import Finding, Verdict
from server.analysis.summary_check.printed import Interval, tell, tell_range
from server.analysis.summary_check.rows import Rows
from server.analysis.summary_check.table import Claim, MeanSd, Measure

_LARGE: Final = 3.0  # ours: SDs; trained and untrained hardly overlap any more
_TAIL: Final = 0.025


def tell_magnitude(measure: Measure) -> list[Finding]:
    """Hedges g after and before, the change over the SD before, and changes in percent."""
    if min(cell.sd.value for cell in measure.cells) == 0:
        return []
    (g, g_range), (g_pre, _) = (_find_g(measure, at) for at in (1, 0))
    change = _find_change(measure)
    told = (
        f"Hedges g after is {tell(g)} (95 %: {tell_range(g_range)}), before {tell(g_pre)}. Changes"
        f" differ by {tell(change)} SDs of before (d_ppc2, not corrected for small samples)."
        f" {_tell_percent(measure)}"
    )
    is_large = max(abs(g), abs(change)) > _LARGE
    if is_large:
        told += (
            f" More than {_LARGE:g} SDs are far beyond what training usually does: look at units,"
            " dilution, matrix and plates."
        )
    verdict = Verdict.LOOK_AT if is_large else Verdict.CONSISTENT
    claim = "effect in SDs and percent"
    return [Finding(measure.name, "magnitude", claim, verdict, None, g, told, None, g_range)]


def tell_effect_sizes(measure: Measure, rows: Rows) -> list[Finding]:
    """Partial eta squared with its interval and the generalised one, by the F that is sound."""
    if measure.sizes.error_df < 2:
        return []
    found = []
    for term in PRINTED_TERMS:
        f = _find_sound_f(measure, rows, term)
        if f is not None and 0 < f < float("inf"):
            found.append(_tell_effect_size(measure, term, f))
    return found


def _tell_effect_size(measure: Measure, term: Term, f: float) -> Finding:
    df = measure.sizes.error_df
    partial = partial_eta_squared(f, df)
    over = Interval(*compute_partial_eta_squared_ci90(f, df, EtaConvention.STEIGER))
    general = generalised_eta_squared(measure, term)
    told = (
        f"By F(1, {df}) = {tell(f)} partial eta squared is {tell(partial)}, 90 % interval"
        f" {tell_range(over)} ({EtaConvention.STEIGER}); by the means and SDs generalised eta"
        f" squared is {tell(general)}."
    )
    claim = "effect size that follows"
    return Finding(measure.name, term, claim, Verdict.CONSISTENT, None, partial, told, None, over)


def _find_sound_f(measure: Measure, rows: Rows, term: Term) -> float | None:
    """As the F that tells the covariance has it; without one, as printed if nothing is against."""
    teller = rows.find_teller()
    if teller is not None:
        return teller.f.value if teller.term is term else teller.imply(term)
    f = measure.reported.get(term, Claim()).f
    is_sound = f is not None and judge_verdict(measure, rows, term, f) is Verdict.CONSISTENT
    return f.value if f is not None and is_sound else None


def _find_g(measure: Measure, at: int) -> tuple[float, Interval]:
    """Training less control at one time, its interval by the noncentral t."""
    n_c, n_t, df = measure.sizes.control, measure.sizes.training, measure.sizes.error_df
    control, training = measure.cells[at], measure.cells[2 + at]
    d = (training.mean.value - control.mean.value) / _pool(measure, control, training)
    root = sqrt(n_c * n_t / (n_c + n_t))
    ends = [find_noncentrality_of_t(d * root, df, one) / root for one in (1 - _TAIL, _TAIL)]
    j = compute_exact_j(df)
    return d * j, Interval(ends[0] * j, ends[1] * j)


def _find_change(measure: Measure) -> float:
    before, after, trained_before, trained_after = measure.cells
    gained = trained_after.mean.value - trained_before.mean.value
    return (gained - after.mean.value + before.mean.value) / _pool(measure, before, trained_before)


def _pool(measure: Measure, control: MeanSd, training: MeanSd) -> float:
    n_c, n_t, df = measure.sizes.control, measure.sizes.training, measure.sizes.error_df
    return sqrt(((n_c - 1) * control.sd.value**2 + (n_t - 1) * training.sd.value**2) / df)


def _tell_percent(measure: Measure) -> str:
    told = []
    for name, arm in (("training", measure.training), ("control", measure.control)):
        before, after = arm.pre.mean.value, arm.post.mean.value
        if before <= 0:
            return "Means that aren't above 0 have no change in percent."
        told.append(f"{tell(100 * (after - before) / before)} % in {name}")
    return f"Means change by {' and '.join(told)}."
