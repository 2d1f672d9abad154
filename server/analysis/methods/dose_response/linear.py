"""post ~ dose + pre within the training arm: what one unit more of dose goes with."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from server.analysis.methods.design import Floats
from server.analysis.methods.dose_response.influence import Influence, measure_influence
from server.analysis.methods.dose_response.notes import (
    ASSOCIATION,
    describe_disagreement,
    describe_influence,
    describe_shown,
    describe_terms,
    name_answer,
)
from server.analysis.methods.dose_response.result import DoseResponse, Measure, Method, Role
from server.analysis.methods.dose_response.shown import find_smallest_slope
from server.analysis.methods.dose_response.trained import Trained
from server.analysis.methods.linear_fit import LinearFit, fit_linear
from server.analysis.methods.result import LEVEL, Interval
from server.errors import MethodError

_FEWEST_DF: Final = 3  # a choice: t's quantile is 3.2 there, and 12.7 with 1
_DOSE: Final = 0  # its column


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseSlope(DoseResponse):
    """`estimate` in units of post per unit of dose; `estimate_per_sd` per SD of dose.

    `r_squared` is of the whole model. `ci` assumes equal variances, `ci_hc3` doesn't.
    """

    se: float
    t: float
    ci_hc3: Interval
    r_squared: float
    estimate_per_sd: float
    influence: Influence


def fit_dose_slope(trained: Trained, role: Role = Role.NAMED, *, level: float = LEVEL) -> DoseSlope:
    """Baseline is always adjusted for, and the covariates of `trained` beside it.

    With `pre` in, the slope of the change is the same as that of post. Raises MethodError for
    fewer than 3 degrees of freedom and for what `fit_linear` refuses.
    """
    adjusted = np.column_stack([np.ones(trained.n), trained.pre, trained.covariates])
    _check_df(trained, adjusted.shape[1] + 1)
    matrix = np.column_stack([trained.dose, adjusted])
    told = f"{trained.outcome} on {trained.dose_name}"
    fit = fit_linear(told, trained.post, list(matrix.T), level=level)
    return _tell(trained, (role, level), adjusted, matrix, fit)


def _tell(
    trained: Trained,
    asked: tuple[Role, float],  # and the level
    adjusted: Floats,
    matrix: Floats,
    fit: LinearFit,
) -> DoseSlope:
    (role, level), dose = asked, fit.coefficients[_DOSE]
    influence = measure_influence(trained.codes, matrix, fit.residuals, _DOSE, dose.estimate)
    smallest = find_smallest_slope(trained.dose, trained.post, adjusted, level=level)
    about_mean = trained.post - trained.post.mean()
    notes = (
        describe_shown(trained, smallest, "slopes", level=level),
        *trained.notes,
        *describe_terms(trained),
        *describe_influence(influence),
        *describe_disagreement(dose.ci, dose.ci_hc3, level),
    )
    return DoseSlope(
        outcome=trained.outcome,
        n=trained.n,
        notes=(*name_answer(trained, "slope", notes), ASSOCIATION),
        level=level,
        dose=trained.dose_name,
        method=Method.LINEAR,
        role=role,
        measure=Measure.POST,
        adjusted_for=("pre", *trained.covariate_names),
        dose_sd=trained.dose_sd,
        smallest_shown=smallest,
        estimate=dose.estimate,
        ci=dose.ci,
        df=fit.df,
        p=dose.p,
        se=dose.se,
        t=dose.t,
        ci_hc3=dose.ci_hc3,
        r_squared=1 - float(fit.residuals @ fit.residuals) / float(about_mean @ about_mean),
        estimate_per_sd=dose.estimate * trained.dose_sd,
        influence=influence,
    )


def _check_df(trained: Trained, n_terms: int) -> None:
    if trained.n - n_terms < _FEWEST_DF:
        raise MethodError(
            f"{trained.outcome} on {trained.dose_name}: {trained.n} participants leave "
            f"{trained.n - n_terms} degrees of freedom beside {n_terms} terms, and {_FEWEST_DF} "
            "are needed; adjust for fewer covariates"
        )
