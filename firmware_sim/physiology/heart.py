"""A beating heart: RR intervals in 1/1024 s, as far ahead as anybody looks."""

from collections import deque

from firmware_sim.physiology.artefacts import Artefacts
from firmware_sim.physiology.circuit import Timetable
from firmware_sim.physiology.kinetics import MeanHeartRate
from firmware_sim.physiology.variability import Variability

RR_TICKS_PER_SECOND = 1024  # Heart Rate Service 1.0
MIN_RR_S, MAX_RR_S = 0.25, 4.0
_NS_PER_S = 1_000_000_000
_KEPT_BEATS = 64  # enough behind for the ECG of the widest frame


class Heart:
    """Beats lie on whole ticks, so that each RR is exactly the time between two beats."""

    def __init__(
        self,
        timetable: Timetable,
        mean: MeanHeartRate,
        variability: Variability,
        artefacts: Artefacts,
        start_ns: int,
    ) -> None:
        self._timetable = timetable
        self._mean = mean
        self._variability = variability
        self._artefacts = artefacts
        self._start_ns = start_ns
        self._last_tick = 0
        self._untaken: deque[tuple[int, int]] = deque()  # (tick of the beat, RR before it)
        self._beats: deque[int] = deque([0], maxlen=_KEPT_BEATS)

    def beats_until(self, now_ns: int) -> list[int]:
        """RR of the beats up to now that weren't given yet, oldest first."""
        now_tick = (now_ns - self._start_ns) * RR_TICKS_PER_SECOND // _NS_PER_S
        self._beat_until(now_tick)
        taken = []
        while self._untaken and self._untaken[0][0] <= now_tick:
            taken.append(self._untaken.popleft()[1])
        return taken

    def beat_times_s(self, until_s: float) -> list[float]:
        """Recent beats, and those up to `until_s`, in real seconds since the start."""
        self._beat_until(round(until_s * RR_TICKS_PER_SECOND))
        return [tick / RR_TICKS_PER_SECOND for tick in self._beats]

    def _beat_until(self, tick: int) -> None:
        while self._last_tick <= tick:
            elapsed_s = self._last_tick / RR_TICKS_PER_SECOND
            bpm = self._mean.at(elapsed_s)
            rr_s = 60.0 / bpm * (1.0 + self._variability.relative(elapsed_s, bpm))
            for felt_s in self._artefacts.disturb(rr_s, self._timetable.at(elapsed_s).activity):
                self._beat(max(MIN_RR_S, min(MAX_RR_S, felt_s)))

    def _beat(self, rr_s: float) -> None:
        rr_ticks = round(rr_s * RR_TICKS_PER_SECOND)
        self._last_tick += rr_ticks
        self._untaken.append((self._last_tick, rr_ticks))
        self._beats.append(self._last_tick)
