"""What is told beside the ANCOVA: whether the arms' slopes are alike, and the log scale."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.linear_fit import Coefficient, fit_linear
from server.analysis.methods.result import LEVEL, Interval, tell_tail

DOUBT_BELOW: Final = 0.05  # whatever the plan's alpha: the test of slopes is a hint


@dataclass(frozen=True, slots=True)
class FTest:
    """F with the degrees of freedom of the model it is part of, and p."""

    F: float
    p: float


@dataclass(frozen=True, slots=True)
class SlopeHomogeneity:
    """F(df1, df2) and p of group x pre, by type III with pre centred at the mean of all.

    `group_at_mean_pre` is the group's own in that model.
    """

    F: float
    df1: int
    df2: int
    p: float
    group_at_mean_pre: FTest


@dataclass(frozen=True, slots=True)
class LogScale:
    """log(post) ~ group + log(pre): `ratio` is training over control at the same pre."""

    ratio: float
    ci: Interval
    p: float


def check_slope_homogeneity(pairs: TwoByTwo) -> SlopeHomogeneity:
    """Of complete pairs. Uncentred, the group's F would be its effect at a pre of 0."""
    sign = np.where(pairs.is_training, 1.0, -1.0)  # sum coding, which type III needs
    centred = pairs.pre - pairs.pre.mean()
    columns = (np.ones(pairs.n), sign, centred, sign * centred)
    fit = fit_linear(f"The test of slopes of {pairs.outcome}", pairs.post, columns)
    _, group, _, interaction = fit.coefficients
    at_mean = FTest(group.t**2, group.p)
    return SlopeHomogeneity(interaction.t**2, 1, fit.df, interaction.p, at_mean)


def check_log_scale(pairs: TwoByTwo, *, level: float = LEVEL) -> LogScale | None:
    """Of complete pairs; None where a value is 0 or below."""
    if min(pairs.pre.min(), pairs.post.min()) <= 0:
        return None
    group = pairs.is_training.astype(np.float64)
    columns = (np.ones(pairs.n), group, np.log(pairs.pre))
    told = f"ANCOVA of log {pairs.outcome}"
    effect = fit_linear(told, np.log(pairs.post), columns, level=level).coefficients[1]
    low, high = effect.ci
    return LogScale(math.exp(effect.estimate), (math.exp(low), math.exp(high)), effect.p)


def describe_checks(
    effect: Coefficient,
    slopes: SlopeHomogeneity | None,
    log_scale: LogScale | None,
    level: float = LEVEL,
) -> tuple[str, ...]:
    """Notes where a check puts the primary result in another light."""
    notes = []
    if slopes is None:
        notes.append("An arm has no slope on pre that could be tested.")
    elif slopes.p < DOUBT_BELOW:
        notes.append(
            f"The arms' slopes on pre differ (p = {slopes.p:.3g}): the difference between the arms "
            "depends on where a participant began, and the estimate is the one at the mean pre."
        )
    if _leaves_out_0(effect.ci) != _leaves_out_0(effect.ci_hc3):
        notes.append(
            "The intervals with and without equal variances (HC3) don't agree on whether there "
            "is a difference: trust the wider one."
        )
    if log_scale is None:
        notes.append(
            "The log scale can't be looked at: a value is 0 or below, or nothing of it varies."
        )
    elif (log_scale.p < 2 * tell_tail(level)) != (effect.p < 2 * tell_tail(level)):
        notes.append(
            f"On the log scale p is {log_scale.p:.3g} and not {effect.p:.3g}: the finding depends "
            "on the scale, which is named in advance."
        )
    return tuple(notes)


def _leaves_out_0(interval: Interval) -> bool:
    return not interval[0] <= 0 <= interval[1]
