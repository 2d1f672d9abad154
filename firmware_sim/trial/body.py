"""One woman's body on one evening: the same for the same seed, whoever else there is."""

import random
from dataclasses import dataclass, replace

from firmware_sim.physiology.artefacts import ArtefactRates
from firmware_sim.physiology.circuit import Timetable
from firmware_sim.physiology.heart import Heart
from firmware_sim.physiology.kinetics import HeartTraits, MeanHeartRate, draw_traits
from firmware_sim.physiology.movement import Movement
from firmware_sim.physiology.repetitions import Repetitions
from firmware_sim.physiology.variability import Variability
from firmware_sim.trial.true_beats import BeatNotes


@dataclass(frozen=True, slots=True)
class Body:
    """`notes` has her true beats as far as anybody looked at `heart`; time 0 is her arrival."""

    hour: Timetable
    heart: Heart
    notes: BeatNotes
    repetitions: Repetitions
    movement: Movement


def draw_heart_traits(seed: int, code: str, resting_bpm: int) -> HeartTraits:
    """Her heart, the same on every evening; what was measured of it is in whole beats a minute."""
    traits = draw_traits(random.Random(f"{seed} {code} heart"))
    return replace(traits, resting_bpm=float(resting_bpm), peak_bpm=float(round(traits.peak_bpm)))


def draw_body(seed: int, code: str, ordinal: int, hour: Timetable, traits: HeartTraits) -> Body:
    """Her on that evening."""

    def chance(purpose: str) -> random.Random:
        return random.Random(f"{seed} {code} {ordinal} {purpose}")

    notes = BeatNotes(ArtefactRates(), chance("artefacts"))
    mean = MeanHeartRate(hour, traits)
    heart = Heart(hour, mean, Variability(chance("variability")), notes, 0)
    repetitions = Repetitions(hour, chance("repetitions"))
    return Body(hour, heart, notes, repetitions, Movement(hour, repetitions, chance("movement")))
