"""The time that sign-in sessions are counted in: no step of the wall clock changes their length.

UTC as it was when this server started, going on at the pace of a clock that nobody sets.
"""

import time
from collections.abc import Callable
from typing import Final

# Counts a machine's sleep, too (Linux): who closed the lid an hour ago has been idle for an hour.
_ELAPSED: Final = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)

Clock = Callable[[], int]  # nanoseconds


def read_elapsed_ns() -> int:
    """Nanoseconds since this machine was switched on."""
    return time.clock_gettime_ns(_ELAPSED)


class SteadyTime:
    """Call it for nanoseconds since 1970."""

    def __init__(self, wall_ns: Clock, elapsed_ns: Clock = read_elapsed_ns) -> None:
        self._elapsed_ns = elapsed_ns
        self._began_ns = wall_ns() - elapsed_ns()

    def __call__(self) -> int:
        return self._began_ns + self._elapsed_ns()
