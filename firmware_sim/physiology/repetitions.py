"""When each repetition begins: the truth that counters are judged by."""

import random
from bisect import bisect_left, bisect_right

from firmware_sim.physiology.activities import EFFORTS
from firmware_sim.physiology.circuit import Segment, Timetable

_GETTING_READY_S = (1.0, 3.0)  # from the whistle to the first repetition
_TEMPO_SPREAD = 0.10  # wearers differ this much, relative, one standard deviation
_REPETITION_SPREAD = 0.05  # and each repetition from the next


class Repetitions:
    """Starting times and lengths of every repetition of one wearer's session, in real seconds."""

    def __init__(self, timetable: Timetable, rng: random.Random) -> None:
        tempo = max(0.7, rng.gauss(1.0, _TEMPO_SPREAD))
        self.starts_s: list[float] = []
        self.ends_s: list[float] = []
        for segment in timetable.segments:
            self._count_out(segment, tempo, rng)

    def _count_out(self, segment: Segment, tempo: float, rng: random.Random) -> None:
        nominal_s = EFFORTS[segment.activity].repetition_s
        if nominal_s is None:
            return
        at_s = segment.starts_s + rng.uniform(*_GETTING_READY_S)
        n_left = segment.repetitions
        while n_left is None or n_left > 0:
            lasts_s = nominal_s * tempo * max(0.7, rng.gauss(1.0, _REPETITION_SPREAD))
            if at_s + lasts_s > segment.ends_s:
                return
            self.starts_s.append(at_s)
            self.ends_s.append(at_s + lasts_s)
            at_s += lasts_s
            n_left = None if n_left is None else n_left - 1

    def in_segment(self, segment: Segment) -> list[float]:
        """Starting times of the repetitions done in this segment."""
        low = bisect_left(self.starts_s, segment.starts_s)
        high = bisect_right(self.starts_s, segment.ends_s)
        return self.starts_s[low:high]
