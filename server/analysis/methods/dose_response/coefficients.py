"""Correlations of many resamples at once, with columns taken out of both sides."""

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from server.analysis.methods.design import Floats

Rows = NDArray[np.int64]


def correlate_rows(columns: Floats, rows: Rows, *, by_rank: bool) -> Floats:
    """(...) of the first two of (n, 2 + k) `columns`, the k others taken out, at (..., n) `rows`.

    NaN where a resample has no spread left. By rank, each resample is ranked anew with mean ranks
    for ties, and the partial correlation is that of the ranks (Conover 1999, section 5.4).
    """
    drawn = columns[rows]
    if by_rank:
        drawn = stats.rankdata(drawn, axis=-2)
    about_mean = drawn - drawn.mean(axis=-2, keepdims=True)
    scale = np.sqrt(np.einsum("...nq,...nq->...q", about_mean, about_mean))
    with np.errstate(divide="ignore", invalid="ignore"):
        about_mean /= scale[..., None, :]
        about_mean[np.isnan(about_mean)] = 0.0
        products = np.einsum("...nq,...np->...qp", about_mean, about_mean)
        across = products[..., :2, 2:]
        taken = across @ np.linalg.pinv(products[..., 2:, 2:], hermitian=True)
        left = products[..., :2, :2] - taken @ np.swapaxes(across, -1, -2)
        left = np.where(np.abs(left) < 1e-12, 0.0, left)
        r: Floats = left[..., 0, 1] / np.sqrt(left[..., 0, 0] * left[..., 1, 1])
    return r
