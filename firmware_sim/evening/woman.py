"""A simulated woman: what she can do, how that grows over the weeks, how hard it feels to her.

No physiology: a spread between women and a gain from training that make a ledger worth reading.
"""

from dataclasses import dataclass
from random import Random

WEEKLY_GAIN = 0.03  # of what she can do; eight weeks make a quarter, as strength trials in MS find
LOWEST_BORG, HIGHEST_BORG = 6, 20


@dataclass(frozen=True, slots=True)
class Woman:
    """`strength` multiplies what the plan asks at most; heart rate in beats per minute."""

    code: str
    sign: str
    strap: str | None
    strength: float
    resting_bpm: int
    punctuality: float  # share of evenings on which she comes on time
    may_jump: bool


def make_woman(code: str, sign: str, strap: str | None, seed: int) -> Woman:
    """The same woman for the same seed, whatever else is simulated."""
    chance = Random(f"{seed} {code}")  # a text: its own sequence for each code
    return Woman(
        code,
        sign,
        strap,
        strength=chance.uniform(0.85, 1.35),
        resting_bpm=round(chance.gauss(72, 8)),
        punctuality=chance.uniform(0.8, 1.0),
        may_jump=chance.random() < 0.8,
    )


def capacity(woman: Woman, most_asked: float, week: int, chance: Random) -> float:
    """Repetitions, seconds or metres that she can do today."""
    form_of_the_day = chance.gauss(1.0, 0.06)
    return most_asked * woman.strength * (1 + WEEKLY_GAIN * (week - 1)) * form_of_the_day


def feel(amount: float, can_do: float) -> int:
    """Her rating on Borg 6-20: half of what she can do is very light, all of it very hard."""
    share = min(1.2, amount / max(can_do, 1.0))
    rating = LOWEST_BORG + round(float(12 * share**1.5))
    return max(LOWEST_BORG, min(HIGHEST_BORG, rating))
