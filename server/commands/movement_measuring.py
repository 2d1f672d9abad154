"""From a file's samples to epochs, calibration and counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.commands.movement_file import MG_PER_G, MovementFile
from server.dose.movement.autocalibration import (
    SIX_POSITIONS_WINDOW_S,
    autocalibrate,
    calibrate_six_positions,
)
from server.dose.movement.calibration import Calibration, CalibrationReport, Uncalibrated
from server.dose.movement.counts.activity_counts import ActivityCounts, compute_counts
from server.dose.movement.epoch_grid import EpochGrid
from server.dose.movement.epoch_stream import EpochStream
from server.dose.movement.epochs import Epochs
from server.dose.movement.still_windows import STILL_WINDOW_S, find_still_windows
from server.dose.movement.stretches import Stretch, split_stretches
from server.dose.quantity import Missing

NOT_CALIBRATED: Final = CalibrationReport(None, Uncalibrated.NOT_ASKED, 0)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file with its nominal rate and what corrects its axes."""

    file: MovementFile
    rate_hz: float
    calibration: Calibration | None


def calibrate(files: Sequence[MovementFile]) -> CalibrationReport:
    """From the still times of all recordings of one strap together."""
    return autocalibrate(np.concatenate([_find_still(file, STILL_WINDOW_S) for file in files]))


def calibrate_by_check(check: MovementFile) -> CalibrationReport:
    """From a recording of the strap lying on each of its six faces in turn."""
    return calibrate_six_positions(_find_still(check, SIX_POSITIONS_WINDOW_S))


def measure(reading: Reading, epoch_s: float, range_g: float | None) -> Epochs:
    """Epochs that count from the file's first sample."""
    file = reading.file
    grid = EpochGrid(reading.rate_hz, epoch_s, float(file.times_s[0]))
    range_mg = None if range_g is None else range_g * MG_PER_G
    stream = EpochStream(grid, reading.calibration, range_mg)
    stream.add_stamped(file.samples_mg, file.times_s)
    return stream.finish()


def count(reading: Reading) -> ActivityCounts | Missing:
    """Activity counts per minute, or why there are none."""
    file, rate_hz = reading.file, reading.rate_hz
    correct = (reading.calibration or Calibration()).apply
    times_s = file.times_s - file.times_s[0]
    stretches = (
        Stretch(stretch.start_s, correct(stretch.samples / MG_PER_G))
        for stretch in split_stretches(file.samples_mg, times_s, rate_hz)
    )
    return compute_counts(stretches, rate_hz, file.duration_s(rate_hz))


def _find_still(file: MovementFile, window_s: float) -> NDArray[np.float64]:
    found = [np.zeros((0, 3))]
    for stretch in split_stretches(file.samples_mg, file.times_s, file.measured_hz):
        samples_g = stretch.samples / MG_PER_G
        found.append(find_still_windows(samples_g, file.measured_hz, window_s))
    return np.concatenate(found)
