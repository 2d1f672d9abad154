"""The smallest of the values that came in lately. Pure: the clock is an argument."""

NS_PER_S = 1_000_000_000
# Two of them make up to a minute: many uploads, so one of them was quick; and a clock that runs
# 50 ppm wrong (a usual quartz) is 3 ms off by then, though 4 s a day.
HALF_NS = 30 * NS_PER_S


class RecentLeast:
    """Least value of this half minute and the one before; the last one known in a silence."""

    def __init__(self, value: int, now_ns: int) -> None:
        self._began_ns = now_ns
        self._least = self._least_before = value

    def add(self, value: int, now_ns: int) -> None:
        """Take in a value that came at `now_ns` of a clock that never goes back."""
        elapsed_ns = now_ns - self._began_ns
        if elapsed_ns < HALF_NS:
            self._least = min(self._least, value)
            return
        self._least_before = self._least if elapsed_ns < 2 * HALF_NS else value
        self._least, self._began_ns = value, now_ns

    @property
    def least(self) -> int:
        return min(self._least, self._least_before)
