"""Three knocks on a sensor, so that a strap can say whose it is. Pure.

A knock is far shorter than any movement of a trunk: the sample differs sharply from those 20 ms
before and after it. Three of them with stillness around them are a sign that somebody gives;
steps and landings come in longer rows.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from server.live.events import StrapKey
from server.live.moment import NS_PER_S

KNOCKS = 3
# A finger on a housing gives 1 g and more; chests of seated people stay far below half of one.
KNOCK_MG = 500.0
ECHO_SHARE = 0.35  # what rings after a knock, or moves around the three, is smaller than this
REACH_S = 0.02  # a tap's shock lasts some 15 ms, a landing that a trunk feels more than 100 ms
ONE_KNOCK_S = 0.1  # shocks closer than this are one knock's
APART_S = (0.15, 0.9)  # from one knock to the next, at any comfortable pace
EVEN_WITHIN = 2.2  # the longer pause over the shorter one
STILL_S = 0.8  # before the first and after the last
KEPT_S = 2 * (APART_S[1] + STILL_S) + 0.6

_Floats = NDArray[np.float64]


@dataclass(slots=True)
class _Trace:
    """The last seconds of one strap, by its own clock. Times in seconds before `stamp_ns`."""

    stamp_ns: int
    spacing_s: float = 0.0
    samples_mg: _Floats = field(default_factory=lambda: np.empty((0, 3)))
    told_ns: int = 0  # the last knock of the last three that were told

    def add(self, stamp_ns: int, samples_mg: _Floats) -> None:
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

    def add(self, key: StrapKey, stamp_ns: int, samples_mg: _Floats) -> float | None:
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


def find_three_knocks(samples_mg: _Floats, spacing_s: float) -> float | None:
    """Seconds from the last knock to the newest sample, if the trace ends in three knocks.

    `samples_mg` (n, 3) at an even spacing. None for anything else than exactly three.
    """
    sharpness_mg = compute_sharpness(samples_mg, spacing_s)
    peaks = find_knocks(sharpness_mg, spacing_s)
    if len(peaks) < KNOCKS or not _are_three_at_the_end(sharpness_mg, peaks, spacing_s):
        return None
    return float((len(samples_mg) - 1 - peaks[-1]) * spacing_s)


def compute_sharpness(samples_mg: _Floats, spacing_s: float) -> _Floats:
    """How far each of (n, 3) samples is from the middle of those around it: (n,) in mg."""
    sharpness_mg = np.zeros(len(samples_mg))
    reach = max(1, round(REACH_S / spacing_s)) if spacing_s > 0 else 1
    if len(samples_mg) > 2 * reach:
        around = (samples_mg[: -2 * reach] + samples_mg[2 * reach :]) / 2
        sharpness_mg[reach:-reach] = np.linalg.norm(samples_mg[reach:-reach] - around, axis=1)
    return sharpness_mg


def find_knocks(sharpness_mg: _Floats, spacing_s: float) -> list[int]:
    """Places of the knocks: the sharpest sample of each shock."""
    peaks: list[int] = []
    for place in np.flatnonzero(sharpness_mg >= KNOCK_MG).tolist():
        if peaks and (place - peaks[-1]) * spacing_s <= ONE_KNOCK_S:
            if sharpness_mg[place] > sharpness_mg[peaks[-1]]:
                peaks[-1] = place
        else:
            peaks.append(place)
    return peaks


def _are_three_at_the_end(sharpness_mg: _Floats, peaks: list[int], spacing_s: float) -> bool:
    last = peaks[-KNOCKS:]
    pauses_s = np.diff(last) * spacing_s
    if pauses_s.min() < APART_S[0] or pauses_s.max() > APART_S[1]:
        return False
    if pauses_s.max() > EVEN_WITHIN * pauses_s.min():
        return False
    margin = int(STILL_S / spacing_s)
    first, end = last[0] - margin, last[-1] + margin
    if first < 0 or end >= sharpness_mg.size:
        return False  # too early to say
    return _is_still_around(sharpness_mg[first : end + 1], [p - first for p in last], spacing_s)


def _is_still_around(stretch_mg: _Floats, peaks: list[int], spacing_s: float) -> bool:
    """Whether nothing but the knocks themselves is sharp in this stretch."""
    weakest_mg = float(stretch_mg[peaks].min())
    around_mg = stretch_mg.copy()
    width = round(ONE_KNOCK_S / spacing_s)
    for peak in peaks:
        around_mg[max(0, peak - width) : peak + width + 1] = 0.0
    return bool(around_mg.max() < ECHO_SHARE * weakest_mg)
