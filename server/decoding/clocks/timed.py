"""One strap's acceleration with the moment of each sample, what is missing, how sure that is."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from protocol.identifiers import BootId
from server.decoding.clocks.fit import ClockFit
from server.decoding.clocks.frames import Ints
from server.decoding.clocks.gateway_clock import WallStep

# Raised when the same bytes get other times: projections with an older one are rebuilt.
CLOCKS_VERSION = 1


class SampleGapCause(StrEnum):
    """Why samples don't follow each other evenly."""

    LOST = "lost"  # strap and gateway agree: time passed, frames are missing
    UNREADABLE = "unreadable"  # a frame came there that can't be decoded, or not to its end
    CLOCK_STEP = "clock_step"  # the strap's clock was set: by a host, or it began again in 2019
    RECONNECT = "reconnect"  # the link or the stream began anew
    NEW_BOOT = "new_boot"  # the gateway's machine did


@dataclass(frozen=True, slots=True)
class SampleGap:
    """Between the last sample before and the first after, where `n_lost` samples are missing.

    Where the end of a frame was cut off, up to the last sample that it announced.

    After a step, a reconnection or a boot `n_lost` is told by the gateway's clock, to within some
    20 ms; one that leaves less than half a frame is 0. `to_utc_ns` may then lie before `from`.
    """

    cause: SampleGapCause
    from_utc_ns: int
    to_utc_ns: int
    n_lost: int


@dataclass(frozen=True, slots=True)
class TimedSegment:
    """Samples `first` to before `end` of one connection and clock: their times rise strictly.

    `rate_hz`: samples a second of the strap's clock. `nominal_hz`: what was asked for or what it
    must be, None where no strap has such a rate.
    """

    boot_id: BootId
    first: int
    end: int
    rate_hz: float
    nominal_hz: int | None
    clock: ClockFit


@dataclass(frozen=True, slots=True)
class FrameTally:
    """Every frame that came, once: in the samples, or left out for one of these reasons."""

    n_timed: int = 0
    n_repeated: int = 0  # the stamp of the one before
    n_backward: int = 0  # an older stamp, whose samples came before
    n_refused: int = 0  # not decodable, or its counts have no known unit
    n_untimed: int = 0  # one lone frame of an unknown rate

    def __add__(self, other: "FrameTally") -> "FrameTally":
        return FrameTally(
            self.n_timed + other.n_timed,
            self.n_repeated + other.n_repeated,
            self.n_backward + other.n_backward,
            self.n_refused + other.n_refused,
            self.n_untimed + other.n_untimed,
        )


@dataclass(frozen=True, slots=True)
class TimedAcceleration:
    """All samples (N) of one strap and gateway.

    `utc_ns` (N,): since 1970. `samples_mg` (N, 3), float32: exact for raw frames.
    `segment` (N,): index into `segments`, which are in order of time and joined without overlap in
    the arrays. Nothing is interpolated: `gaps` say what is missing. `carried_ppb`: the slope
    to hand in with the same strap's next records, None while none is known.
    """

    utc_ns: Ints
    samples_mg: NDArray[np.float32]
    segment: NDArray[np.int32]
    segments: tuple[TimedSegment, ...]
    gaps: tuple[SampleGap, ...]
    wall_steps: tuple[WallStep, ...]
    tally: FrameTally
    carried_ppb: int | None
