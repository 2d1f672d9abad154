"""Missing posts drawn from what arm and baseline predict, several times."""

from typing import Final

import numpy as np

from server.analysis.methods.counted import be, count
from server.analysis.methods.design import Floats, TwoByTwo
from server.errors import MethodError

SETS: Final = 100  # White, Royston & Wood 2011: as many as the percentage missing, and 20 at least
FEWEST_SETS: Final = 20
FEWEST_PER_ARM: Final = 3


def require_sets(sets: int) -> None:
    """Raises MethodError for fewer than 20."""
    if sets < FEWEST_SETS:
        raise MethodError(f"multiple imputation needs at least {FEWEST_SETS} sets; {sets} are few")


def tell_left_out(n: int) -> tuple[str, ...]:
    """The note on those who have no baseline; none where everybody has one."""
    told = f"{count(n, 'participant')} without a baseline {be(n)} left out."
    return (told,) if n else ()


def impute_posts(design: TwoByTwo, n_sets: int, seed: int, beside: Floats | None = None) -> Floats:
    """(n_sets, n) posts: those measured as they are, the others drawn.

    Each set has its own coefficients and spread, drawn from their posterior under a flat prior
    (Rubin 1987, example 5.1), of post ~ group + pre + (n, k) `beside`; every row of `design` has
    a pre.
    """
    rng = np.random.default_rng(seed)
    is_measured = ~np.isnan(design.post)
    columns = build_columns(design, beside)
    known, post = columns[is_measured], design.post[is_measured]
    inverse = np.linalg.inv(known.T @ known)
    fitted = inverse @ known.T @ post
    left = post - known @ fitted
    df = len(post) - known.shape[1]
    sets = np.tile(design.post, (n_sets, 1))
    root = np.linalg.cholesky(inverse)
    for one in sets:
        sigma = np.sqrt(left @ left / rng.chisquare(df))
        drawn = fitted + sigma * (root @ rng.standard_normal(known.shape[1]))
        spread = sigma * rng.standard_normal(int((~is_measured).sum()))
        one[~is_measured] = columns[~is_measured] @ drawn + spread
    return sets


def build_columns(design: TwoByTwo, beside: Floats | None = None) -> Floats:
    """(n, 3 + k): the constant, the training arm, the baseline and what is beside them."""
    columns = np.column_stack([np.ones(design.n), design.is_training, design.pre])
    return columns if beside is None else np.column_stack([columns, beside])


def measure_spread(begun: TwoByTwo) -> float:
    """The residual standard deviation of the complete pairs."""
    pairs = begun.select_complete()
    columns = build_columns(pairs)
    left = pairs.post - columns @ np.linalg.lstsq(columns, pairs.post, rcond=None)[0]
    return float(np.sqrt(left @ left / (pairs.n - columns.shape[1])))
