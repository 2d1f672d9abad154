"""The primary comparison with missing posts imputed, where there are any."""

from collections.abc import Iterator

import numpy as np

from server.analysis.frame import Frame
from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.missing.multiple import Dose, impute_and_pool
from server.analysis.methods.result import Result
from server.analysis.plan import AnalysisPlan
from server.analysis.refusal import Refusal
from server.errors import MethodError


def answer_missing(
    frame: Frame, design: TwoByTwo, plan: AnalysisPlan
) -> Iterator[Result | Refusal]:
    """Nothing where everybody with a baseline has a post, or one outside the assay's limits.

    Who has a value outside them is left out: it isn't missing at random.
    """
    inside = design.is_inside
    design = design.select(inside)
    if not (np.isnan(design.post) & ~np.isnan(design.pre)).any():
        return
    dose = None if plan.dose is None else Dose(plan.dose, frame.take(plan.dose)[inside])
    try:
        yield impute_and_pool(design, plan.seed, dose, level=plan.level)
    except MethodError as error:
        yield Refusal("multiple_imputation", design.outcome, str(error))
