"""A wearer who is a recording: the same bytes' worth of heart and chest, in a loop."""

from firmware_sim.errors import ScenarioError
from firmware_sim.strap.recording import ACC_HZ, ECG_HZ, Recording
from firmware_sim.strap.wearer import HeartReport, IntArray, Wearer

_NS_PER_S = 1_000_000_000


class ReplayedHeart:
    """A HeartReporter that says what the recorded strap said, when it said it."""

    def __init__(self, recording: Recording, begins_ns: int) -> None:
        self._recording = recording
        self._loop_begins_ns = begins_ns
        self._index = 0

    def next_ns(self) -> int:
        """See HeartReporter."""
        return self._loop_begins_ns + self._recording.reports[self._index].offset_ns

    def take_until(self, now_ns: int) -> list[HeartReport]:
        """See HeartReporter."""
        reports = []
        while (at_ns := self.next_ns()) <= now_ns:
            recorded = self._recording.reports[self._index]
            reports.append(HeartReport(at_ns, recorded.bpm, recorded.rr_ticks))
            self._index += 1
            if self._index == len(self._recording.reports):
                self._index = 0
                self._loop_begins_ns += self._recording.duration_ns
        return reports


class ReplayedSignal:
    """A SampledSignal that gives recorded samples one after the other, whatever the clock says.

    A slower stream takes every 2nd, 4th or 8th of them, without a filter.
    """

    def __init__(self, samples: IntArray, recorded_hz: int, begins_ns: int) -> None:
        self._samples = samples
        self._recorded_hz = recorded_hz
        self._begins_ns = begins_ns
        self._next = 0
        self._step = 1

    def start(self, rate_hz: int, now_ns: int) -> None:
        """See SampledSignal. Begins where the recording has got to by now."""
        if self._recorded_hz % rate_hz:
            raise ScenarioError(f"{self._recorded_hz} Hz can't be replayed at {rate_hz} Hz")
        self._step = self._recorded_hz // rate_hz
        self._next = (now_ns - self._begins_ns) * self._recorded_hz // _NS_PER_S

    def take(self, count: int, first_ns: int, last_ns: int) -> IntArray:
        """See SampledSignal."""
        del first_ns, last_ns
        places = range(self._next, self._next + count * self._step, self._step)
        self.skip(count)
        taken: IntArray = self._samples.take(places, axis=0, mode="wrap")
        return taken

    def skip(self, count: int) -> None:
        """See SampledSignal."""
        self._next += count * self._step


def replay_wearer(recording: Recording, begins_ns: int) -> Wearer:
    """A wearer at whose start the recording begins; before now, it is already under way."""
    return Wearer(
        ReplayedHeart(recording, begins_ns),
        ReplayedSignal(recording.acc_mg, ACC_HZ, begins_ns),
        ReplayedSignal(recording.ecg_uv, ECG_HZ, begins_ns),
    )
