"""Acceleration of any rate brought to one rate, with its vertical part and what wasn't heard."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import signal
from scipy.ndimage import uniform_filter1d

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

RATE_HZ: Final = 25.0  # a jump's flight of 0.2 s is 5 samples; nothing a trunk does needs more
GRAVITY_MG: Final = 1000.0
LOWEST_RATE_HZ: Final = 12.0  # the quickest steps, 3 a second, need 4 samples each
_SMOOTH_HZ: Final = 10.0  # cut-off, so that every rate gives the same trace
_POSTURE_HZ: Final = 0.25  # slower than this a change of acceleration is a change of posture
_TURN_HZ: Final = 1.0  # a turn is slower; steps and hops, which pull to and fro, are quicker
_TURN_S: Final = 4.0
_UPRIGHT: Final = 0.85  # share of the mean length that is left of the mean vector: about 30 degrees
_LOST_SAMPLES: Final = 2  # so many samples of exactly (0, 0, 0) are a drop-out: free fall has noise


@dataclass(frozen=True, slots=True)
class Trunk:
    """What moved, at RATE_HZ.

    `acceleration_mg` is (n, 3); `vertical_mg` (n,) is its part along gravity, 0 at rest, above 0
    upwards; `heard` (n,) is False where samples were missing (the others are bridged there only
    so that filters have something to run over); `upright` (n,) is False where she turns about so
    much that there is no telling what is up.
    """

    acceleration_mg: FloatArray
    vertical_mg: FloatArray
    heard: BoolArray
    upright: BoolArray

    @property
    def n(self) -> int:
        return len(self.heard)


def read_trunk(acceleration_mg: FloatArray, rate_hz: float) -> Trunk:
    """Bring (n, 3) milli-g sampled at `rate_hz` to RATE_HZ.

    NaN and runs of exactly (0, 0, 0) are missing. Raises ValueError for another shape, a rate
    below LOWEST_RATE_HZ, or less than a second that was heard.
    """
    if acceleration_mg.ndim != 2 or acceleration_mg.shape[1] != 3:
        raise ValueError(f"acceleration has shape {acceleration_mg.shape}, not (n, 3)")
    if rate_hz == np.inf:
        raise ValueError("inf Hz is no sampling rate")
    if not rate_hz >= LOWEST_RATE_HZ:
        raise ValueError(
            f"{rate_hz:g} Hz is too slow to count repetitions: {LOWEST_RATE_HZ:g} or more"
        )
    heard = ~find_lost(acceleration_mg)
    if heard.sum() < rate_hz:
        raise ValueError("less than a second of acceleration was heard")
    bridged = _bridge(acceleration_mg, heard)
    if rate_hz > 2 * _SMOOTH_HZ:
        bridged = filter_band(bridged, rate_hz, high_hz=_SMOOTH_HZ)
    at_s = np.arange(int(len(heard) / rate_hz * RATE_HZ)) / RATE_HZ
    had_s = np.arange(len(heard)) / rate_hz
    acceleration = np.stack([np.interp(at_s, had_s, bridged[:, axis]) for axis in range(3)], axis=1)
    nearest = np.minimum(np.rint(at_s * rate_hz).astype(np.int64), len(heard) - 1)
    return Trunk(acceleration, _vertical(acceleration), heard[nearest], _is_upright(acceleration))


def find_lost(acceleration_mg: FloatArray) -> BoolArray:
    """(n,) True where a sample is NaN or one of several zeros in a row on all axes."""
    zero = np.all(acceleration_mg == 0.0, axis=1)
    begins = np.flatnonzero(np.diff(zero, prepend=False) & zero)
    ends = np.flatnonzero(np.diff(zero, append=False) & zero) + 1
    lost = np.asarray(~np.isfinite(acceleration_mg).all(axis=1), dtype=np.bool_)
    for begin, end in zip(begins, ends, strict=True):
        lost[begin:end] |= end - begin >= _LOST_SAMPLES
    return lost


def filter_band(
    samples: FloatArray,
    rate_hz: float,
    *,
    low_hz: float | None = None,
    high_hz: float | None = None,
) -> FloatArray:
    """Butterworth, there and back, so that nothing shifts in time; along the first axis."""
    filtered = samples
    if low_hz is not None:
        filtered = _filter_once(filtered, rate_hz, low_hz, "highpass")
    if high_hz is not None:
        filtered = _filter_once(filtered, rate_hz, high_hz, "lowpass")
    return filtered


def _filter_once(
    samples: FloatArray, rate_hz: float, edge_hz: float, kind: Literal["highpass", "lowpass"]
) -> FloatArray:
    sos = _design(rate_hz, edge_hz, kind)
    pad = min(len(samples) - 1, int(rate_hz / edge_hz))
    return np.asarray(signal.sosfiltfilt(sos, samples, axis=0, padlen=pad))


@lru_cache(maxsize=64)
def _design(rate_hz: float, edge_hz: float, kind: Literal["highpass", "lowpass"]) -> FloatArray:
    """Made once: an evening has hundreds of sets at one rate."""
    return np.asarray(signal.butter(2, edge_hz, kind, fs=rate_hz, output="sos"))


def _bridge(acceleration_mg: FloatArray, heard: BoolArray) -> FloatArray:
    known = np.flatnonzero(heard)
    return np.stack(
        [
            np.interp(np.arange(len(heard)), known, acceleration_mg[known, axis])
            for axis in range(3)
        ],
        axis=1,
    )


def _vertical(acceleration_mg: FloatArray) -> FloatArray:
    gravity = filter_band(acceleration_mg, RATE_HZ, high_hz=_POSTURE_HZ)
    up = gravity / np.maximum(np.linalg.norm(gravity, axis=1, keepdims=True), 1.0)
    return np.asarray(np.sum(acceleration_mg * up, axis=1) - GRAVITY_MG)


def _is_upright(acceleration_mg: FloatArray) -> BoolArray:
    n = min(len(acceleration_mg), int(_TURN_S * RATE_HZ))
    slow = filter_band(acceleration_mg, RATE_HZ, high_hz=_TURN_HZ)
    mean = uniform_filter1d(slow, n, axis=0, mode="nearest")
    length = uniform_filter1d(np.linalg.norm(slow, axis=1), n, mode="nearest")
    return np.asarray(np.linalg.norm(mean, axis=1) >= _UPRIGHT * length)
