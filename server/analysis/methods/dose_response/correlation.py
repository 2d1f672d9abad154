"""Pearson's and Spearman's correlation of dose and outcome, with and without the baseline."""

from math import atanh, sqrt, tanh
from typing import Final

import numpy as np
from scipy import stats

from server.analysis.methods.design import Floats
from server.analysis.methods.dose_response.bootstrap_interval import (
    FEWEST_REPLICATES,
    REPLICATES,
    bootstrap_correlation,
)
from server.analysis.methods.dose_response.coefficients import correlate_rows
from server.analysis.methods.dose_response.notes import (
    ASSOCIATION,
    describe_bootstrap,
    describe_coupling,
    describe_shown,
    describe_terms,
    describe_ties,
    name_answer,
)
from server.analysis.methods.dose_response.result import DoseResponse, Measure, Method, Role
from server.analysis.methods.dose_response.shown import find_smallest_correlation
from server.analysis.methods.dose_response.trained import Trained
from server.analysis.methods.result import LEVEL, Interval, tell_tail
from server.errors import MethodError

BOOTSTRAP_BELOW: Final = 25  # Bonett & Wright, Psychometrika 2000; 65: 23-28, trust theirs from 25
_BY_RANK: Final = frozenset({Method.SPEARMAN, Method.PARTIAL_SPEARMAN})
_PARTIAL: Final = frozenset({Method.PARTIAL_PEARSON, Method.PARTIAL_SPEARMAN})


def correlate_dose(
    trained: Trained,
    method: Method,
    seed: int,
    *,
    measure: Measure = Measure.POST,
    role: Role = Role.NAMED,
    replicates: int = REPLICATES,
    level: float = LEVEL,
) -> DoseResponse:
    """Partial ones take out the baseline and the covariates of `trained`; the others take nothing.

    p is of t with n - 2 - k degrees of freedom, k columns taken out. Below 25 participants a BCa
    bootstrap interval stands beside that of Fisher's z. Raises MethodError for too few
    participants, a perfect correlation and fewer than 1,000 replicates.
    """
    columns, adjusted_for = _take_columns(trained, method, measure)
    _check(trained, method, len(adjusted_for), replicates)
    by_rank = method in _BY_RANK
    r = float(correlate_rows(columns, np.arange(trained.n), by_rank=by_rank))
    if not abs(r) < 1 - 1e-12:
        raise MethodError(
            f"{method} of {trained.outcome} and {trained.dose_name}: one follows from the other, "
            "or nothing of it is left beside what is taken out; there is no interval"
        )
    is_small = trained.n < BOOTSTRAP_BELOW
    interval = (
        bootstrap_correlation(columns, seed, replicates, by_rank=by_rank, level=level)
        if is_small
        else None
    )
    df = _count_df(trained, adjusted_for)
    notes = (
        *_list_notes(trained, method, measure),
        *((describe_bootstrap(BOOTSTRAP_BELOW, is_had=bool(interval)),) if is_small else ()),
    )
    smallest = find_smallest_correlation(trained.n, len(adjusted_for), level=level)
    shown = describe_shown(trained, smallest, "correlations", level=level)
    return DoseResponse(
        outcome=trained.outcome,
        n=trained.n,
        notes=(*name_answer(trained, method, (shown, *notes)), ASSOCIATION),
        level=level,
        dose=trained.dose_name,
        method=method,
        role=role,
        measure=measure,
        adjusted_for=adjusted_for,
        dose_sd=trained.dose_sd,
        smallest_shown=smallest,
        estimate=r,
        ci=compute_interval(r, trained.n, len(adjusted_for), by_rank=by_rank, level=level),
        df=df,
        p=float(2 * stats.t.sf(abs(r) * sqrt(df / (1 - r * r)), df)),
        ci_bootstrap=interval,
        replicates=replicates if interval else None,
        seed=seed if interval else None,
    )


def compute_interval(
    r: float, n: int, n_adjusted: int, *, by_rank: bool, level: float = LEVEL
) -> Interval:
    """By Fisher's z, whose variance is 1 / (n - 3 - `n_adjusted`).

    For ranks times 1 + r^2 / 2, as Bonett & Wright 2000 have it in their (3).
    """
    inflation = 1 + r * r / 2 if by_rank else 1.0
    half = float(stats.norm.ppf(1 - tell_tail(level))) * sqrt(inflation / (n - 3 - n_adjusted))
    return (tanh(atanh(r) - half), tanh(atanh(r) + half))


def _take_columns(
    trained: Trained, method: Method, measure: Measure
) -> tuple[Floats, tuple[str, ...]]:
    """Dose, what it is held against, and what is taken out of both."""
    against = trained.post if measure is Measure.POST else trained.post - trained.pre
    if method not in _PARTIAL:
        return np.column_stack([trained.dose, against]), ()
    columns = np.column_stack([trained.dose, against, trained.pre, trained.covariates])
    return columns, ("pre", *trained.covariate_names)


def _check(trained: Trained, method: Method, n_adjusted: int, replicates: int) -> None:
    if method is Method.LINEAR:
        raise MethodError("a linear dose-response is no correlation: it is fitted by itself")
    if trained.n - 3 - n_adjusted < 1:
        raise MethodError(
            f"{method} of {trained.outcome} and {trained.dose_name}: {trained.n} participants are "
            f"too few beside {n_adjusted} columns"
        )
    if replicates < FEWEST_REPLICATES:
        raise MethodError(f"a BCa interval needs at least {FEWEST_REPLICATES} replicates")


def _count_df(trained: Trained, adjusted_for: tuple[str, ...]) -> int:
    return trained.n - 2 - len(adjusted_for)


def _list_notes(trained: Trained, method: Method, measure: Measure) -> tuple[str, ...]:
    is_coupled = measure is Measure.CHANGE and method not in _PARTIAL
    return (
        *trained.notes,
        *(describe_terms(trained) if method in _PARTIAL else ()),
        *((describe_coupling(trained),) if is_coupled else ()),
        *(describe_ties([trained.dose, trained.post]) if method in _BY_RANK else ()),
    )
