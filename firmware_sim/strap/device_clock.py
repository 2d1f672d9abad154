"""A strap's own clock: starts in 2019, runs a little wrong, stamps on a coarse grid."""

# 2019-01-01T00:00:00Z in nanoseconds since 2000-01-01: where an H10 starts after shutdown.
POWER_ON_STAMP_NS = 599_616_000_000_000_000
TICK_HZ = 32_768  # the watch crystal behind the stamps
STAMP_TICK_NS = 30_518  # 1/32768 s rounded up, as seen in H10 stamps; alone worth +13.8 ppm
_NS_PER_S = 1_000_000_000
_PPB = 1_000_000_000


class DeviceClock:
    """Counts crystal ticks since power-on. All arithmetic is whole: stamps exceed a double."""

    def __init__(self, powered_on_ns: int, error_ppb: int) -> None:
        self._powered_on_ns = powered_on_ns
        self._error_ppb = error_ppb
        self._stepped_ns = 0

    def stamp_ns(self, now_ns: int) -> int:
        """Device time of a true moment, in nanoseconds since 2000, rounded up to the grid."""
        elapsed_ns = now_ns - self._powered_on_ns
        numerator = elapsed_ns * TICK_HZ * (_PPB + self._error_ppb)
        ticks = -(-numerator // (_NS_PER_S * _PPB))
        return POWER_ON_STAMP_NS + self._stepped_ns + ticks * STAMP_TICK_NS

    def power_on(self, now_ns: int) -> None:
        """Back to 2019, as after every shutdown."""
        self._powered_on_ns = now_ns
        self._stepped_ns = 0

    def step(self, step_ns: int) -> None:
        """A host set the clock: stamps jump, in the middle of a stream too."""
        self._stepped_ns += step_ns
