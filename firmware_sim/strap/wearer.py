"""What a strap feels: the seam between firmware and whoever wears it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class HeartReport:
    """What the firmware has to say about once a second: rate, and the beats since last time."""

    at_ns: int
    bpm: int
    rr_ticks: tuple[int, ...]  # 1/1024 s, oldest first
    contact: bool = True  # the electrodes feel skin


class HeartReporter(Protocol):
    """Reports in order of time, each given once."""

    def next_ns(self) -> int:
        """When the next report is due."""

    def take_until(self, now_ns: int) -> Sequence[HeartReport]:
        """Every report due up to now that wasn't taken yet."""


class SampledSignal(Protocol):
    """A sensor's whole-number samples, taken in order once started."""

    def start(self, rate_hz: int, now_ns: int) -> None:
        """Sampling begins at this nominal rate; the first sample is the one after `now_ns`."""

    def take(self, count: int, first_ns: int, last_ns: int) -> IntArray:
        """The next samples, (count, channels), evenly from first to last."""

    def skip(self, count: int) -> None:
        """Samples that nobody will see."""


@dataclass(frozen=True, slots=True)
class Wearer:
    """One body under one strap."""

    heart: HeartReporter
    chest_mg: SampledSignal  # three channels: towards the feet, to her left, out of the chest
    ecg_uv: SampledSignal  # one channel
