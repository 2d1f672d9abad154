"""The correlations of before and after that one F asks for: a line across the square of both."""

from dataclasses import dataclass
from typing import Self

from server.analysis.summary_check.implied import Anchor
from server.analysis.summary_check.printed import Interval
from server.analysis.summary_check.table import ArmCells


@dataclass(frozen=True, slots=True)
class CorrelationLine:
    """weight_control r_control + weight_training r_training = total, both r in [-1, 1].

    A weight is the product of the arm's SDs (times (n - 1) over its mean where n are unequal).
    """

    weight_control: float
    weight_training: float
    total: float

    @classmethod
    def of(cls, anchor: Anchor) -> Self:
        sizes, half_df = anchor.measure.sizes, anchor.measure.sizes.error_df / 2
        return cls(
            (sizes.control - 1) / half_df * _product(anchor.measure.control),
            (sizes.training - 1) / half_df * _product(anchor.measure.training),
            2 * anchor.covariance,
        )

    @property
    def control(self) -> Interval | None:
        """r of the control arm over all r of the training arm; None where the line is outside."""
        return _solve(self.weight_control, self.weight_training, self.total)

    @property
    def training(self) -> Interval | None:
        return _solve(self.weight_training, self.weight_control, self.total)

    @property
    def equal(self) -> float | None:
        """r if it is the same in both arms; None where an arm has no spread at one time."""
        both = self.weight_control + self.weight_training
        return self.total / both if both > 0 else None

    @property
    def training_if_control_is_0(self) -> float | None:
        if self.weight_training == 0 or abs(self.total) > self.weight_training:
            return None
        return self.total / self.weight_training


def _product(arm: ArmCells) -> float:
    return arm.pre.sd.value * arm.post.sd.value


def _solve(weight: float, other: float, total: float) -> Interval | None:
    if weight == 0:
        return None
    lo, hi = max(-1.0, (total - other) / weight), min(1.0, (total + other) / weight)
    return Interval(lo, hi) if lo <= hi else None
