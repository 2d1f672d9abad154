"""What her heart really did: the truth that dose is compared with. Own few lines, on purpose."""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from firmware_sim.physiology.activities import Activity
from firmware_sim.physiology.artefacts import ArtefactRates, Artefacts

# Banister 1991, Morton 1990, for women: y = k x e^(b x) a minute, x the share of the reserve.
K, B = 0.86, 1.67
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
    """Of one stretch: mean by time in bpm, and TRIMP sample by sample in AU, beat by beat."""

    mean_bpm: float
    trimp_banister_au: float


def measure_heart(
    rr_s: Sequence[float], from_s: float, until_s: float, rest_bpm: float, max_bpm: float
) -> TrueHeart:
    """`rr_s` follow each other from second 0; each counts for its time in the stretch."""
    seconds = beats = trimp_au = 0.0
    for rr, held_s in _cut(rr_s, from_s, until_s):
        x = min(1.0, max(0.0, (60.0 / rr - rest_bpm) / (max_bpm - rest_bpm)))
        trimp_au += held_s / 60.0 * K * x * math.exp(B * x)
        beats += held_s / rr
        seconds += held_s
    return TrueHeart(60.0 * beats / seconds, trimp_au)


def _cut(rr_s: Sequence[float], from_s: float, until_s: float) -> Iterator[tuple[float, float]]:
    at_s = 0.0
    for rr in rr_s:
        held_s = min(at_s + rr, until_s) - max(at_s, from_s)
        if held_s > 0:
            yield rr, held_s
        at_s += rr
