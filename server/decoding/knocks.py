"""Three knocks on a sensor, found in its acceleration: a sign that somebody gives. Pure.

A knock is far shorter than any movement of a trunk: the sample differs sharply from those 20 ms
before and after it. Three of them with stillness around them are a sign; steps and landings come
in longer rows.
"""

import numpy as np
from numpy.typing import NDArray

KNOCKS = 3
# A finger on a housing gives 1 g and more; chests of seated people stay far below half of one.
KNOCK_MG = 500.0
ECHO_SHARE = 0.35  # what rings after a knock, or moves around the three, is smaller than this
REACH_S = 0.02  # a tap's shock lasts some 15 ms, a landing that a trunk feels more than 100 ms
ONE_KNOCK_S = 0.1  # shocks closer than this are one knock's
APART_S = (0.15, 0.9)  # from one knock to the next, at any comfortable pace
EVEN_WITHIN = 2.2  # the longer pause over the shorter one
STILL_S = 0.8  # before the first and after the last

Floats = NDArray[np.float64]


def compute_sharpness(samples_mg: Floats, spacing_s: float) -> Floats:
    """How far each of (n, 3) samples is from the middle of those around it: (n,) in mg."""
    sharpness_mg = np.zeros(len(samples_mg))
    reach = max(1, round(REACH_S / spacing_s)) if spacing_s > 0 else 1
    if len(samples_mg) > 2 * reach:
        around = (samples_mg[: -2 * reach] + samples_mg[2 * reach :]) / 2
        sharpness_mg[reach:-reach] = np.linalg.norm(samples_mg[reach:-reach] - around, axis=1)
    return sharpness_mg


def find_knocks(sharpness_mg: Floats, spacing_s: float) -> list[int]:
    """Places of the knocks: the sharpest sample of each shock."""
    peaks: list[int] = []
    for place in np.flatnonzero(sharpness_mg >= KNOCK_MG).tolist():
        if peaks and (place - peaks[-1]) * spacing_s <= ONE_KNOCK_S:
            if sharpness_mg[place] > sharpness_mg[peaks[-1]]:
                peaks[-1] = place
        else:
            peaks.append(place)
    return peaks


def are_three_knocks(sharpness_mg: Floats, places: list[int], spacing_s: float) -> bool:
    """Whether these three knocks, one after the other, stand alone and evenly in the trace.

    False where the trace ends before it can be said.
    """
    pauses_s = np.diff(places) * spacing_s
    if pauses_s.min() < APART_S[0] or pauses_s.max() > APART_S[1]:
        return False
    if pauses_s.max() > EVEN_WITHIN * pauses_s.min():
        return False
    margin = int(STILL_S / spacing_s)
    first, end = places[0] - margin, places[-1] + margin
    if first < 0 or end >= sharpness_mg.size:
        return False
    return _is_still_around(sharpness_mg[first : end + 1], [p - first for p in places], spacing_s)


def _is_still_around(stretch_mg: Floats, peaks: list[int], spacing_s: float) -> bool:
    """Whether nothing but the knocks themselves is sharp in this stretch."""
    weakest_mg = float(stretch_mg[peaks].min())
    around_mg = stretch_mg.copy()
    width = round(ONE_KNOCK_S / spacing_s)
    for peak in peaks:
        around_mg[max(0, peak - width) : peak + width + 1] = 0.0
    return bool(around_mg.max() < ECHO_SHARE * weakest_mg)
