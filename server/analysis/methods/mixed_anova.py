"""The published study's own analysis: group x time by type III sums of squares.

With two times it is two least squares: the participants' means by group, and their changes by
group, both sum-coded. So it is right for unequal arms too, where the time's F of a fit by
sequential or type II sums of squares is another one. The intercept is no effect and isn't told.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.eta_squared import (
    ETA_CONVENTION,
    EtaConvention,
    compute_partial_eta_squared,
    compute_partial_eta_squared_ci90,
)
from server.analysis.methods.linear_fit import Coefficient, fit_linear
from server.analysis.methods.result import Interval, Result
from server.analysis.methods.small_sample import describe_small

FEWEST_PER_ARM: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MixedAnovaTerm(Result):
    """One term of `group`, `time` and `group:time`.

    `generalized_eta_squared` has both errors in its denominator, group being a manipulated factor
    (Olejnik & Algina, Psychol Methods 2003; 8: 434-447).
    """

    analysis: ClassVar[str] = "mixed_anova"

    term: str
    F: float
    df1: int
    df2: int
    p: float
    partial_eta_squared: float
    partial_eta_squared_ci90: Interval
    partial_eta_squared_convention: EtaConvention
    generalized_eta_squared: float


def fit_mixed_anova(design: TwoByTwo) -> tuple[MixedAnovaTerm, ...]:
    """The three terms, of the complete pairs; who is left out is told in the notes.

    Raises MethodError for fewer than two complete participants in an arm, and where the means or
    the changes have no spread within the arms.
    """
    pairs = design.select_complete()
    pairs.check_arms("A mixed ANOVA", FEWEST_PER_ARM)
    columns = (np.ones(pairs.n), np.where(pairs.is_training, 1.0, -1.0))
    told = f"A mixed ANOVA of {design.outcome}"
    means = fit_linear(f"{told}, of the means of two times,", (pairs.pre + pairs.post) / 2, columns)
    changes = fit_linear(f"{told}, of the changes,", pairs.change, columns)
    # Sums of squares over both times: a mean counts twice, a change by half its square.
    ss_error = means.df * 2 * means.mean_square + changes.df * changes.mean_square / 2
    between, within = 2 * means.mean_square, changes.mean_square / 2
    notes = (*design.describe_missing(), *design.describe_negative(), *describe_small(pairs))

    def tell(term: str, effect: Coefficient, df: int, mean_square: float) -> MixedAnovaTerm:
        f = effect.t**2
        return MixedAnovaTerm(
            outcome=design.outcome,
            n=pairs.n,
            notes=notes,
            term=term,
            F=f,
            df1=1,
            df2=df,
            p=effect.p,
            partial_eta_squared=compute_partial_eta_squared(f, df),
            partial_eta_squared_ci90=compute_partial_eta_squared_ci90(f, df),
            partial_eta_squared_convention=ETA_CONVENTION,
            generalized_eta_squared=f * mean_square / (f * mean_square + ss_error),
        )

    return (
        tell("group", means.coefficients[1], means.df, between),
        tell("time", changes.coefficients[0], changes.df, within),
        tell("group:time", changes.coefficients[1], changes.df, within),
    )
