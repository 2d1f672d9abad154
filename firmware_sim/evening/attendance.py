"""Who comes tonight, and when: minutes from the planned start."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from firmware_sim.evening.woman import Woman

SHARE_ABSENT = 0.06  # supervised exercise in MS is attended at about nine of ten sessions
LATE_BY_MIN = (14.0, 25.0)  # after the circuit has begun
EARLY_BY_MIN = (-14.0, -6.0)


@dataclass(frozen=True, slots=True)
class Comer:
    """A woman tonight; `arrives_min` None: she stays away."""

    woman: Woman
    arrives_min: float | None

    @property
    def is_late(self) -> bool:
        """Whether the circuit has begun when she comes."""
        return self.arrives_min is not None and self.arrives_min > 0


def choose_comers(women: Sequence[Woman], chance: Random) -> list[Comer]:
    """One for each woman, in their order."""
    return [Comer(woman, _arrive(woman, chance)) for woman in women]


def _arrive(woman: Woman, chance: Random) -> float | None:
    if chance.random() < SHARE_ABSENT:
        return None
    on_time = chance.random() < woman.punctuality
    return chance.uniform(*(EARLY_BY_MIN if on_time else LATE_BY_MIN))
