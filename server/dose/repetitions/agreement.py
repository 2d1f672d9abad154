"""How well the detector's count agrees with the trainer's, over many sets."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.dose.quantity import Missing, Quantity

AGREEMENT_VERSION: Final = 1
_NORMAL_975: Final = 1.96  # Bland & Altman, Lancet 1986; 327: 307-310
_FEWEST: Final = 2  # pairs that have a spread


@dataclass(frozen=True, slots=True)
class Agreement:
    """Differences are detector minus trainer, in repetitions.

    `bias` is their mean; `lower_limit` and `upper_limit` are the 95 % limits of agreement (bias
    -/+ 1.96 standard deviations, n - 1); `exact` and `within_one` are shares of the sets;
    `kappa` is Cohen's for the same number, `weighted_kappa` his of 1968 with squared weights.
    """

    n_sets: int
    bias: Quantity
    lower_limit: Quantity
    upper_limit: Quantity
    exact: Quantity
    within_one: Quantity
    kappa: Quantity
    weighted_kappa: Quantity


def measure_agreement(detector: Sequence[int], trainer: Sequence[int]) -> Agreement:
    """Compare (n,) counts of the same sets; sets without a number of both aren't given.

    Raises ValueError for different lengths or a negative count.
    """
    if len(detector) != len(trainer):
        raise ValueError(f"{len(detector)} counts of the detector, {len(trainer)} of the trainer")
    ours, hers = np.asarray(detector, dtype=np.int64), np.asarray(trainer, dtype=np.int64)
    if (np.concatenate([ours, hers]) < 0).any():
        raise ValueError("a count is below 0")
    difference = (ours - hers).astype(np.float64)
    n = len(difference)
    if n == 0:
        nothing = _missing(Missing.NO_DATA)
        return Agreement(0, *[nothing] * 7)
    bias = float(np.mean(difference))
    reach = _NORMAL_975 * float(np.std(difference, ddof=1)) if n >= _FEWEST else None
    return Agreement(
        n,
        _told(bias, "reps"),
        _missing() if reach is None else _told(bias - reach, "reps"),
        _missing() if reach is None else _told(bias + reach, "reps"),
        _told(float(np.mean(difference == 0)), "share"),
        _told(float(np.mean(np.abs(difference) <= 1)), "share"),
        _kappa(ours, hers, squared=False),
        _kappa(ours, hers, squared=True),
    )


def _kappa(ours: NDArray[np.int64], hers: NDArray[np.int64], *, squared: bool) -> Quantity:
    """1 - observed over expected disagreement (Cohen, Psychol Bull 1968; 70: 213-220).

    Expected is over all pairs of one count of each; none where there is one number only.
    """
    weigh = np.square if squared else np.sign
    own, n_own = np.unique(ours, return_counts=True)
    other, n_other = np.unique(hers, return_counts=True)
    pairs = np.outer(n_own, n_other).astype(np.float64)  # by number: a study has thousands of sets
    between = weigh(np.abs(np.subtract.outer(own, other)).astype(np.float64))
    expected = float((between * pairs).sum()) / float(pairs.sum())
    if expected == 0.0:
        return _missing()
    observed = float(np.mean(weigh(np.abs(ours - hers).astype(np.float64))))
    return _told(1.0 - observed / expected, "kappa")


def _told(value: float, unit: str) -> Quantity:
    return Quantity(value, unit, AGREEMENT_VERSION)


def _missing(reason: Missing = Missing.NOT_APPLICABLE) -> Quantity:
    return Quantity.missing_for(reason, "reps", AGREEMENT_VERSION)
