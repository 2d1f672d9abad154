"""Differences between the arms, of many resamples at once: one is a row of a matrix."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.analysis.methods.design import Floats, TwoByTwo

Rows = NDArray[np.int64]


class Estimand(StrEnum):
    """What an interval is wanted of; each is training minus control."""

    CHANGE = "change"  # of the mean changes
    ADJUSTED_POST = "adjusted_post"  # as the ANCOVA adjusts it
    CHANGE_BY_PRE_SD = "change_by_pre_sd"  # of the mean changes, over the pooled SD of pre


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """(...) means and sums of squares about them, of one arm in each resample."""

    mean_pre: Floats
    mean_post: Floats
    ss_pre: Floats
    ss_both: Floats


def compute_estimand(estimand: Estimand, pairs: TwoByTwo, training: Rows, control: Rows) -> Floats:
    """(...) of an estimand, of complete pairs chosen by (..., n') rows within either arm.

    Not finite where a resample has no spread to divide by.
    """
    arm = pairs.is_training
    t = _take_moments(pairs.pre[arm], pairs.post[arm], training)
    c = _take_moments(pairs.pre[~arm], pairs.post[~arm], control)
    n_left_over = control.shape[-1] + training.shape[-1] - 2
    with np.errstate(divide="ignore", invalid="ignore"):
        return _COMPUTED[estimand](c, t, n_left_over)


def _take_moments(pre: Floats, post: Floats, rows: Rows) -> Moments:
    mean_pre, mean_post = pre[rows].mean(axis=-1), post[rows].mean(axis=-1)
    from_pre = pre[rows] - mean_pre[..., None]
    from_post = post[rows] - mean_post[..., None]
    ss_pre = np.einsum("...j,...j->...", from_pre, from_pre)
    return Moments(mean_pre, mean_post, ss_pre, np.einsum("...j,...j->...", from_pre, from_post))


def _compute_change(c: Moments, t: Moments, _: int) -> Floats:
    return (t.mean_post - t.mean_pre) - (c.mean_post - c.mean_pre)


def _compute_adjusted_post(c: Moments, t: Moments, _: int) -> Floats:
    slope = (c.ss_both + t.ss_both) / (c.ss_pre + t.ss_pre)
    return (t.mean_post - c.mean_post) - slope * (t.mean_pre - c.mean_pre)


def _compute_change_by_pre_sd(c: Moments, t: Moments, n_left_over: int) -> Floats:
    return _compute_change(c, t, n_left_over) / np.sqrt((c.ss_pre + t.ss_pre) / n_left_over)


_COMPUTED: Final[dict[Estimand, Callable[[Moments, Moments, int], Floats]]] = {
    Estimand.CHANGE: _compute_change,
    Estimand.ADJUSTED_POST: _compute_adjusted_post,
    Estimand.CHANGE_BY_PRE_SD: _compute_change_by_pre_sd,
}
