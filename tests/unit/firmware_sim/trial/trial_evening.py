"""An evening as a simulated trainer enters it, for tests of what straps sent in it."""

from functools import cache

from firmware_sim.evening.evening import write_evening
from firmware_sim.evening.pen import Pen
from firmware_sim.evening.woman import make_woman
from firmware_sim.physiology.kinetics import HeartTraits
from firmware_sim.trial.entered import Entered, read_entered
from tests.evening_bundle import CODES, make_evening_bundle, make_line

HEARTS = {code: HeartTraits(70.0, 170.0, 50.0, 80.0) for code in CODES}


@cache
def enter(n_women: int = 15, seed: int = 1, ordinal: int = 14) -> Entered:
    """The first so many of fifteen women."""
    women = [make_woman(code, "Fig", f"51ADA{n:03X}", seed) for n, code in enumerate(CODES, 1)]
    drafts = write_evening(make_evening_bundle(ordinal), make_line(ordinal), women[:n_women], seed)
    return read_entered(Pen("51ada51ada51ada0", "sara", seed).write(drafts))
