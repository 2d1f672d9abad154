"""Where a trunk goes up and down at a step's pace, and how quickly."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from server.dose.repetitions.likeness import choose_period, self_likeness
from server.dose.repetitions.trunk import RATE_HZ, FloatArray, Trunk, filter_band

_PERIOD_S: Final = (0.26, 1.12)  # a sprinter's step to the slowest one of a stepper
_SWAY_HZ: Final = 0.3  # leaning and sitting down are this slow
_HEARD: Final = 0.7  # share of a window
BAND_HZ: Final = (0.8, 4.0)
WINDOW: Final = int(4 * RATE_HZ)
HOP: Final = int(0.5 * RATE_HZ)


@dataclass(frozen=True, slots=True)
class Pace:
    """What it takes to be counted."""

    vertical_mg: float  # root mean square
    share: float  # of all movement that is vertical: a cyclist sways sideways
    likeness: float
    seconds: float
    even: float = (
        0.5  # quietest second of a window against the whole: a jump and a rest aren't even
    )
    like_next: float = 0.6  # of the likeness of every other step; a limp leaves that much
    # Of the usual rise and fall, at a bout's ends: a step that is cut off there isn't one.
    whole: float = 0.72


# Cyclists of the development data have up to 55 mg and a share of 0.6, walkers 100 mg and 0.7.
UNNAMED: Final = Pace(70.0, 0.45, 0.6, 13.0)
NAMED: Final = Pace(45.0, 0.3, 0.3, 3.0, even=0.25, like_next=0.3)
# Nothing else throws a trunk up and down like this: a few seconds are enough.
HOPS: Final = Pace(400.0, 0.45, 0.6, 3.0)


def measure_periods(bounce: FloatArray, trunk: Trunk, pace: Pace) -> tuple[FloatArray, FloatArray]:
    """Period in samples of each window and its likeness, 0 where it isn't one of steps."""
    windows = _cut(bounce)
    moves = np.flatnonzero(_moves(windows, trunk, pace))
    shortest, longest = (int(period * RATE_HZ) for period in _PERIOD_S)
    lags = np.arange(shortest, longest + 1)
    period, likeness = choose_period(self_likeness(windows[moves][:, :, None], lags), lags)
    paced = (likeness >= pace.likeness) & _is_whole(trunk, moves, period, pace.like_next)
    told = np.zeros((2, len(windows)))
    told[:, moves] = np.where(paced, [period, likeness], 0.0)
    return told[0], told[1]


def _cut(samples: FloatArray) -> FloatArray:
    return np.asarray(sliding_window_view(samples, WINDOW)[::HOP])


def _moves(windows: FloatArray, trunk: Trunk, pace: Pace) -> NDArray[np.bool_]:
    """Whether a window has enough movement, mostly up and down, all the time, and was heard."""
    power = np.mean(windows**2, axis=1)
    swaying = filter_band(trunk.acceleration_mg, RATE_HZ, low_hz=_SWAY_HZ, high_hz=BAND_HZ[1])
    all_power = np.mean(_cut(np.sum(swaying**2, axis=1)), axis=1)
    seconds = windows.reshape(len(windows), -1, int(RATE_HZ))
    quietest = np.mean(seconds**2, axis=2).min(axis=1)
    return np.asarray(
        (power >= pace.vertical_mg**2)
        & (power >= pace.share**2 * all_power)
        & (quietest >= pace.even**2 * power)
        & (_cut((trunk.heard & trunk.upright).astype(np.float64)).mean(axis=1) >= _HEARD)
    )


def _is_whole(
    trunk: Trunk, moves: NDArray[np.int64], period: FloatArray, like_next: float
) -> NDArray[np.bool_]:
    """Whether a step is as like the next one as the one after: else it is half of something."""
    slow = filter_band(trunk.vertical_mg, RATE_HZ, low_hz=_SWAY_HZ, high_hz=BAND_HZ[1])
    lags = np.arange(1, 2 * int(_PERIOD_S[1] * RATE_HZ) + 1)
    likeness = self_likeness(_cut(slow)[moves][:, :, None], lags)
    at = np.maximum(period.astype(np.int64), 1)
    row = np.arange(len(moves))
    return np.asarray(likeness[row, at - 1] >= like_next * likeness[row, 2 * at - 1])
