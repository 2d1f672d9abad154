"""Minutes in zones of a tenth from 50 % up: by time, never by the number of samples."""

from dataclasses import dataclass

import numpy as np

from server.dose.heart.quality import Floats

ZONES_VERSION = 1  # raised when the same heart rates give other minutes

# Edwards 1993: 50 to 60 % and so on, each with its lower end and without its upper one; the last
# has both, and what goes over the maximum, which then was too low.
ZONE_NAMES = ("50_60", "60_70", "70_80", "80_90", "90_100")
_BELOW = 5  # tenths under 50 %


@dataclass(frozen=True, slots=True)
class ZoneMinutes:
    """`zones` in the order of ZONE_NAMES; `below` is the time under 50 %.

    `over` is the part of the last zone above 100 %.
    """

    zones: tuple[float, ...]
    below: float
    over: float


def count_zone_minutes(
    hr_bpm: Floats, held_s: Floats, zero_bpm: float, full_bpm: float
) -> ZoneMinutes:
    """Minutes at each tenth between two heart rates.

    `zero_bpm` is 0 for % of the maximum and the resting heart rate for % of the reserve; `full_bpm`
    is the maximum. (n,) heart rates and the seconds that each is held.
    """
    # Ten times the rate first: a quotient of exact numbers is exact where it is whole, so that 70 %
    # of 190 lies in 70 to 80.
    tenths = np.floor(10.0 * (hr_bpm - zero_bpm) / (full_bpm - zero_bpm))
    places = np.clip(tenths - _BELOW, -1, len(ZONE_NAMES) - 1).astype(np.int64) + 1
    minutes = np.bincount(places, weights=held_s, minlength=len(ZONE_NAMES) + 1) / 60.0
    over = float(held_s[hr_bpm > full_bpm].sum()) / 60.0
    return ZoneMinutes(tuple(minutes[1:].tolist()), float(minutes[0]), over)
