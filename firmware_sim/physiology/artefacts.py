"""What goes wrong between a heart and its strap: ectopic beats, motion, lost contact."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from firmware_sim.physiology.activities import Activity


@dataclass(frozen=True, slots=True)
class ArtefactRates:
    """Chances per beat, and contact losses per hour."""

    ectopic: float = 0.002
    missed: float = 0.001  # two intervals reported as one; ten times that while jumping
    contact_losses_per_hour: float = 0.0


MOTION_FACTOR = {Activity.JUMP: 10.0, Activity.STEP_UP: 4.0, Activity.WALK: 2.0}
_PREMATURE = 0.65  # an ectopic beat comes this early, and the next one makes up for it
_LOSS_S = (2.0, 12.0)


class Artefacts:
    """Disturbs beats one by one; seeded."""

    def __init__(self, rates: ArtefactRates, rng: random.Random) -> None:
        self._rates = rates
        self._rng = rng

    def disturb(self, rr_s: float, activity: Activity) -> Sequence[float]:
        """The intervals that are felt instead of this one: the same, a pair, or a joined pair."""
        chance = self._rng.random()
        if chance < self._rates.ectopic:
            return (_PREMATURE * rr_s, (2.0 - _PREMATURE) * rr_s)
        missed = self._rates.missed * MOTION_FACTOR.get(activity, 1.0)
        if chance < self._rates.ectopic + missed:
            return (2.0 * rr_s,)
        return (rr_s,)

    def draw_contact_losses(self, until_s: float) -> list[tuple[float, float]]:
        """Stretches without contact, (from, to) in seconds, up to a moment."""
        losses: list[tuple[float, float]] = []
        if self._rates.contact_losses_per_hour <= 0:
            return losses
        at_s = self._rng.expovariate(self._rates.contact_losses_per_hour / 3600.0)
        while at_s < until_s:
            losses.append((at_s, at_s + self._rng.uniform(*_LOSS_S)))
            at_s = losses[-1][1]
            at_s += self._rng.expovariate(self._rates.contact_losses_per_hour / 3600.0)
        return losses
