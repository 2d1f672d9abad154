"""Reports made from simulated beats, about once a second."""

from collections.abc import Callable, Sequence
from typing import Protocol

from firmware_sim.strap.heart_average import HeartAverage
from firmware_sim.strap.wearer import HeartReport

REPORT_EVERY_NS = 1_000_000_000  # straps notify about once a second (Heart Rate Service 1.0)


class BeatSource(Protocol):
    """A heart: the RR interval that ends with each beat."""

    def beats_until(self, now_ns: int) -> Sequence[int]:
        """RR (1/1024 s) of the beats up to now that weren't given yet, oldest first."""


class BeatReporter:
    """A HeartReporter over a simulated heart."""

    def __init__(
        self, beats: BeatSource, first_report_ns: int, has_contact: Callable[[int], bool]
    ) -> None:
        self._beats = beats
        self._has_contact = has_contact
        self._average = HeartAverage()
        self._next_ns = first_report_ns

    def next_ns(self) -> int:
        """When the next report is due."""
        return self._next_ns

    def take_until(self, now_ns: int) -> list[HeartReport]:
        """Every report due up to now, each with the beats since the one before."""
        reports = []
        while self._next_ns <= now_ns:
            reports.append(self._report(self._next_ns))
            self._next_ns += REPORT_EVERY_NS
        return reports

    def _report(self, at_ns: int) -> HeartReport:
        rr_ticks = tuple(self._beats.beats_until(at_ns))
        if not self._has_contact(at_ns):
            return HeartReport(at_ns, self._average.bpm, (), contact=False)
        for rr in rr_ticks:
            self._average.add(rr)
        return HeartReport(at_ns, self._average.bpm, rr_ticks)
