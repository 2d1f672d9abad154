"""Training against control after the weeks, from everybody who was measured at least once."""

from dataclasses import dataclass
from typing import ClassVar, Final

from scipy import stats

from server.analysis.methods.counted import count
from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.mixed.covariance import Covariance
from server.analysis.methods.mixed.fitting import Fit, fit_restricted
from server.analysis.methods.mixed.kenward_roger import adjust_small_sample
from server.analysis.methods.mixed.moments import Model, Moments
from server.analysis.methods.result import LEVEL, Interval, IntervalResult, tell_tail

DF_METHOD: Final = "Kenward-Roger"
_FEWEST: Final = 2  # complete pairs in each arm: fewer say nothing of how pre and post go together
_LAST: Final = -1  # the fixed effect that is asked about


@dataclass(frozen=True, slots=True, kw_only=True)
class MixedModel(IntervalResult):
    """`estimate` is the group by time effect, training minus control, in the outcome's unit.

    `n` counts participants with at least one measurement, `n_observations` measurements. `sd_pre`,
    `sd_post` and `correlation` are those within an arm, as the model has them.
    """

    analysis: ClassVar[str] = "mixed_model"

    model: str
    covariance: str
    estimate: float
    se: float
    ci: Interval
    t: float
    df: float
    df_method: str
    p: float
    n_observations: int
    n_complete: int
    sd_pre: float
    sd_post: float
    correlation: float
    is_singular: bool


def compute_mixed_model(
    design: TwoByTwo,
    model: Model = Model.GROUP_BY_TIME,
    covariance: Covariance = Covariance.RANDOM_INTERCEPT,
    *,
    level: float = LEVEL,
) -> MixedModel:
    """Restricted likelihood, with Kenward-Roger error, degrees of freedom and interval.

    Right for measurements that are missing at random: for reasons that what was measured explains.
    Raises MethodError for an arm with fewer than 2 complete pairs, an outcome that doesn't vary,
    and a covariance that cannot be estimated.
    """
    design.select_complete().check_arms("a mixed model", _FEWEST)
    moments = Moments.of(design, model)
    fit = fit_restricted(design.outcome, moments, covariance)
    return _tell(design, (model, covariance), fit, moments, level)


def _tell(
    design: TwoByTwo, asked: tuple[Model, Covariance], fit: Fit, moments: Moments, level: float
) -> MixedModel:
    model, covariance = asked
    at = fit.top
    adjusted = adjust_small_sample(at, _LAST)
    estimate = float(moments.start[_LAST] + at.fixed[_LAST])
    half = float(stats.t.ppf(1 - tell_tail(level), adjusted.df)) * adjusted.se
    (var_pre, both), (_, var_post) = covariance.combine(at.parameters)
    n_complete, n_single = int(moments.counts[0]), int(moments.counts[1:].sum())
    return MixedModel(
        outcome=design.outcome,
        n=n_complete + n_single,
        notes=_list_notes(design, model, fit, n_single),
        level=level,
        model=model.value,
        covariance=covariance.value,
        estimate=estimate,
        se=adjusted.se,
        ci=(estimate - half, estimate + half),
        t=estimate / adjusted.se,
        df=adjusted.df,
        df_method=DF_METHOD,
        p=float(2 * stats.t.sf(abs(estimate / adjusted.se), adjusted.df)),
        n_observations=2 * n_complete + n_single,
        n_complete=n_complete,
        sd_pre=float(var_pre**0.5),
        sd_post=float(var_post**0.5),
        correlation=float(both / (var_pre * var_post) ** 0.5),
        is_singular=fit.is_singular,
    )


def _list_notes(design: TwoByTwo, model: Model, fit: Fit, n_single: int) -> tuple[str, ...]:
    notes = []
    if n_single:
        notes.append(
            f"{count(n_single, 'participant')} with only one measurement of {design.outcome} "
            f"{'counts' if n_single == 1 else 'count'} too; "
            "that is right if what is missing is explained by what was measured."
        )
    if model is Model.BASELINE_CONSTRAINED:
        notes.append(
            "Both arms are given one mean at baseline, which only random allocation allows."
        )
    if fit.is_singular:
        notes.append(
            "The fit is singular: the random intercept's variance is at its limit, zero. Pre and "
            "post correlate negatively or not at all, which this model cannot say; its interval "
            "may be too narrow. The unstructured covariance can."
        )
    return (*notes, *design.describe_negative())
