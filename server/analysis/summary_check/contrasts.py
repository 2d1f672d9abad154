"""The tests of a 2x2 mixed design as contrasts of its four means over one of two errors.

With D the change and A the mean of a person's two values, time and interaction test D, group and
intercept test A: F(1, N - 2) = L^2 / (v E), where L = a_c m_c + a_t m_t, v = a_c^2/n_c + a_t^2/n_t
and E is the variance of D or A pooled over arms. Sums of squares of type III weigh arms alike
(SPSS, afex); type I and II weigh people alike, which differs for time where n are unequal.
"""

from enum import StrEnum

import numpy as np
import numpy.typing as npt


class Term(StrEnum):
    """A row of the table of the analysis of variance."""

    TIME = "time"
    GROUP = "group"
    INTERACTION = "interaction"
    INTERCEPT = "intercept"
    TIME_BY_PEOPLE = "time, people weighed alike"


class Stratum(StrEnum):
    """Which error a term is tested against."""

    WITHIN = "within people"
    BETWEEN = "between people"


PRINTED_TERMS = (Term.TIME, Term.GROUP, Term.INTERACTION)


def stratum_of(term: Term) -> Stratum:
    return Stratum.BETWEEN if term in {Term.GROUP, Term.INTERCEPT} else Stratum.WITHIN


def arm_weights(term: Term, n_control: int, n_training: int) -> tuple[float, float]:
    """a_c and a_t."""
    match term:
        case Term.GROUP | Term.INTERACTION:
            return (-1.0, 1.0)
        case Term.TIME_BY_PEOPLE:
            total = n_control + n_training
            return (2 * n_control / total, 2 * n_training / total)
        case _:
            return (1.0, 1.0)


def cell_weights(term: Term, n_control: int, n_training: int) -> npt.NDArray[np.float64]:
    """Weights, shape (4,), of control pre and post and training pre and post in L."""
    control, training = arm_weights(term, n_control, n_training)
    first, second = (0.5, 0.5) if stratum_of(term) is Stratum.BETWEEN else (-1.0, 1.0)
    return np.array([control * first, control * second, training * first, training * second])


def contrast_scale(term: Term, n_control: int, n_training: int) -> float:
    """v."""
    control, training = arm_weights(term, n_control, n_training)
    return control**2 / n_control + training**2 / n_training


def other_error(stratum: Stratum, error: float, variance: float) -> float:
    """E of the other stratum: Var D + 4 Var A is twice `variance`, pooled over arms and summed
    over both times (S = sum of (n - 1)(s_pre^2 + s_post^2) / (N - 2))."""
    if stratum is Stratum.WITHIN:
        return (2 * variance - error) / 4
    return 2 * variance - 4 * error
