"""From values to places in a picture, and the round numbers that an axis is marked with."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from server.analysis.report.number_words import MINUS

_STEPS = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """`low` stands at `from_px`, `high` at `until_px`."""

    low: float
    high: float
    from_px: float
    until_px: float

    def place(self, value: float) -> float:
        """In px."""
        share = (value - self.low) / (self.high - self.low)
        return self.from_px + share * (self.until_px - self.from_px)


def find_ticks(low: float, high: float, n_wanted: int = 5) -> list[float]:
    """About so many multiples of 1, 2 or 5 times a power of ten, from below `low` to above `high`.

    A range without width is one step wide.
    """
    if high <= low:
        low, high = low - (abs(low) or 1.0) * 0.1, high + (abs(high) or 1.0) * 0.1
    rough = (high - low) / n_wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(one for one in _STEPS if one * power >= rough * (1 - 1e-9)) * power
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [place * step for place in range(first, last + 1)]


def write_tick(value: float, ticks: Sequence[float]) -> str:
    """With as many decimals as the distance between ticks has."""
    step = ticks[1] - ticks[0]
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{value:.{decimals}f}".replace("-", MINUS)
