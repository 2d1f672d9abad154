"""Everything that is computed of a frame, in the order in which it is reported; a line a step."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from server.analysis.frame import PRE, Frame
from server.analysis.methods.ancova import fit_ancova
from server.analysis.methods.arms import Measure
from server.analysis.methods.bootstrap import bootstrap_estimand
from server.analysis.methods.box_m import check_covariances
from server.analysis.methods.censored.half_limit import fit_half_limit
from server.analysis.methods.censored.tobit import fit_tobit
from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.hedges_g import estimate_hedges_g
from server.analysis.methods.independent_t import compare_baseline
from server.analysis.methods.mann_whitney import compare_by_mann_whitney
from server.analysis.methods.missing.pattern import tabulate_missing
from server.analysis.methods.missing.tipping import find_tipping_point
from server.analysis.methods.mixed.covariance import Covariance
from server.analysis.methods.mixed.model import compute_mixed_model
from server.analysis.methods.mixed.moments import Model
from server.analysis.methods.mixed_anova import fit_mixed_anova
from server.analysis.methods.normality import check_normality
from server.analysis.methods.permutation import permute_ancova, permute_labels
from server.analysis.methods.resampled import Estimand
from server.analysis.methods.result import Result
from server.analysis.methods.variance_homogeneity import check_variance_homogeneity
from server.analysis.methods.welch_t import compare_by_welch
from server.analysis.plan import AnalysisPlan

Compute = Callable[[TwoByTwo, AnalysisPlan], Result | Iterable[Result]]
_COMPARED: Final = (Measure.POST, Measure.CHANGE)


@dataclass(frozen=True, slots=True)
class Step:
    """One analysis of one outcome. `name` is its results' own, told also where it refuses."""

    name: str
    compute: Compute


def _of(compute: Callable[[TwoByTwo], Result | Iterable[Result]]) -> Compute:
    """Of the design alone."""
    return lambda design, _: compute(design)


def _of_measure(compute: Callable[..., Result], measure: Measure) -> Compute:
    return lambda design, plan: compute(design, measure, level=plan.level)


def _bootstrap(estimand: Estimand) -> Compute:
    return lambda design, plan: bootstrap_estimand(
        design, estimand, plan.seed, plan.bootstrap, level=plan.level
    )


def _mixed(model: Model, covariance: Covariance) -> Compute:
    return lambda design, plan: compute_mixed_model(design, model, covariance, level=plan.level)


def _tip(design: TwoByTwo, plan: AnalysisPlan) -> Iterable[Result]:
    """Only where a post of the training arm is missing: else there is nothing to tip.

    Nobody whose value is outside the assay's limits: it isn't missing at random.
    """
    design = design.select(design.is_inside)
    lacks = design.is_training & ~np.isnan(design.pre) & np.isnan(design.post)
    return [find_tipping_point(design, plan.seed, level=plan.level)] if lacks.any() else []


def _of_censored(compute: Callable[..., Result]) -> Compute:
    """Only where a value is outside the assay's limits."""
    return lambda design, plan: (
        [] if design.censoring is None else [compute(design, design.censoring, level=plan.level)]
    )


def _list_steps() -> Iterable[Step]:
    yield Step("ancova", lambda design, plan: fit_ancova(design, level=plan.level))
    yield Step("mixed_anova", _of(fit_mixed_anova))
    for measure in _COMPARED:
        yield Step("hedges_g", _of_measure(estimate_hedges_g, measure))
    yield Step("normality", _of(check_normality))
    yield Step("variance_homogeneity", _of(check_variance_homogeneity))
    yield Step("box_m", _of(check_covariances))
    for measure in _COMPARED:
        yield Step("welch_t", _of_measure(compare_by_welch, measure))
        yield Step("mann_whitney", _of_measure(compare_by_mann_whitney, measure))
    for permute in (permute_ancova, permute_labels):
        yield Step("permutation", _permute(permute))
    for estimand in Estimand:
        yield Step("bootstrap", _bootstrap(estimand))
    for model, covariance in product(Model, Covariance):
        yield Step("mixed_model", _mixed(model, covariance))
    yield Step("ancova_half_lloq", _of_censored(fit_half_limit))
    yield Step("tobit", _of_censored(fit_tobit))
    yield Step("missing_pattern", _of(tabulate_missing))
    yield Step("tipping_point", _tip)


def _permute(compute: Callable[[TwoByTwo, int, int], Result | Iterable[Result]]) -> Compute:
    return lambda design, plan: compute(design, plan.seed, plan.permutations)


OF_AN_OUTCOME: Final = tuple(_list_steps())


def compare_baseline_column(frame: Frame, name: str, plan: AnalysisPlan) -> Result:
    """A column of the baseline table; raises MethodError where arms can't be compared on it."""
    values = frame.take(name)
    return compare_baseline(name, frame.codes, frame.group, values, level=plan.level)


def name_baseline_of(outcome: str) -> str:
    """The column of an outcome before the eight weeks."""
    return f"{outcome}_{PRE}"
