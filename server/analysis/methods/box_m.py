"""Box's M: are the arms' covariances of pre and post alike. Advice only, and a touchy one."""

import math
from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
from scipy.special import chdtrc

from server.analysis.methods.design import Floats, TwoByTwo
from server.analysis.methods.result import Result
from server.errors import MethodError

FEWEST_PER_ARM: Final = 4  # more than the two values each has, by more than one
N_TIMES: Final = 2
DF: Final = N_TIMES * (N_TIMES + 1) // 2  # of two arms: one difference for each covariance
_ADVICE: Final = (
    "Box's M answers to shapes that aren't normal as much as to unlike covariances: it is told as "
    "advice, and no analysis hangs on it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxM(Result):
    """M itself, and the chi squared of `df` that it becomes with Box's scale factor."""

    analysis: ClassVar[str] = "box_m"

    M: float
    chi_squared: float
    df: int
    p: float


def check_covariances(design: TwoByTwo) -> BoxM:
    """Of pre and post (Box, Biometrika 1949; 36: 317-346); complete pairs only.

    Raises MethodError for fewer than four of them in an arm, or an arm whose pre or post is
    constant or whose two lie on one line.
    """
    pairs = design.select_complete()
    pairs.check_arms("Box's M", FEWEST_PER_ARM)
    of_both = np.column_stack([pairs.pre, pairs.post])
    arms = [of_both[~pairs.is_training], of_both[pairs.is_training]]
    dfs = [len(arm) - 1 for arm in arms]
    covariances = [np.cov(arm, rowvar=False) for arm in arms]
    pooled = sum(df * s for df, s in zip(dfs, covariances, strict=True)) / sum(dfs)
    told = f"Box's M of {design.outcome}"
    m = sum(dfs) * _log_determinant(told, np.asarray(pooled)) - sum(
        df * _log_determinant(told, s) for df, s in zip(dfs, covariances, strict=True)
    )
    shrink = sum(1 / df for df in dfs) - 1 / sum(dfs)
    # (2 p^2 + 3 p - 1) / (6 (p + 1) (k - 1)) of k = 2 arms
    shrink *= (2 * N_TIMES**2 + 3 * N_TIMES - 1) / (6 * (N_TIMES + 1))
    chi_squared = (1 - shrink) * m
    return BoxM(
        outcome=design.outcome,
        n=pairs.n,
        notes=(*design.describe_missing(), _ADVICE),
        M=m,
        chi_squared=chi_squared,
        df=DF,
        p=float(chdtrc(DF, chi_squared)),
    )


def _log_determinant(told: str, covariance: Floats) -> float:
    scale = float(covariance[0, 0] * covariance[1, 1])
    determinant = float(covariance[0, 0] * covariance[1, 1] - covariance[0, 1] ** 2)
    if determinant <= 1e-12 * scale or scale == 0:
        raise MethodError(f"{told}: in an arm pre or post is constant, or follows from the other")
    return math.log(determinant)
