"""What `dose movement` says: one JSON document, or a table."""

from collections.abc import Iterator
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from server.commands.movement_file import MG_PER_G, MovementFile
from server.dose.movement.calibration import CALIBRATION_VERSION, CalibrationReport, Uncalibrated
from server.dose.movement.clipping import find_plateau_mg
from server.dose.movement.counts.activity_counts import COUNTS_VERSION, ActivityCounts
from server.dose.movement.epochs import EPOCHS_VERSION, Epochs
from server.dose.quantity import Missing

UNCALIBRATED_WORDS: Final = {
    Uncalibrated.NOT_ASKED: "not asked for",
    Uncalibrated.FEW_STILL_WINDOWS: "too few still times of 10 s",
    Uncalibrated.FEW_ORIENTATIONS: "still times don't reach 0.3 g to both sides on every axis;"
    " add other recordings with --calibrate-from, or a check with --six-positions",
    Uncalibrated.FEW_POSITIONS: "the check doesn't have all six faces of the strap",
    Uncalibrated.NO_IMPROVEMENT: "the correction found is no better than none",
    Uncalibrated.LARGE_ERROR: "still times are more than 10 mg from 1 g even when corrected",
}
Counts = ActivityCounts | Missing | None


def write_json(
    file: MovementFile, epochs: Epochs, calibration: CalibrationReport, counts: Counts
) -> str:
    """Everything, with null where there is no number and the reason beside it."""
    document = {
        "enmo_mg": _list_numbers(epochs.enmo_mg),
        "mad_mg": _list_numbers(epochs.mad_mg),
        "epoch_s": epochs.epoch_s,
        "calibrated": calibration.calibration is not None,
        "start_s": epochs.start_s,
        "coverage": epochs.coverage.tolist(),
        "missing": epochs.missing,
        "zero_filled": epochs.zero_filled.tolist(),
        "clipped": epochs.clipped.tolist(),
        "flags": list_flags(file, epochs, calibration),
        "measured_hz": file.measured_hz,
        "calibration": _describe(calibration),
        "version": EPOCHS_VERSION,
    }
    if counts is not None:
        document["counts"] = _describe_counts(counts)
    return msgspec.json.encode(document).decode() + "\n"


def write_table(
    file: MovementFile, epochs: Epochs, calibration: CalibrationReport, counts: Counts
) -> str:
    """A line an epoch, then what is to be known of all of them."""
    lines = ["   start s  ENMO mg   MAD mg  heard", *_list_epochs(epochs)]
    lines.append(_tell_calibration(calibration))
    if "clipping_suspected" in list_flags(file, epochs, calibration):
        lines.append("an axis stays at its extreme: clipped? say its full scale with --range")
    lines += _list_counts(counts)
    return "\n".join(lines) + "\n"


def list_flags(file: MovementFile, epochs: Epochs, calibration: CalibrationReport) -> list[str]:
    """What a reader must know beside the numbers."""
    flags = [] if calibration.calibration is not None else ["uncalibrated"]
    if epochs.clipped.any():
        flags.append("clipped")
    elif find_plateau_mg(file.samples_mg) is not None:
        flags.append("clipping_suspected")
    return flags


def _tell_calibration(calibration: CalibrationReport) -> str:
    if calibration.reason is not None:
        return f"uncalibrated: {UNCALIBRATED_WORDS[calibration.reason]}"
    before_mg, after_mg = _to_mg(calibration.error_before_g), _to_mg(calibration.error_after_g)
    return (
        f"calibrated by {calibration.n_still_windows} still times: mean error"
        f" {before_mg:.1f} mg before, {after_mg:.1f} mg after"
    )


def _list_epochs(epochs: Epochs) -> Iterator[str]:
    for place, reason in enumerate(epochs.missing):
        start_s = epochs.start_s + place * epochs.epoch_s
        numbers = (
            f"{epochs.enmo_mg[place]:8.1f} {epochs.mad_mg[place]:8.1f}"
            if reason is None
            else f"{'-':>8} {'-':>8}"
        )
        told = f"  {reason.replace('_', ' ')}" if reason else ""
        clipped = f"  {epochs.clipped[place]:.0%} clipped" if epochs.clipped[place] else ""
        yield f"{start_s:10.1f} {numbers}  {epochs.coverage[place]:5.0%}{told}{clipped}"


def _list_counts(counts: Counts) -> Iterator[str]:
    if counts is None:
        return
    if isinstance(counts, Missing):
        yield "no counts: they are defined for 30, 40, … 100 Hz and 200 Hz"
        return
    yield "counts a minute: x y z, vector magnitude"
    for row, whole, reason in zip(
        counts.counts.tolist(), counts.vector_magnitude.tolist(), counts.missing, strict=True
    ):
        axes = " ".join(f"{value:.0f}" for value in row)
        yield reason.replace("_", " ") if reason else f"{axes}, {whole:.0f}"


def _describe(calibration: CalibrationReport) -> dict[str, Any]:
    found = calibration.calibration
    return {
        "reason": calibration.reason,
        "offsets_g": found and found.offsets_g,
        "gains": found and found.gains,
        "n_still_windows": calibration.n_still_windows,
        "reach_g": calibration.reach_g,
        "error_before_g": calibration.error_before_g,
        "error_after_g": calibration.error_after_g,
        "version": CALIBRATION_VERSION,
    }


def _describe_counts(counts: ActivityCounts | Missing) -> dict[str, Any]:
    if isinstance(counts, Missing):
        return {"missing": counts, "version": COUNTS_VERSION}
    x, y, z = counts.counts.T
    return {
        "epoch_s": counts.epoch_s,
        "x": _list_numbers(x),
        "y": _list_numbers(y),
        "z": _list_numbers(z),
        "vector_magnitude": _list_numbers(counts.vector_magnitude),
        "coverage": counts.coverage.tolist(),
        "missing": counts.missing,
        "version": COUNTS_VERSION,
    }


def _list_numbers(values: NDArray[np.float64]) -> list[float | None]:
    return [None if np.isnan(value) else value for value in values.tolist()]


def _to_mg(error_g: float | None) -> float:
    return MG_PER_G * (error_g or 0.0)
