"""A strap's clock against its gateway's monotonic one, as long as it goes on, and how well."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from server.decoding.clocks.envelope import compute_floor
from server.decoding.clocks.frames import NS_PER_MS, NS_PER_S, PPB, FrameTimes, Ints, scale_ppb
from server.decoding.clocks.slope import WANDER_PPB, Slope, SlopeSource, choose_slope

_SHORT_NS = 10 * NS_PER_S  # fewer arrivals may all have come late
_BAD_P50_MS = 100.0  # five times the error that is promised: half of all frames tell little
# A clock that parts as fast as the limit allows for a minute isn't followed, but held back.
_LIMIT_SHARE = 0.9
_LIMIT_AFTER_NS = 60 * NS_PER_S


class ClockWarning(StrEnum):
    """What a reader must know of a segment's times."""

    BAD_FIT = "bad_fit"  # arrivals don't lie along a line: times may be off by more than 20 ms
    CLOCK_STEP = "clock_step"  # it begins where the strap's clock was set
    RATE_MISMATCH = "rate_mismatch"  # more than 1 % from the rate asked for, or a rate of no strap
    TOO_SHORT = "too_short"  # under ten seconds: a burst may have moved all of it


@dataclass(frozen=True, slots=True)
class ClockFit:
    """How the frames (n) of one segment arrived against the fitted clock. To be stored beside it.

    `offset_ns`: gateway monotonic minus stamp at the first frame. `slope_ppm`: by how much the
    gateway's clock runs faster. Residuals are delays above the least one: never negative.
    """

    n: int
    span_ms: float
    offset_ns: int
    slope_ppm: float
    slope_source: SlopeSource
    residual_p50_ms: float
    residual_p95_ms: float
    residual_max_ms: float
    warnings: tuple[ClockWarning, ...]


@dataclass(frozen=True, slots=True)
class FittedClock:
    """One unbroken clock. `ends_ns` (F,): gateway monotonic moment of each frame's last sample."""

    ends_ns: Ints
    slope: Slope
    warnings: tuple[ClockWarning, ...]


def fit_clock(frames: FrameTimes, carried_ppb: int | None = None) -> FittedClock:
    """Fit frames of one unbroken clock, at least one, whose stamps rise strictly.

    The offset is there from the first frame on; the slope is held at zero, or at the same strap's
    last one, below 40 min. `ends_ns` rise strictly, too, and no frame arrives before its own.
    """
    stamps_ns = frames.stamps_ns
    excess_ns = frames.arrivals_ns - stamps_ns
    slope = choose_slope(stamps_ns, excess_ns, carried_ppb)
    line_ns = scale_ppb(stamps_ns - stamps_ns[0], slope.ppb)
    wander_ppb = WANDER_PPB[slope.source]
    floor_ns = compute_floor(stamps_ns, excess_ns - line_ns, wander_ppb)
    span_ns = int(stamps_ns[-1] - stamps_ns[0])
    warnings = [ClockWarning.TOO_SHORT] if span_ns < _SHORT_NS else []
    if _is_held_back(int(floor_ns[-1] - floor_ns[0]), span_ns, wander_ppb):
        warnings.append(ClockWarning.BAD_FIT)
    return FittedClock(stamps_ns + line_ns + floor_ns, slope, tuple(warnings))


def summarise_fit(frames: FrameTimes, ends_ns: Ints, clock: FittedClock) -> ClockFit:
    """How these frames (F,) of the clock arrived against it."""
    residuals_ms = (frames.arrivals_ns - ends_ns) / NS_PER_MS
    p50_ms, p95_ms = np.percentile(residuals_ms, (50, 95)).tolist()
    warnings = list(clock.warnings)
    if p50_ms > _BAD_P50_MS and ClockWarning.BAD_FIT not in warnings:
        warnings.append(ClockWarning.BAD_FIT)
    return ClockFit(
        n=len(frames),
        span_ms=int(frames.stamps_ns[-1] - frames.stamps_ns[0]) / NS_PER_MS,
        offset_ns=int(ends_ns[0] - frames.stamps_ns[0]),
        slope_ppm=clock.slope.ppb * 1e6 / PPB,
        slope_source=clock.slope.source,
        residual_p50_ms=p50_ms,
        residual_p95_ms=p95_ms,
        residual_max_ms=float(residuals_ms.max()),
        warnings=tuple(warnings),
    )


def _is_held_back(parted_ns: int, span_ns: int, wander_ppb: int) -> bool:
    if span_ns < _LIMIT_AFTER_NS:
        return False
    return abs(parted_ns) * PPB >= _LIMIT_SHARE * span_ns * wander_ppb
