"""Watches straps for three knocks on a sensor, so that a strap can say whose it is. Pure."""

from dataclasses import dataclass, field

import numpy as np

from server.decoding.knocks import (
    APART_S,
    KNOCKS,
    ONE_KNOCK_S,
    STILL_S,
    Floats,
    are_three_knocks,
    compute_sharpness,
    find_knocks,
)
from server.live.events import StrapKey
from server.live.moment import NS_PER_S

KEPT_S = 2 * (APART_S[1] + STILL_S) + 0.6


@dataclass(slots=True)
class _Trace:
    """The last seconds of one strap, by its own clock. Times in seconds before `stamp_ns`."""

    stamp_ns: int
    spacing_s: float = 0.0
    samples_mg: Floats = field(default_factory=lambda: np.empty((0, 3)))
    told_ns: int = 0  # the last knock of the last three that were told

    def add(self, stamp_ns: int, samples_mg: Floats) -> None:
        since_s = (stamp_ns - self.stamp_ns) / NS_PER_S
        spacing_s = since_s / len(samples_mg)
        self.stamp_ns = stamp_ns
        if not 0.001 <= spacing_s <= 0.1:  # its clock was set, or frames are missing
            self.samples_mg = np.empty((0, 3))
            return
        n_kept = int(KEPT_S / spacing_s)
        self.spacing_s = spacing_s
        self.samples_mg = np.concatenate([self.samples_mg, samples_mg])[-n_kept:]


class KnockWatch:
    """Watches every strap. No I/O, no clock."""

    def __init__(self) -> None:
        self._traces: dict[StrapKey, _Trace] = {}

    def add(self, key: StrapKey, stamp_ns: int, samples_mg: Floats) -> float | None:
        """Take in one frame (n, 3); once three knocks are complete, seconds since the last."""
        trace = self._traces.setdefault(key, _Trace(stamp_ns))
        trace.add(stamp_ns, samples_mg)
        lag_s = find_three_knocks(trace.samples_mg, trace.spacing_s)
        if lag_s is None:
            return None
        last_ns = stamp_ns - round(lag_s * NS_PER_S)
        if last_ns - trace.told_ns < ONE_KNOCK_S * NS_PER_S:
            return None
        trace.told_ns = last_ns
        return lag_s


def find_three_knocks(samples_mg: Floats, spacing_s: float) -> float | None:
    """Seconds from the last knock to the newest sample, if the trace ends in three knocks.

    `samples_mg` (n, 3) at an even spacing. None for anything else than exactly three.
    """
    sharpness_mg = compute_sharpness(samples_mg, spacing_s)
    peaks = find_knocks(sharpness_mg, spacing_s)
    if len(peaks) < KNOCKS or not are_three_knocks(sharpness_mg, peaks[-KNOCKS:], spacing_s):
        return None
    return float((len(samples_mg) - 1 - peaks[-1]) * spacing_s)
