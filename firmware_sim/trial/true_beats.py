"""What her heart really did: the truth that dose is compared with. Own few lines, on purpose."""

import math
import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from firmware_sim.physiology.activities import Activity
from firmware_sim.physiology.artefacts import ArtefactRates, Artefacts

# Banister 1991, Morton 1990, for women: y = k x e^(b x) a minute, x the share of the reserve.
K, B = 0.86, 1.67
# A heart rate is beats over a time. Shorter ones would take breathing for effort: e^x is convex.
WINDOW_S: Final = 10.0

Stretch = tuple[float, float]

_JOINED: Final = 1.5  # an interval that is so much longer than it was holds two beats


class BeatNotes(Artefacts):
    """Notes the intervals between beats that really were, whatever a strap feels of them."""

    def __init__(self, rates: ArtefactRates, rng: random.Random) -> None:
        super().__init__(rates, rng)
        self.rr_s: list[float] = []

    def disturb(self, rr_s: float, activity: Activity) -> Sequence[float]:
        """As ever; a beat that the strap misses was one all the same."""
        felt = super().disturb(rr_s, activity)
        was_missed = len(felt) == 1 and felt[0] > _JOINED * rr_s
        self.rr_s += (rr_s, rr_s) if was_missed else felt
        return felt


@dataclass(frozen=True, slots=True)
class TrueHeart:
    """Mean by time in bpm, and TRIMP in AU as the sum over windows of `WINDOW_S`."""

    mean_bpm: float
    trimp_banister_au: float


def measure_heart(
    rr_s: Sequence[float], parts_s: Sequence[Stretch], rest_bpm: float, max_bpm: float
) -> TrueHeart:
    """`rr_s` follow each other from second 0 to beyond all parts; nothing else of them counts."""
    ends_s = [*accumulate(rr_s)]

    def count_beats(at_s: float) -> float:
        place = bisect_right(ends_s, at_s)
        return place + 1 - (ends_s[place] - at_s) / rr_s[place]

    seconds = beats = trimp_au = 0.0
    for from_s, until_s in _list_windows(parts_s):
        own = count_beats(until_s) - count_beats(from_s)
        bpm = 60.0 * own / (until_s - from_s)
        x = min(1.0, max(0.0, (bpm - rest_bpm) / (max_bpm - rest_bpm)))
        trimp_au += (until_s - from_s) / 60.0 * K * x * math.exp(B * x)
        seconds, beats = seconds + until_s - from_s, beats + own
    return TrueHeart(60.0 * beats / seconds, trimp_au)


def _list_windows(parts_s: Sequence[Stretch]) -> Iterator[Stretch]:
    for from_s, until_s in parts_s:
        n_windows = math.ceil((until_s - from_s) / WINDOW_S)
        bounds = [*(from_s + n * WINDOW_S for n in range(n_windows)), until_s]
        yield from pairwise(bounds)
