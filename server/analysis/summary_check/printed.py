"""A printed number: its value, and all the values that are printed like that."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Self

REL_SLACK: Final = 1e-9  # of doubles that were worked out in another order
LARGEST: Final = 1e30  # no table has such numbers, and their fourth powers are still doubles
SMALLEST: Final = 1e-30


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `lo` to `hi`, both included; `hi` may be infinite."""

    lo: float
    hi: float

    def overlaps(self, other: "Interval") -> bool:
        """Whether one number lies in both, give or take rounding of doubles."""
        return self.lo <= _raise(other.hi) and other.lo <= _raise(self.hi)

    def contains(self, value: float) -> bool:
        return self.overlaps(Interval(value, value))

    def meet(self, other: "Interval") -> "Interval":
        """What lies in both; of two that don't overlap, the end of this one that is nearest."""
        lo = min(max(self.lo, other.lo), self.hi)
        return Interval(lo, max(lo, min(self.hi, other.hi)))

    @classmethod
    def around(cls, values: Iterable[float]) -> Self:
        kept = [float(value) for value in values]
        return cls(min(kept), max(kept))


@dataclass(frozen=True, slots=True)
class Printed:
    """`half_unit` is half a unit of the last digit, 0 for a number that was never rounded."""

    value: float
    half_unit: float
    text: str

    @classmethod
    def parse(cls, text: str, smallest: float = SMALLEST) -> Self:
        """From the digits as printed; trailing zeros count. Raises ValueError for no number."""
        try:
            number = Decimal(text)
        except ArithmeticError:
            raise ValueError(f"{text!r} is not a number") from None
        if not number.is_finite() or abs(number) > LARGEST or 0 < abs(number) < smallest:
            raise ValueError(f"{text} is not a number that a table can have")
        decimals = max(0, -int(number.as_tuple().exponent))
        return cls(float(number), 0.5 * 10.0**-decimals, text)

    @classmethod
    def exact(cls, value: float) -> Self:
        """A number of our own, with all its digits."""
        return cls(value, 0.0, f"{value:.10g}")

    @property
    def rounded(self) -> Interval:
        """What is rounded to it, halves up or down."""
        return Interval(self.value - self.half_unit, self.value + self.half_unit)

    @property
    def truncated(self) -> Interval:
        """What is cut to it, for numbers that aren't negative."""
        return Interval(self.value, self.value + 2 * self.half_unit)

    @property
    def spread(self) -> Interval:
        """What is rounded to it and isn't negative, as SD, F and p are."""
        return Interval(max(0.0, self.rounded.lo), self.rounded.hi)


def tell(value: float, digits: int = 4) -> str:
    """A number for a sentence, to significant digits."""
    if math.isinf(value):
        return "any height"
    rounded = float(f"{value:.{digits}g}")
    return f"{rounded:.12g}" if rounded == 0 or 1e-4 <= abs(rounded) < 1e9 else f"{rounded:.3g}"


def tell_range(interval: Interval, digits: int = 4) -> str:
    return f"{tell(interval.lo, digits)} to {tell(interval.hi, digits)}"


def _raise(value: float) -> float:
    return value + REL_SLACK * abs(value) if math.isfinite(value) else value
