"""The slope on dose with a weak prior, as a sensitivity: what is left when doubt is put in."""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
from scipy import stats

from server.analysis.methods.dose_response.notes import ASSOCIATION, name_answer
from server.analysis.methods.dose_response.result import Role
from server.analysis.methods.dose_response.trained import Trained
from server.analysis.methods.result import LEVEL, Interval, IntervalResult, tell_tail
from server.errors import MethodError

PRIOR_SD: Final = 1.0  # residual SDs of post per SD of dose: it weighs as one participant does


@dataclass(frozen=True, slots=True, kw_only=True)
class BayesianSlope(IntervalResult):
    """`estimate` is the posterior mean, `credible` its central `level`, in post per unit of dose.

    `probability_above_zero` is of the slope. `prior_sd` is in residual SDs of post per SD of dose.
    """

    analysis: ClassVar[str] = "dose_response_bayesian"

    dose: str
    role: Role
    adjusted_for: tuple[str, ...]
    prior_sd: float
    estimate: float
    credible: Interval
    df: int
    probability_above_zero: float


def compute_bayesian_slope(
    trained: Trained, prior_sd: float = PRIOR_SD, *, level: float = LEVEL
) -> BayesianSlope:
    """post ~ dose + pre + covariates, conjugate normal and inverse gamma, so exact and unseeded.

    Prior of the slope, given the residual spread sigma: normal about 0 with an SD of `prior_sd` *
    sigma / SD of dose; of sigma 1 / sigma; of all else flat. The posterior is Student's t with
    n - k degrees of freedom, k the terms besides the dose (Gelman et al. 2013, Bayesian Data
    Analysis, section 14.8). Raises MethodError for a prior without spread and for fewer
    participants than terms.
    """
    if not prior_sd > 0:
        raise MethodError(f"the prior's SD is {prior_sd}: it is above 0")
    adjusted = np.column_stack([np.ones(trained.n), trained.pre, trained.covariates])
    df = trained.n - adjusted.shape[1]
    if df < 3 or np.linalg.matrix_rank(adjusted) < adjusted.shape[1]:
        raise MethodError(
            f"{trained.outcome} on {trained.dose_name}: {trained.n} participants don't tell "
            f"{adjusted.shape[1]} terms apart"
        )
    basis, _ = np.linalg.qr(adjusted)
    dose = trained.dose - basis @ (basis.T @ trained.dose)
    post = trained.post - basis @ (basis.T @ trained.post)
    weight = float(dose @ dose) + (trained.dose_sd / prior_sd) ** 2
    slope = float(dose @ post) / weight
    spread = (float(post @ post) - slope**2 * weight) / df
    if spread <= 1e-20 * float(trained.post @ trained.post):
        raise MethodError(f"{trained.outcome} leaves nothing over beside what is adjusted for")
    scale = float(np.sqrt(spread / weight))
    half = float(stats.t.ppf(1 - tell_tail(level), df)) * scale
    notes = (_describe_prior(trained, prior_sd), *trained.notes)
    return BayesianSlope(
        outcome=trained.outcome,
        n=trained.n,
        notes=(*name_answer(trained, "Bayesian slope", notes), ASSOCIATION),
        level=level,
        dose=trained.dose_name,
        role=Role.SENSITIVITY,
        adjusted_for=("pre", *trained.covariate_names),
        prior_sd=prior_sd,
        estimate=slope,
        credible=(slope - half, slope + half),
        df=df,
        probability_above_zero=float(stats.t.cdf(slope / scale, df)),
    )


def _describe_prior(trained: Trained, prior_sd: float) -> str:
    return (
        f"Before the data, slopes within {2 * prior_sd:g} residual SDs of {trained.outcome} per SD "
        f"of {trained.dose_name}, up or down, are given 95 %; this draws the slope towards 0 a "
        "little and is no more than a look at how firm it is."
    )
