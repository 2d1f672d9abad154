"""A wearer made of physiology: one seed, one body, one session."""

import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from firmware_sim.physiology.artefacts import ArtefactRates, Artefacts
from firmware_sim.physiology.circuit import STATIONS, Timetable, build_timetable
from firmware_sim.physiology.electrocardiogram import electrocardiogram_uv
from firmware_sim.physiology.heart import Heart
from firmware_sim.physiology.kinetics import MeanHeartRate, draw_traits
from firmware_sim.physiology.movement import Movement
from firmware_sim.physiology.repetitions import Repetitions
from firmware_sim.physiology.templates import FloatArray
from firmware_sim.physiology.variability import Variability
from firmware_sim.strap.beat_reporter import REPORT_EVERY_NS, BeatReporter
from firmware_sim.strap.wearer import IntArray, Wearer

# Wearers begin up to this much later than the clock says, so that at any moment some work and
# some rest.
_LATE_S = (0.0, 100.0)
_FRAMES_AHEAD = 14  # 504 samples of acceleration at a time: numpy's cost is per call
_NS_PER_S = 1_000_000_000
_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Session:
    """Which part of the hour is simulated, and how fast the timetable runs."""

    starts_at_min: float = 12.0
    time_factor: float = 1.0
    artefacts: ArtefactRates = ArtefactRates()


@dataclass(frozen=True, slots=True)
class Body:
    """One wearer's truth: what she does when, and how she differs from the others."""

    timetable: Timetable
    repetitions: Repetitions
    heart: Heart
    movement: Movement
    contact_losses_s: tuple[tuple[float, float], ...]


def draw_body(seed: int, index: int, start_ns: int, session: Session) -> Body:
    """The wearer of strap `index` (from 0): the same for the same seed, whoever else there is."""

    def chance(purpose: str) -> random.Random:
        return random.Random(f"{seed}/{index}/{purpose}")

    session_s = session.starts_at_min * 60.0 - chance("late").uniform(*_LATE_S)
    timetable = build_timetable(index % len(STATIONS), session_s, session.time_factor)
    repetitions = Repetitions(timetable, chance("repetitions"))
    mean = MeanHeartRate(timetable, draw_traits(chance("traits")))
    artefacts = Artefacts(session.artefacts, chance("artefacts"))
    losses = Artefacts(session.artefacts, chance("contact")).draw_contact_losses(_DAY_S)
    heart = Heart(timetable, mean, Variability(chance("variability")), artefacts, start_ns)
    movement = Movement(timetable, repetitions, chance("movement"))
    return Body(timetable, repetitions, heart, movement, tuple(losses))


class BlockSignal:
    """A SampledSignal over a function of time, computed for many frames at once."""

    def __init__(self, function: Callable[[FloatArray], FloatArray], start_ns: int) -> None:
        self._function = function
        self._start_ns = start_ns
        self._block: IntArray = np.empty((0, 1), dtype=np.int64)
        self._used = 0

    def start(self, rate_hz: int, now_ns: int) -> None:
        """See SampledSignal."""
        del rate_hz, now_ns
        self._used = len(self._block)

    def take(self, count: int, first_ns: int, last_ns: int) -> IntArray:
        """See SampledSignal."""
        if len(self._block) - self._used < count:
            self._fill(count, first_ns, last_ns)
        taken = self._block[self._used : self._used + count]
        self._used += count
        return taken

    def skip(self, count: int) -> None:
        """See SampledSignal."""
        self._used = min(len(self._block), self._used + count)

    def _fill(self, count: int, first_ns: int, last_ns: int) -> None:
        """Anchored at the true time of each block's first sample, so that no drift adds up."""
        spacing_s = (last_ns - first_ns) / max(1, count - 1) / _NS_PER_S
        first_s = (first_ns - self._start_ns) / _NS_PER_S
        n = count * _FRAMES_AHEAD
        elapsed_s = np.linspace(first_s, first_s + spacing_s * (n - 1), n)
        self._block = np.rint(self._function(elapsed_s)).astype(np.int64)
        self._used = 0


def simulated_wearer(body: Body, start_ns: int, rng: random.Random) -> Wearer:
    """What a strap on this body feels, from `start_ns` on."""

    def has_contact(now_ns: int) -> bool:
        elapsed_s = (now_ns - start_ns) / _NS_PER_S
        return not any(begins <= elapsed_s < ends for begins, ends in body.contact_losses_s)

    def ecg_uv(elapsed_s: FloatArray) -> FloatArray:
        return electrocardiogram_uv(body.heart, elapsed_s).reshape(-1, 1)

    first_report_ns = start_ns + rng.randrange(REPORT_EVERY_NS)
    return Wearer(
        BeatReporter(body.heart, first_report_ns, has_contact),
        BlockSignal(body.movement.acceleration_mg, start_ns),
        BlockSignal(ecg_uv, start_ns),
    )
