"""Acceleration from a file that people or other programs wrote, in mg, checked."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from server.commands.column_files import (
    PARQUET_SUFFIX,
    read_columns,
    read_header,
    require_columns,
    require_rising_times,
)
from server.errors import SettingsError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TIME: Final = "t_s"
G_COLUMNS: Final = ("x_g", "y_g", "z_g")
MG_COLUMNS: Final = ("x_mg", "y_mg", "z_mg")
MG_PER_G: Final = 1000.0
# Three weeks of 5 s epochs: a longer file has a time in it that isn't one.
_MOST_EPOCHS: Final = 400_000
# A chest's usual acceleration is near 1 g; many times that is another unit.
_USUAL_BELOW_G: Final = 4.0


@dataclass(frozen=True, slots=True)
class MovementFile:
    """Rising times (n,) and samples (n, 3), NaN where a cell has no number; n > 1."""

    path: Path
    times_s: "NDArray[np.float64]"
    samples_mg: "NDArray[np.float64]"
    measured_hz: float

    def duration_s(self, rate_hz: float) -> float:
        """From the first sample to the end of the last one."""
        return float(self.times_s[-1] - self.times_s[0]) + 1 / rate_hz


def read_movement(path: Path) -> MovementFile:
    """Raises SettingsError: columns, times that don't rise, another unit than the names say."""
    import numpy as np

    from server.dose.movement.sampling_rate import measure_rate_hz

    names = _find_columns(path)
    columns = read_columns(path, (TIME, *names))
    times_s = columns[TIME]
    require_rising_times(path, TIME, times_s)
    if len(times_s) < 2:
        raise SettingsError(f"{path} has one row: a rate needs two")
    samples_mg = np.stack([columns[name] for name in names], axis=1)
    if names == G_COLUMNS:
        samples_mg *= MG_PER_G
    _require_unit(path, names, samples_mg)
    return MovementFile(path, times_s, samples_mg, measure_rate_hz(times_s))


def require_rate(file: MovementFile, rate_hz: float) -> None:
    """Raises SettingsError where `--rate` and the stamps disagree."""
    from server.dose.movement.sampling_rate import agrees

    if not agrees(file.measured_hz, rate_hz):
        raise SettingsError(
            f"{file.path}: {TIME} has {file.measured_hz:.4g} samples a second, and --rate says"
            f" {rate_hz:g}; give the rate of the recording, or check that {TIME} is in seconds"
        )


def require_epochs(file: MovementFile, rate_hz: float, epoch_s: float) -> None:
    """Raises SettingsError where the file is shorter than an epoch, or too long to be one."""
    from server.dose.movement.epochs import LEAST_COVERAGE

    duration_s = file.duration_s(rate_hz)
    if duration_s / epoch_s > _MOST_EPOCHS:
        row, step_s = _find_longest_gap(file)
        raise SettingsError(
            f"{file.path}, row {row}: {TIME} jumps by {step_s:.6g} s; split the file there"
        )
    if duration_s < LEAST_COVERAGE * epoch_s:
        raise SettingsError(
            f"{file.path} lasts {duration_s:.3g} s, less than an epoch of {epoch_s:g} s"
        )


def _find_columns(path: Path) -> tuple[str, ...]:
    """Those in mg if any of these is there and none in g."""
    header = read_header(path)
    has_mg = any(name in header for name in MG_COLUMNS)
    names = MG_COLUMNS if has_mg and not any(name in header for name in G_COLUMNS) else G_COLUMNS
    require_columns(path, header, (TIME, *names))
    return names


def _require_unit(path: Path, names: tuple[str, ...], samples_mg: "NDArray[np.float64]") -> None:
    import numpy as np

    lengths_mg = np.linalg.norm(samples_mg, axis=1)
    heard_mg = lengths_mg[np.isfinite(lengths_mg)]
    if not heard_mg.size:
        raise SettingsError(f"{path}: no row has a number in all of {', '.join(names)}")
    usual_g = float(np.median(heard_mg)) / MG_PER_G
    if usual_g > _USUAL_BELOW_G:
        raise SettingsError(
            f"{path}: {', '.join(names)} are usually {usual_g:.3g} g long, where a chest has 1 g;"
            " is it m/s2, or mg in columns named for g? Convert it or rename the columns"
        )


def _find_longest_gap(file: MovementFile) -> tuple[int, float]:
    import numpy as np

    steps_s = np.diff(file.times_s)
    place = int(steps_s.argmax())
    n_headers = int(file.path.suffix.lower() != PARQUET_SUFFIX)
    return place + 2 + n_headers, float(steps_s[place])
