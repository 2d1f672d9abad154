"""A baseline column of words by arm: how many have each, and how far apart the arms are."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from server.analysis.methods.counted import be
from server.analysis.methods.design import CONTROL, TRAINING, Floats, read_arms
from server.analysis.methods.result import Result
from server.errors import MethodError

_ALIKE = 1e-12  # shares that differ by rounding don't differ
_NO_DISTANCE = (
    "The standardised difference of {name} doesn't exist: a word that only one arm has, or that"
    " everybody of an arm has, leaves no spread to measure by."
)


@dataclass(frozen=True, slots=True)
class Level:
    """How many of each arm have this word."""

    name: str
    n_control: int
    n_training: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineCategory(Result):
    """One column, named in `measure`; `outcome` is None. `levels` are in the order of words.

    `standardised_difference` is Mahalanobis's distance of the arms' shares under their mean
    covariance (Yang & Dalton, SAS Global Forum 2012, paper 335-2012), for two words that of Austin
    (Stat Med 2009; 28: 3083-3107); it has no sign. None where there is no spread to measure by.
    """

    analysis: ClassVar[str] = "baseline_category"

    measure: str
    n_control: int
    n_training: int
    levels: tuple[Level, ...]
    standardised_difference: float | None


def compare_categories(
    measure: str, codes: Sequence[str], group: Sequence[str], words: Sequence[str | None]
) -> BaselineCategory:
    """(n,) words of one column, None where missing; those are left out with a note.

    Raises MethodError where an arm has no word at all.
    """
    is_training = read_arms(codes, group)
    arms = {CONTROL: Counter[str](), TRAINING: Counter[str]()}
    for trains, word in zip(is_training, words, strict=True):
        if word is not None:
            arms[TRAINING if trains else CONTROL][word] += 1
    for arm, counted in arms.items():
        if not counted:
            raise MethodError(f"{measure} has no word in {arm}: there is nothing to compare")
    names = sorted({*arms[CONTROL], *arms[TRAINING]})
    levels = tuple(Level(one, arms[CONTROL][one], arms[TRAINING][one]) for one in names)
    distance = _compute_distance(levels)
    n = sum(one.n_control + one.n_training for one in levels)
    return BaselineCategory(
        outcome=None,
        n=n,
        notes=_describe(measure, n, len(codes), distance),
        measure=measure,
        n_control=arms[CONTROL].total(),
        n_training=arms[TRAINING].total(),
        levels=levels,
        standardised_difference=distance,
    )


def _compute_distance(levels: Sequence[Level]) -> float | None:
    """The first level follows from the others, and is left out."""
    training = _compute_shares([one.n_training for one in levels])
    control = _compute_shares([one.n_control for one in levels])
    apart = training - control
    if np.abs(apart).max(initial=0.0) < _ALIKE:
        return 0.0
    spread = (_compute_covariance(training) + _compute_covariance(control)) / 2
    if np.linalg.matrix_rank(spread) < len(apart):
        return None
    return math.sqrt(float(apart @ np.linalg.solve(spread, apart)))


def _compute_shares(counts: Sequence[int]) -> Floats:
    return np.array(counts[1:], dtype=np.float64) / sum(counts)


def _compute_covariance(shares: Floats) -> Floats:
    """Of one draw from these shares."""
    return np.asarray(np.diag(shares) - np.outer(shares, shares))


def _describe(measure: str, n: int, n_all: int, distance: float | None) -> tuple[str, ...]:
    left_out = (
        f"{n_all - n} of {n_all} participants {be(n_all - n)} left out, as {measure} is missing."
    )
    notes = (left_out,) if n < n_all else ()
    return notes if distance is not None else (*notes, _NO_DISTANCE.format(name=measure))
