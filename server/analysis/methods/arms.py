"""The two arms' values of one measure, for what compares them without a model."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from server.analysis.methods.design import Floats, TwoByTwo
from server.errors import MethodError

# As a share of the values' size: less is the rounding of doubles, and no spread.
_ROUNDING: Final = 1e-12


class Measure(StrEnum):
    """What is compared between the arms: a time point, or the change between the two."""

    PRE = "pre"
    POST = "post"
    CHANGE = "change"


@dataclass(frozen=True, slots=True, eq=False)
class Arms:
    """(n_control,) and (n_training,) values, none missing."""

    control: Floats
    training: Floats

    @property
    def n(self) -> int:
        return len(self.control) + len(self.training)

    @property
    def difference(self) -> float:
        """Mean of training minus mean of control."""
        return float(self.training.mean() - self.control.mean())

    @property
    def pooled_sd(self) -> float:
        """Within the arms, of n - 2 degrees of freedom."""
        squares = sum(
            float(((arm - arm.mean()) ** 2).sum()) for arm in (self.control, self.training)
        )
        return float(np.sqrt(squares / (self.n - 2)))

    @property
    def size(self) -> float:
        """The largest value without its sign: what rounding is small beside."""
        return float(max(np.abs(self.control).max(), np.abs(self.training).max()))

    @property
    def within(self) -> Floats:
        """(n,) distances from the own arm's mean: what a comparison of means leaves over."""
        return np.concatenate(
            [self.control - self.control.mean(), self.training - self.training.mean()]
        )

    def check_spread(self, told: str) -> None:
        """Raises MethodError when both arms are constant: nothing to measure a difference by."""
        if not (np.ptp(self.control) or np.ptp(self.training)):
            raise MethodError(f"{told}: all values of an arm are the same, in both arms")

    def check_any_spread(self, told: str) -> None:
        """Raises MethodError when all values of both arms are one and the same."""
        if not np.ptp(np.concatenate([self.control, self.training])):
            raise MethodError(f"{told}: all values are the same")


def select_arms(pairs: TwoByTwo, measure: Measure) -> Arms:
    """One measure of complete pairs, by arm."""
    values = {Measure.PRE: pairs.pre, Measure.POST: pairs.post, Measure.CHANGE: pairs.change}
    column = values[measure]
    return Arms(column[~pairs.is_training], column[pairs.is_training])


def have_spread(values: Floats, size: float) -> bool:
    """Whether (n,) values that were computed from ones of `size` differ by more than rounding."""
    return bool(np.ptp(values) > _ROUNDING * size)
