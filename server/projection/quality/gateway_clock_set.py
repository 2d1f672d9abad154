"""A gateway's wall clock was set in the session: nothing else places its values in the calendar."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from server.projection.quality.finding import Hit
from server.projection.quality.seen import SessionSeen

LEAST_S: Final = 1.0  # heart rates are known to the second; NTP's own corrections are smaller


def judge(seen: SessionSeen) -> Iterator[Hit]:
    """One hit for each gateway."""
    steps = sorted(
        (one for one in seen.clock_settings if abs(one.step_s) >= LEAST_S),
        key=lambda one: (one.gateway, one.at_ms),
    )
    for gateway, group in groupby(steps, key=lambda one: one.gateway):
        told = [[one.at_ms, round(one.step_s, 1)] for one in group]
        yield Hit((), gateway, {"steps": told})
