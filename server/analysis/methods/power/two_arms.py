"""Two arms of equal size, measured once or before and after: the tests with an F on 1 df.

Source of the noncentralities: Faul, Erdfelder, Lang and Buchner 2007, Behavior Research Methods
39(2), and the manual of G*Power 3.1, whose procedure each function names.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

from scipy import stats

from server.analysis.methods.noncentral import compute_noncentral_f_cdf
from server.analysis.methods.power.effect import Convention
from server.errors import MethodError

ARMS: Final = 2
TIMES: Final = 2  # two measurements have no sphericity to correct for: epsilon is 1
_LARGEST: Final = 100.0


@dataclass(frozen=True, slots=True)
class TwoArms:
    """Lambda is effect squared times `per_participant` times n, or times n - 2 as in SPSS."""

    name: str
    convention: Convention
    per_participant: float
    n_covariates: int = 0

    step: ClassVar[int] = ARMS
    largest_effect: ClassVar[float] = _LARGEST

    @property
    def effect_convention(self) -> str:
        return self.convention.value

    @property
    def smallest_n(self) -> int:
        """The fewest in two equal arms that leave an error variance."""
        return ARMS * (2 + self.n_covariates // ARMS)

    def compute_noncentrality(self, effect: float, n: int) -> float:
        counted = n - ARMS if self.convention is Convention.F_AS_IN_SPSS else n
        return effect**2 * self.per_participant * counted

    def compute_power(self, effect: float, n: int, alpha: float) -> float:
        """See Design."""
        df_error = n - ARMS - self.n_covariates
        critical = float(stats.f.isf(alpha, ARMS - 1, df_error))
        noncentrality = self.compute_noncentrality(effect, n)
        below = compute_noncentral_f_cdf(critical, df_error, noncentrality)
        return min(max(1.0 - below, 0.0), 1.0)


def within_between(
    correlation: float = 0.5, convention: Convention = Convention.F_WITH_RHO
) -> TwoArms:
    """Group by time: "Repeated measures, within-between interaction".

    `correlation` is that of pre and post within an arm, above -1 and below 1; G*Power starts with
    .5. f(V) "as in SPSS" has it inside and takes no notice of it. As d, the effect is the
    difference of the two mean changes over the SD of one measurement, which is 4 f.
    """
    per_f = TIMES / (1 - _check_correlation(correlation))
    factors = {
        Convention.F_WITH_RHO: per_f,
        Convention.F_AS_IN_SPSS: float(TIMES - 1),
        Convention.D: per_f / 16,
    }
    return _build("repeated measures, within-between interaction", convention, factors)


def between_factors(
    correlation: float = 0.5, convention: Convention = Convention.F_WITH_RHO
) -> TwoArms:
    """Group, over the mean of pre and post: "Repeated measures, between factors".

    As d, the effect is the difference of the arms' mean levels over the SD of one measurement.
    """
    per_f = TIMES / (1 + (TIMES - 1) * _check_correlation(correlation))
    factors = {Convention.F_WITH_RHO: per_f, Convention.D: per_f / 4}
    return _build("repeated measures, between factors", convention, factors)


def ancova(
    correlation: float = 0.0, convention: Convention = Convention.F, n_covariates: int = 1
) -> TwoArms:
    """Post by group with baseline: "ANCOVA: fixed effects, main effects and interactions".

    As f the effect is over the SD that is left after the covariates, and `correlation` says
    nothing. As d it is over the SD of post itself, of which `correlation` with the covariates
    takes its part: 1 - correlation squared is left (Borm, Fransen and Lemmens 2007).
    """
    left = 1 - _check_correlation(correlation) ** 2
    if n_covariates < 0:
        raise MethodError(f"{n_covariates} covariates: it is a count, 0 or more")
    factors = {Convention.F: 1.0, Convention.D: 1 / (4 * left)}
    return _build("ANCOVA", convention, factors, n_covariates)


def two_sample_t(convention: Convention = Convention.D) -> TwoArms:
    """Two independent arms: "Means: difference between two independent means".

    As f, which is d / 2, it is G*Power's "ANOVA: fixed effects, omnibus, one-way".
    """
    return _build("two-sample t", convention, {Convention.D: 0.25, Convention.F: 1.0})


def _build(
    name: str, convention: Convention, factors: dict[Convention, float], n_covariates: int = 0
) -> TwoArms:
    if convention not in factors:
        taken = "; ".join(factors)
        raise MethodError(f"{name} takes no effect as {convention}. It takes: {taken}")
    return TwoArms(name, convention, factors[convention], n_covariates)


def _check_correlation(correlation: float) -> float:
    if not -1 < correlation < 1:
        raise MethodError(f"the correlation is {correlation}: it lies between -1 and 1")
    return correlation
